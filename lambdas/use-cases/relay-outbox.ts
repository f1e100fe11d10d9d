import { RetryableError } from './errors.ts';
import { OUTBOX_SHARDS, type PortalEvent } from './ports/messages.ts';
import type { Portal } from './ports/portal.ts';

// PutEvents takes 10 events a call.
const EVENTS_A_CALL = 10;
const READ_AT_ONCE = 100;

/**
 * Publishes the events that wait in the outbox and takes them out: at least once, each with the same id however often.
 *
 * @returns how many were published, and how long the oldest has waited
 * @throws RetryableError when the bus has not taken all of them; those stay
 */
export async function relayOutbox(
  portal: Pick<Portal, 'clock' | 'outbox' | 'eventBus'>,
): Promise<{ published: number; oldestSeconds: number }> {
  const now = portal.clock().getTime();
  let oldestSeconds = 0;
  let published = 0;
  let refused = 0;
  for (let shard = 0; shard < OUTBOX_SHARDS; shard++) {
    const seen = new Set<string>();
    for (;;) {
      const waiting = await portal.outbox.waiting(shard, READ_AT_ONCE);
      const fresh = waiting.filter((event) => !seen.has(event.id));
      if (fresh.length === 0) break;
      for (const event of fresh) {
        seen.add(event.id);
        oldestSeconds = Math.max(oldestSeconds, Math.round((now - Date.parse(event.time)) / 1000));
      }
      const left = await publish(portal, fresh);
      published += fresh.length - left;
      refused += left;
    }
  }
  if (refused > 0)
    throw new RetryableError(`the event bus has not taken ${refused} events: they wait for the next time`);
  return { published, oldestSeconds };
}

/** Publishes events; answers how many were not taken. */
async function publish(portal: Pick<Portal, 'outbox' | 'eventBus'>, events: readonly PortalEvent[]): Promise<number> {
  let left = 0;
  for (let start = 0; start < events.length; start += EVENTS_A_CALL) {
    const batch = events.slice(start, start + EVENTS_A_CALL);
    const notTaken = new Set((await portal.eventBus.publish(batch)).map((event) => event.id));
    left += notTaken.size;
    await portal.outbox.sent(batch.filter((event) => !notTaken.has(event.id)));
  }
  return left;
}
