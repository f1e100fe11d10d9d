import { period } from '../domain/calendar/period.ts';
import type { UsageRecordBatch, UsageRecords } from '../use-cases/ports/usage-records.ts';
import { UsageRecordBatchItem, UsageRecordsHeadItem } from './items/subscriptions.ts';
import { keys } from './keys.ts';
import { read, stored } from './stored.ts';
import type { Item, Table } from './table.ts';

/** What the cloud billing has told of contracts: batches by contract and month, and one item that counts them. */
export function openUsageRecords(table: Table): UsageRecords {
  const batchesOf = (items: readonly Item[]): UsageRecordBatch[] =>
    items
      .filter(({ entity }) => entity === 'USAGE_RECORD_BATCH')
      .map((item) => {
        const batch = read(UsageRecordBatchItem, item);
        return { ...batch, period: period(batch.period) };
      });

  return {
    version: async (contractId) => {
      const item = await table.get(keys.usageRecordsHead(contractId));
      return item ? read(UsageRecordsHeadItem, item).version : 0;
    },

    batches: async (contractId, of) =>
      batchesOf(await Array.fromAsync(table.query(keys.usageRecordsHead(contractId).pk, { prefix: `BATCH#${of}#` }))),

    batchesFrom: async (contractId, of) =>
      batchesOf(await Array.fromAsync(table.query(keys.usageRecordsHead(contractId).pk, { after: `BATCH#${of}` }))),

    registered: (contractId, version, batches) => {
      const describes = `usage records of contract ${contractId}`;
      const head = stored<typeof UsageRecordsHeadItem>('USAGE_RECORDS', keys.usageRecordsHead(contractId), {
        contractId,
        version: version + 1,
      });
      return [
        version === 0 ? table.putNew(describes, head) : table.putOver(describes, head, version),
        ...batches.map((batch) => {
          const key = keys.usageRecordBatch(contractId, batch.period, batch.hash);
          return table.putNew(
            `batch ${batch.hash}`,
            stored<typeof UsageRecordBatchItem>('USAGE_RECORD_BATCH', key, batch),
          );
        }),
      ];
    },
  };
}
