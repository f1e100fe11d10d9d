import type { PortalEvent } from '../use-cases/ports/messages.ts';
import type { Deliveries, Delivery, DeliveryId } from '../use-cases/ports/webhooks.ts';
import { duePartition, upToTime } from './due.ts';
import { DeliveryItem } from './items/webhooks.ts';
import { keys, ownerShard } from './keys.ts';
import { ownerEntries } from './owner-rows.ts';
import { read, stored } from './stored.ts';
import type { Item, Table } from './table.ts';

// An attempt takes well under ten seconds; whoever has begun one and not ended it by then has died.
const HELD_MS = 30_000;
/** What was delivered or given up stays so long; the table's time to live takes it away some time after. */
const KEPT_SECONDS = 30 * 86_400;

/** Events on their way to endpoints: an item for each event and endpoint, in a sparse index by time while it waits. */
export function openDeliveries(table: Table): Deliveries {
  const keyOf = ({ webhookId, eventId }: DeliveryId) => keys.delivery(webhookId, eventId);

  return {
    queue: async ({ id: webhookId, organizationId }, event, now) => {
      const item = stored<typeof DeliveryItem>(
        'DELIVERY',
        keys.delivery(webhookId, event.id),
        {
          webhookId,
          organizationId,
          event: { ...event, detail: { ...event.detail } },
          status: 'WAITING',
          attempts: 0,
          heldUntil: '',
          expiresAt: expiryFrom(now),
        },
        { ...dueAt({ webhookId, eventId: event.id }, now), row: { webhookId, eventId: event.id } },
      );
      // Refused when it is there: the relay has died after it, and comes again.
      await table.commit([table.putNew(`delivery of ${event.id}`, item)]);
    },

    due: async (shard, now, limit) => {
      const range = { index: 'gsi4', upTo: upToTime(now), limit } as const;
      const items = await Array.fromAsync(table.query(duePartition('DELIVERIES', shard), range));
      return items.map(({ row }) => row as DeliveryId);
    },

    begin: async (id, now) => {
      const result = await table.update(keyOf(id), {
        expression: 'SET attempts = attempts + :one, heldUntil = :held',
        condition: '#status = :waiting AND heldUntil < :now AND gsi4sk <= :due',
        names: { '#status': 'status' },
        values: {
          ':one': 1,
          ':held': new Date(now.getTime() + HELD_MS).toISOString(),
          ':waiting': 'WAITING',
          ':now': now.toISOString(),
          ':due': upToTime(now),
        },
      });
      return result.ok ? deliveryOf(result.item) : undefined;
    },

    ended: async ({ webhookId, event, attempts }, end, now) => {
      const id = { webhookId, eventId: event.id };
      const isGivenUp = end.status === 'DEAD';
      const place = {
        ...(end.nextAttempt && dueAt(id, end.nextAttempt)),
        ...(isGivenUp && deadAt(id, now)),
      };
      const gone = [...(end.nextAttempt ? [] : ['gsi4pk', 'gsi4sk']), ...(isGivenUp ? [] : ['gsi1pk', 'gsi1sk'])];
      await table.update(keyOf(id), {
        expression: `SET #status = :status, heldUntil = :none, lastAttempt = :last, expiresAt = :expires${Object.keys(
          place,
        )
          .map((name) => `, ${name} = :${name}`)
          .join('')} REMOVE ${gone.join(', ')}`,
        condition: '#status = :waiting AND attempts = :attempts',
        names: { '#status': 'status' },
        values: {
          ':status': end.status,
          ':waiting': 'WAITING',
          ':none': '',
          ':attempts': attempts,
          ':last': { time: now.toISOString(), outcome: end.outcome },
          ':expires': expiryFrom(now),
          ...Object.fromEntries(Object.entries(place).map(([name, value]) => [`:${name}`, value])),
        },
      });
    },

    postponed: async (id, until) => {
      await table.update(keyOf(id), {
        expression: 'SET gsi4sk = :place',
        condition: '#status = :waiting AND gsi4sk < :place',
        names: { '#status': 'status' },
        values: { ':waiting': 'WAITING', ':place': dueAt(id, until).gsi4sk },
      });
    },

    dead: async (webhookId, now) => {
      const rows = (await ownerEntries(table, 'gsi1', `WEBHOOK#${webhookId}#DEAD`)).map(({ row }) => row as DeliveryId);
      const items = await table.batchGet(rows.map(keyOf));
      return items.filter((item) => isDead(item) && Number(item.expiresAt) > now.getTime() / 1000).map(deliveryOf);
    },

    replayed: async (id, now) => {
      const { gsi4pk, gsi4sk } = dueAt(id, now);
      const result = await table.update(keyOf(id), {
        expression:
          'SET #status = :waiting, attempts = :zero, heldUntil = :none, expiresAt = :expires, gsi4pk = :gsi4pk, gsi4sk = :gsi4sk REMOVE gsi1pk, gsi1sk',
        condition: '#status = :dead',
        names: { '#status': 'status' },
        values: {
          ':waiting': 'WAITING',
          ':dead': 'DEAD',
          ':zero': 0,
          ':none': '',
          ':expires': expiryFrom(now),
          ':gsi4pk': gsi4pk,
          ':gsi4sk': gsi4sk,
        },
      });
      return result.ok;
    },

    health: async (webhookId, isWell, now) => {
      const result = await table.update(keys.webhookHealth(webhookId), {
        expression: isWell
          ? 'SET entity = :entity, schemaVersion = :one REMOVE failingSince'
          : 'SET entity = :entity, schemaVersion = :one, failingSince = if_not_exists(failingSince, :now)',
        values: { ':entity': 'WEBHOOK_HEALTH', ':one': 1, ...(!isWell && { ':now': now.toISOString() }) },
      });
      return result.item?.failingSince as string | undefined;
    },
  };
}

const isDead = ({ status }: Item): boolean => status === 'DEAD';

const expiryFrom = (now: Date): number => Math.floor(now.getTime() / 1000) + KEPT_SECONDS;

function dueAt({ webhookId, eventId }: DeliveryId, time: Date): { gsi4pk: string; gsi4sk: string } {
  const id = `${webhookId}#${eventId}`;
  return { gsi4pk: duePartition('DELIVERIES', ownerShard(id)), gsi4sk: `${time.toISOString()}#${id}` };
}

const deadAt = ({ webhookId, eventId }: DeliveryId, now: Date): { gsi1pk: string; gsi1sk: string } => ({
  gsi1pk: `WEBHOOK#${webhookId}#DEAD#${ownerShard(eventId)}`,
  gsi1sk: `${now.toISOString()}#${eventId}`,
});

function deliveryOf(item: Item): Delivery {
  const { webhookId, organizationId, event, status, attempts, lastAttempt } = read(DeliveryItem, item);
  return {
    webhookId,
    organizationId,
    event: event as PortalEvent,
    status,
    attempts,
    ...(lastAttempt && { lastAttempt }),
  };
}
