import { randomUUID } from 'node:crypto';
import { rosterShard } from '../domain/close/roster.ts';
import type { AuditEntry, AuditRow, AuditTrail } from '../use-cases/ports/changes.ts';
import {
  type Notification,
  type Notifications,
  OUTBOX_SHARDS,
  type Outbox,
  type PortalEvent,
} from '../use-cases/ports/messages.ts';
import type { PartyDocument, PartyDocuments } from '../use-cases/ports/party-documents.ts';
import { AuditItem, OutboxItem, PartyDocumentItem } from './items.ts';
import { keys, OWNER_SHARDS, ownerShard } from './keys.ts';
import { ownerEntries } from './owner-rows.ts';
import { read, stored } from './stored.ts';
import type { Item, Table } from './table.ts';

// Sending takes well under a second; whoever has claimed a message and not sent it by then has died. The state machine
// waits longer than this before it tries again.
const HELD_MS = 5_000;

const auditRow = (item: Item): AuditRow => ({ ...(item.row as Omit<AuditRow, 'id'>), id: String(item.sk) });

/** The append-only audit trail: by subject, and by organization through an index. */
export function openAuditTrail(table: Table): AuditTrail {
  return {
    recorded: (entry) =>
      table.put(
        `audit entry ${entry.id} of ${entry.subject}`,
        stored<typeof AuditItem>('AUDIT', keys.audit(entry.subject, entry.id), entry, {
          gsi3pk: `AUDIT#${entry.organizationId}#${ownerShard(entry.subject)}`,
          gsi3sk: entry.time,
          row: { subject: entry.subject, action: entry.action, time: entry.time, actor: entry.actor },
        }),
        { condition: 'attribute_not_exists(pk)' },
      ),

    rows: async (organizationId, after) =>
      (await ownerEntries(table, 'gsi3', `AUDIT#${organizationId}`, after)).map(auditRow),

    latest: async (organizationId, limit) => {
      const options = { index: 'gsi3', newestFirst: true, limit } as const;
      const shards = Array.from({ length: OWNER_SHARDS }, (_, shard) =>
        Array.fromAsync(table.query(`AUDIT#${organizationId}#${shard}`, options)),
      );
      return (await Promise.all(shards)).flat().map(auditRow);
    },

    getMany: async (rows) =>
      (await table.batchGet(rows.map(({ subject, id }) => keys.audit(subject, id)))).map(
        (item) => read(AuditItem, item) as AuditEntry,
      ),

    ofSubject: async (subject) =>
      (await Array.fromAsync(table.query(keys.audit(subject, '').pk))).map(
        (item) => read(AuditItem, item) as AuditEntry,
      ),
  };
}

/** Events waiting to be published: in a sparse index until they are. */
export function openOutbox(table: Table): Outbox {
  return {
    queued: (event) =>
      table.putNew(
        `event ${event.id}`,
        stored<typeof OutboxItem>(
          'EVENT',
          keys.event(event.id),
          { ...event, detail: { ...event.detail } },
          {
            gsi4pk: `OUTBOX#${rosterShard(event.id) % OUTBOX_SHARDS}`,
            gsi4sk: `${event.time}#${event.id}`,
            row: { id: event.id },
          },
        ),
      ),

    waiting: async (shard, limit) => {
      const ids: string[] = [];
      for await (const item of table.query(`OUTBOX#${shard}`, { index: 'gsi4', limit })) {
        ids.push((item.row as { id: string }).id);
      }
      const events = (await table.batchGet(ids.map(keys.event))).map((item) => read(OutboxItem, item) as PortalEvent);
      return events.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
    },

    sent: (events) => table.deleteAll(events.map((event) => keys.event(event.id))),
  };
}

/** One record for each message of a run. */
export function openNotifications(table: Table): Notifications {
  const keyOf = (of: Notification) => keys.notification(of.run, of.kind, of.recipientId);

  return {
    claim: async (notification, now) => {
      // A claim whose answer was lost is made again by the SDK: it must recognise itself.
      const claimant = randomUUID();
      const result = await table.update(keyOf(notification), {
        expression:
          'SET entity = :entity, schemaVersion = :one, #reference = :reference, #state = :claimed, heldUntil = :heldUntil, claimant = :claimant',
        condition: 'attribute_not_exists(pk) OR (#state = :claimed AND (heldUntil < :now OR claimant = :claimant))',
        names: { '#reference': 'reference', '#state': 'state' },
        values: {
          ':entity': 'NOTIFICATION',
          ':one': 1,
          ':reference': notification.reference,
          ':claimed': 'CLAIMED',
          ':heldUntil': now.getTime() + HELD_MS,
          ':now': now.getTime(),
          ':claimant': claimant,
        },
      });
      if (result.ok) return 'CLAIMED';
      return result.item?.state === 'SENT' ? 'SENT' : 'HELD';
    },

    sent: async (notification, now) => {
      await table.update(keyOf(notification), {
        expression: 'SET #state = :sent, sentTime = :time',
        condition: 'attribute_exists(pk)',
        names: { '#state': 'state' },
        values: { ':sent': 'SENT', ':time': now.toISOString() },
      });
    },
  };
}

/** Statements and consolidated bills by recipient. */
export function openPartyDocuments(table: Table): PartyDocuments {
  return {
    settled: async (document) => {
      await table.putAll([
        stored<typeof PartyDocumentItem>(
          'PARTY_DOCUMENT',
          keys.partyDocument(document.recipientId, document.period, document.run),
          document,
        ),
      ]);
    },
    of: async (recipientId) => {
      const documents: PartyDocument[] = [];
      for await (const item of table.query(`SETTLED#${recipientId}`)) {
        documents.push(read(PartyDocumentItem, item) as unknown as PartyDocument);
      }
      return documents;
    },
    get: async (recipientId, period, run) => {
      const item = await table.get(keys.partyDocument(recipientId, period, run));
      return item && (read(PartyDocumentItem, item) as unknown as PartyDocument);
    },
  };
}
