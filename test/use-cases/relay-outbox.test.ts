import type { PortalEvent } from '../../lambdas/use-cases/ports/messages.ts';
import type { Portal } from '../../lambdas/use-cases/ports/portal.ts';
import { relayOutbox } from '../../lambdas/use-cases/relay-outbox.ts';
import { type ClosePortal, openClosePortal } from '../support/close-portal.ts';

let opened: ClosePortal;
beforeEach(async () => {
  opened = await openClosePortal();
});
afterEach(() => opened.close());

const eventOf = (n: number): PortalEvent => ({
  id: `PeriodClosed#${n}`,
  type: 'PeriodClosed',
  time: `2026-11-10T02:00:${String(n % 60).padStart(2, '0')}.000Z`,
  detail: { period: '2026-10', run: '2026-10-1', invoices: n, setAside: 0 },
});

async function queue(count: number): Promise<PortalEvent[]> {
  const events = Array.from({ length: count }, (_, n) => eventOf(n));
  for (const event of events) await opened.portal.units.commit([opened.portal.outbox.queued(event)]);
  return events;
}

/** A portal whose event bus refuses some events. */
const refusing = (refuses: (event: PortalEvent) => boolean): Portal => ({
  ...opened.portal,
  eventBus: {
    publish: async (events) => {
      opened.events.push(...events.filter((event) => !refuses(event)));
      return events.filter(refuses);
    },
  },
});

const ids = (events: readonly { id: string }[]) => events.map(({ id }) => id).sort();

test('every waiting event is published as it was queued, and waits no longer', async () => {
  const events = await queue(130);
  opened.clock.time = new Date('2026-11-10T02:03:00.000Z');
  expect(await relayOutbox(opened.portal)).toEqual({ published: 130, oldestSeconds: 180 });
  expect(ids(opened.events)).toEqual(ids(events));
  expect(opened.events.find(({ id }) => id === 'PeriodClosed#7')).toEqual(eventOf(7));
  expect((await opened.stored()).waitingEvents).toEqual([]);
});

test('with nothing waiting nothing is published', async () => {
  expect(await relayOutbox(opened.portal)).toEqual({ published: 0, oldestSeconds: 0 });
});

test('events that the bus has not taken stay, and go with the next relay', async () => {
  await queue(20);
  const isOdd = ({ id }: PortalEvent) => Number(id.split('#')[1]) % 2 === 1;
  await expect(relayOutbox(refusing(isOdd))).rejects.toThrow('the event bus has not taken 10 events');
  expect((await opened.stored()).waitingEvents).toHaveLength(10);
  expect(opened.events).toHaveLength(10);
  expect(await relayOutbox(opened.portal)).toMatchObject({ published: 10 });
  expect(new Set(ids(opened.events)).size).toBe(20);
});
