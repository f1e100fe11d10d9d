import * as z from 'zod';
import type { Period } from '../domain/calendar/period.ts';
import type { CustomerCommitment } from '../domain/customer-commitment/customer-commitment.ts';
import { commitmentDueOn } from '../domain/customer-commitment/status.ts';
import { formatPoints, type Points, points } from '../domain/numbers/amounts.ts';
import type { CancellationRow, CustomerCommitments } from '../use-cases/ports/customer-commitments.ts';
import { duePartition, upToDay } from './due.ts';
import { CustomerCommitmentItem } from './items/commitments.ts';
import { keys, ownerShard } from './keys.ts';
import { defined } from './mapping.ts';
import { ownerEntries } from './owner-rows.ts';
import { read, stored } from './stored.ts';
import type { Item, Key, Table } from './table.ts';

const RowItem = z.object({
  id: z.string(),
  contractId: z.string(),
  contractNumber: z.string(),
  customerNumber: z.string(),
  requestedTime: z.string().optional(),
});

const TO_DECIDE = 'COMMITMENT-CANCELLATIONS';

/** Commitments of end customers, as items of their contract. */
export function openCustomerCommitments(table: Table): CustomerCommitments {
  const commitmentOf = (item: Item) => fromCommitmentItem(read(CustomerCommitmentItem, item));

  return {
    get: async (contractId, id) => {
      const item = await table.get(keys.customerCommitment(contractId, id));
      return item && commitmentOf(item);
    },

    ofContract: async (contractId) =>
      (await Array.fromAsync(table.query(keys.contract(contractId).pk, { prefix: 'CUSTOMER-COMMITMENT#' }))).map(
        commitmentOf,
      ),

    created: (commitment) => table.putNew(`commitment ${commitment.id}`, commitmentItem(commitment)),

    changed: (commitment, now) =>
      table.putOver(
        `commitment ${commitment.id}`,
        commitmentItem({ ...commitment, version: commitment.version + 1, lastModifiedTime: now.toISOString() }),
        commitment.version,
      ),

    contractEnded: (contractId, on) => {
      const gsi4pk = duePartition('COMMITMENTS', ownerShard(contractId));
      const index = { gsi4pk, gsi4sk: `${on}#${contractId}`, row: { contractId } };
      return table.put(`commitments of contract ${contractId} end`, {
        ...keys.commitmentsEnd(contractId),
        ...index,
        entity: 'COMMITMENTS_END',
        schemaVersion: 1,
      });
    },

    endDone: (contractId) =>
      table.deleted(`commitments of contract ${contractId} have ended`, keys.commitmentsEnd(contractId)),

    due: async function* (shard, on) {
      for await (const item of table.query(duePartition('COMMITMENTS', shard), { index: 'gsi4', upTo: upToDay(on) })) {
        yield item.row as { contractId: string; id?: string };
      }
    },

    toDecide: async () =>
      (await ownerEntries(table, 'gsi3', TO_DECIDE)).map(({ row }) => read(RowItem, row as Item) as CancellationRow),
  };
}

export function toCommitmentItem({
  minCommits,
  commitment,
  ...rest
}: CustomerCommitment): z.infer<typeof CustomerCommitmentItem> {
  const entries = Object.entries(minCommits) as [Period, Points][];
  return {
    ...rest,
    commitment: formatPoints(commitment),
    minCommits: Object.fromEntries(entries.map(([month, entry]) => [month, formatPoints(entry)])),
  };
}

export function fromCommitmentItem(item: z.infer<typeof CustomerCommitmentItem>): CustomerCommitment {
  const { minCommits, commitment, cancellation, ...rest } = item;
  return defined({
    ...rest,
    commitment: points(commitment),
    minCommits: Object.fromEntries(Object.entries(minCommits).map(([month, entry]) => [month, points(entry)])),
    cancellation: cancellation && defined(cancellation),
  }) as object as CustomerCommitment;
}

/** In the index of what is due while it moves by itself, in the vendor's queue while its cancellation is asked for. */
function commitmentItem(commitment: CustomerCommitment): Item & Key {
  const { id, contractId, contractNumber, customerNumber, cancellation } = commitment;
  const shard = ownerShard(id);
  const dueOn = commitmentDueOn(commitment);
  const asked = cancellation?.status === 'PENDING_APPROVAL' ? cancellation.requestedTime : undefined;
  const row: z.infer<typeof RowItem> = { id, contractId, contractNumber, customerNumber, requestedTime: asked };
  const key = keys.customerCommitment(contractId, id);
  return stored<typeof CustomerCommitmentItem>('CUSTOMER_COMMITMENT', key, toCommitmentItem(commitment), {
    ...(dueOn !== undefined && { gsi4pk: duePartition('COMMITMENTS', shard), gsi4sk: `${dueOn}#${id}` }),
    ...(asked !== undefined && { gsi3pk: `${TO_DECIDE}#${shard}`, gsi3sk: `${asked}#${id}` }),
    row,
  });
}
