import { period } from '../domain/calendar/period.ts';
import type { UsageRecordBatch, UsageRecords } from '../use-cases/ports/usage-records.ts';
import { UsageRecordBatchItem } from './items/subscriptions.ts';
import { keys } from './keys.ts';
import { read, stored } from './stored.ts';
import type { QueryOptions, Table } from './table.ts';

/** What the cloud billing has told of contracts: batches by contract and month. */
export function openUsageRecords(table: Table): UsageRecords {
  const batchesIn = async (contractId: string, range: QueryOptions): Promise<UsageRecordBatch[]> =>
    (await Array.fromAsync(table.query(keys.usageRecords(contractId), range))).map((item) => {
      const batch = read(UsageRecordBatchItem, item);
      return { ...batch, period: period(batch.period) };
    });

  return {
    batches: (contractId, of) => batchesIn(contractId, { prefix: `BATCH#${of}#` }),
    batchesFrom: (contractId, of) => batchesIn(contractId, { after: `BATCH#${of}` }),

    registered: (contractId, batch) =>
      table.putNew(
        `batch ${batch.hash}`,
        stored<typeof UsageRecordBatchItem>(
          'USAGE_RECORD_BATCH',
          keys.usageRecordBatch(contractId, batch.period, batch.hash),
          batch,
        ),
      ),
  };
}
