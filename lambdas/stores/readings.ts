import { period } from '../domain/calendar/period.ts';
import type { Readings, ReadingsBatch, ReadingsHead } from '../use-cases/ports/readings.ts';
import { ReadingsBatchItem, ReadingsHeadItem } from './items/usage-meters.ts';
import { keys } from './keys.ts';
import { read, stored } from './stored.ts';
import type { Item, Table } from './table.ts';

/** What meters have reported, by meter and month: batches, and one item that says what has come of them. */
export function openReadings(table: Table): Readings {
  const headOf = (item: Item): ReadingsHead => {
    const head = read(ReadingsHeadItem, item);
    return { ...head, period: period(head.period) };
  };

  return {
    head: async (meterId, of) => {
      const item = await table.get(keys.readingsHead(meterId, of));
      return item && headOf(item);
    },

    heads: async (meterId, periods) =>
      (await table.batchGet(periods.map((of) => keys.readingsHead(meterId, of)))).map(headOf),

    batches: async (meterId, of) =>
      (await Array.fromAsync(table.query(keys.readingsHead(meterId, of).pk, { prefix: 'BATCH#' }))).map(
        (item): ReadingsBatch => read(ReadingsBatchItem, item),
      ),

    registered: (head, batch) => {
      const describes = `readings of ${head.meterId} in ${head.period}`;
      const item = stored<typeof ReadingsHeadItem>('READINGS', keys.readingsHead(head.meterId, head.period), {
        ...head,
        contractIds: [...head.contractIds],
        version: head.version + 1,
      });
      const key = keys.readingsBatch(head.meterId, head.period, batch.hash);
      return [
        head.version === 0 ? table.putNew(describes, item) : table.putOver(describes, item, head.version),
        table.putNew(`batch ${batch.hash}`, stored<typeof ReadingsBatchItem>('READINGS_BATCH', key, batch)),
      ];
    },
  };
}
