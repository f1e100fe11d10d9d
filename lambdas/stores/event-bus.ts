import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { EVENT_SOURCE } from '../manifest/event-source.ts';
import type { EventBus } from '../use-cases/ports/messages.ts';

/** The portal's EventBridge bus. The event's stable id goes in its detail, where consumers recognise a copy. */
export function openEventBus(client: EventBridgeClient, busName: string): EventBus {
  return {
    publish: async (events) => {
      const { FailedEntryCount, Entries } = await client.send(
        new PutEventsCommand({
          Entries: events.map((event) => ({
            EventBusName: busName,
            Source: EVENT_SOURCE,
            DetailType: event.type,
            Time: new Date(event.time),
            Detail: JSON.stringify({ id: event.id, ...event.detail }),
          })),
        }),
      );
      if (!FailedEntryCount) return [];
      return events.filter((_, index) => Entries?.[index]?.ErrorCode !== undefined);
    },
  };
}
