import { RetryableError } from './errors.ts';
import { inParallel } from './in-parallel.ts';
import { OUTBOX_SHARDS, type PortalEvent } from './ports/messages.ts';
import type { Portal } from './ports/portal.ts';
import { openQueue, type QueuePortal } from './queue-deliveries.ts';

// PutEvents takes 10 events a call.
const EVENTS_A_CALL = 10;
const READ_AT_ONCE = 100;
// Most of the time a shard waits for the bus and the database.
const SHARDS_AT_ONCE = 4;

type RelayPortal = QueuePortal & Pick<Portal, 'outbox' | 'eventBus'>;
type Queue = ReturnType<typeof openQueue>;
type Relayed = { published: number; refused: number; oldestSeconds: number };

/**
 * Publishes the events that wait in the outbox, queues them for webhooks, and takes them out: at least once, each with the
 * same id however often.
 *
 * @returns how many were published, and how long the oldest has waited
 * @throws RetryableError when the bus has not taken all of them; those stay
 */
export async function relayOutbox(portal: RelayPortal): Promise<{ published: number; oldestSeconds: number }> {
  const queue = openQueue(portal);
  const shards = await inParallel(Array(OUTBOX_SHARDS).keys(), SHARDS_AT_ONCE, (shard) =>
    relayShard(portal, shard, queue),
  );
  const refused = shards.reduce((sum, shard) => sum + shard.refused, 0);
  if (refused > 0)
    throw new RetryableError(`the event bus has not taken ${refused} events: they wait for the next time`);
  return {
    published: shards.reduce((sum, shard) => sum + shard.published, 0),
    oldestSeconds: Math.max(...shards.map((shard) => shard.oldestSeconds)),
  };
}

async function relayShard(portal: RelayPortal, shard: number, queue: Queue): Promise<Relayed> {
  const now = portal.clock().getTime();
  const relayed: Relayed = { published: 0, refused: 0, oldestSeconds: 0 };
  const seen = new Set<string>();
  for (;;) {
    const waiting = await portal.outbox.waiting(shard, READ_AT_ONCE);
    const fresh = waiting.filter((event) => !seen.has(event.id));
    if (fresh.length === 0) return relayed;
    for (const event of fresh) {
      seen.add(event.id);
      const seconds = Math.round((now - Date.parse(event.time)) / 1000);
      relayed.oldestSeconds = Math.max(relayed.oldestSeconds, seconds);
    }
    await queue(fresh);
    const left = await publish(portal, fresh);
    relayed.published += fresh.length - left;
    relayed.refused += left;
  }
}

/** Publishes events; answers how many were not taken. */
async function publish(portal: RelayPortal, events: readonly PortalEvent[]): Promise<number> {
  let left = 0;
  for (let start = 0; start < events.length; start += EVENTS_A_CALL) {
    const batch = events.slice(start, start + EVENTS_A_CALL);
    const notTaken = new Set((await portal.eventBus.publish(batch)).map((event) => event.id));
    left += notTaken.size;
    await portal.outbox.sent(batch.filter((event) => !notTaken.has(event.id)));
  }
  return left;
}
