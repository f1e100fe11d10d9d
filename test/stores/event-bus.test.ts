import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { openEventBus } from '../../lambdas/stores/event-bus.ts';
import type { PortalEvent } from '../../lambdas/use-cases/ports/messages.ts';

const eventBridge = mockClient(EventBridgeClient);
beforeEach(() => eventBridge.reset());

const bus = openEventBus(new EventBridgeClient({ region: 'eu-central-1' }), 'portal-events');
const event = (id: string): PortalEvent => ({
  id,
  type: 'PeriodClosed',
  time: '2026-11-10T02:00:00.000Z',
  detail: { period: '2026-10', run: id, invoices: 1, setAside: 0 },
});
const events = ['a', 'b', 'c', 'd'].map(event);

test('an event carries its stable id and its own time', async () => {
  eventBridge.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [{ EventId: '1' }] });
  expect(await bus.publish([event('a')])).toEqual([]);
  expect(eventBridge.commandCalls(PutEventsCommand).map(({ args }) => args[0].input)).toEqual([
    {
      Entries: [
        {
          EventBusName: 'portal-events',
          Source: 'commerce-portal',
          DetailType: 'PeriodClosed',
          Time: new Date('2026-11-10T02:00:00Z'),
          Detail: '{"id":"a","period":"2026-10","run":"a","invoices":1,"setAside":0}',
        },
      ],
    },
  ]);
});

test('events that were not taken come back, in their order', async () => {
  eventBridge.on(PutEventsCommand).resolves({
    FailedEntryCount: 2,
    Entries: [
      { EventId: '1' },
      { ErrorCode: 'ThrottlingException' },
      { EventId: '3' },
      { ErrorCode: 'InternalFailure' },
    ],
  });
  expect(await bus.publish(events)).toEqual([events[1], events[3]]);
});

test('a call that fails as a whole is not taken for one that published', async () => {
  eventBridge.on(PutEventsCommand).rejects(new Error('no connection'));
  await expect(bus.publish(events)).rejects.toThrow('no connection');
});
