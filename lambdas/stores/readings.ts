import type { Period } from '../domain/calendar/period.ts';
import type { Readings, ReadingsBatch, ReadingsHead } from '../use-cases/ports/readings.ts';
import { duePartition } from './due.ts';
import { ReadingsBatchItem, ReadingsHeadItem } from './items/usage-meters.ts';
import { keys, ownerShard } from './keys.ts';
import { read, stored } from './stored.ts';
import type { Item, Key, Table } from './table.ts';

/** What meters have reported, by meter and month: batches, and one item that says what has come of them. */
export function openReadings(table: Table): Readings {
  const headOf = (item: Item) => read(ReadingsHeadItem, item) as ReadingsHead;

  return {
    head: async (meterId, period) => {
      const item = await table.get(keys.readingsHead(meterId, period));
      return item && headOf(item);
    },

    heads: async (meterId, periods) =>
      (await table.batchGet(periods.map((period) => keys.readingsHead(meterId, period)))).map(headOf),

    batches: async (meterId, period) =>
      (await Array.fromAsync(table.query(keys.readingsHead(meterId, period).pk, { prefix: 'BATCH#' }))).map(
        (item): ReadingsBatch => read(ReadingsBatchItem, item),
      ),

    registered: (head, batch) => {
      const describes = `readings of ${head.meterId} in ${head.period}`;
      const item = headItem({ ...head, version: head.version + 1 });
      const key = keys.readingsBatch(head.meterId, head.period, batch.hash);
      return [
        head.version === 0 ? table.putNew(describes, item) : table.putOver(describes, item, head.version),
        table.putNew(`batch ${batch.hash}`, stored<typeof ReadingsBatchItem>('READINGS_BATCH', key, batch)),
      ];
    },

    applied: async (meterId, period, version) => {
      await table.update(keys.readingsHead(meterId, period), {
        expression: 'SET applied = :version REMOVE gsi4pk, gsi4sk',
        condition: '#version = :version',
        names: { '#version': 'version' },
        values: { ':version': version },
      });
    },

    due: async function* (shard) {
      for await (const item of table.query(duePartition('READINGS', shard), { index: 'gsi4' })) {
        yield item.row as { meterId: string; period: Period };
      }
    },
  };
}

function headItem(head: ReadingsHead): Item & Key {
  const { meterId, period, lastUploadTime } = head;
  return stored<typeof ReadingsHeadItem>('READINGS', keys.readingsHead(meterId, period), head, {
    gsi4pk: duePartition('READINGS', ownerShard(meterId)),
    gsi4sk: `${lastUploadTime}#${meterId}#${period}`,
    row: { meterId, period },
  });
}
