import { period } from '../domain/calendar/period.ts';
import { formatQuantity, quantity } from '../domain/numbers/amounts.ts';
import type { MeteringDifferences, OrderDifferences } from '../use-cases/ports/metering-differences.ts';
import { MeteringDifferencesItem } from './items.ts';
import { keys, ownerShard } from './keys.ts';
import { ownerEntries } from './owner-rows.ts';
import { read, stored } from './stored.ts';
import type { Item, Table } from './table.ts';

/** What people have to look at of orders that meters say something else of, beside each order. */
export function openMeteringDifferences(table: Table): MeteringDifferences {
  return {
    get: async (orderId) => {
      const item = await table.get(keys.meteringDifferences(orderId));
      return item && differencesOf(item);
    },

    ofServiceProvider: async (serviceProviderId) => {
      const entries = await ownerEntries(table, 'gsi1', `SP#${serviceProviderId}#DIFFERENCES`);
      const ids = entries.map(({ row }) => (row as { orderId: string }).orderId);
      return (await table.batchGet(ids.map(keys.meteringDifferences))).map(differencesOf);
    },

    found: (of) => {
      const key = keys.meteringDifferences(of.orderId);
      const describes = `metering differences of order ${of.orderId}`;
      if (of.differences.length === 0) return table.deleted(describes, key);
      const differences = of.differences.map(({ metered, reported, ...place }) => ({
        ...place,
        metered: formatQuantity(metered),
        reported: formatQuantity(reported),
      }));
      const indexes = {
        gsi1pk: `SP#${of.serviceProviderId}#DIFFERENCES#${ownerShard(of.orderId)}`,
        gsi1sk: `${of.usagePeriod}#${of.orderId}`,
        row: { orderId: of.orderId },
      };
      const members = { ...of, differences };
      return table.put(
        describes,
        stored<typeof MeteringDifferencesItem>('METERING_DIFFERENCES', key, members, indexes),
      );
    },
  };
}

function differencesOf(item: Item): OrderDifferences {
  const { differences, usagePeriod, ...rest } = read(MeteringDifferencesItem, item);
  return {
    ...rest,
    usagePeriod: period(usagePeriod),
    differences: differences.map(({ metered, reported, ...place }) => ({
      ...place,
      metered: quantity(metered),
      reported: quantity(reported),
    })),
  };
}
