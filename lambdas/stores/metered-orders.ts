import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod';
import { period } from '../domain/calendar/period.ts';
import { NOT_BILLABLE_REASONS } from '../domain/metering/metered-use.ts';
import { formatQuantity, quantity } from '../domain/numbers/amounts.ts';
import type { MeteredOrder, MeteredOrders } from '../use-cases/ports/metered-orders.ts';
import { MeteredOrderItem, MeteredOrderPartItem } from './items/metered-orders.ts';
import { keys, ownerShard } from './keys.ts';
import { ownerEntries } from './owner-rows.ts';
import { read, stored } from './stored.ts';
import type { Item, Table } from './table.ts';

const amount = z.string().transform(quantity);
const MeterUnitsJson = z.array(
  z.object({
    meterId: z.string(),
    meterName: z.string(),
    productCode: z.string(),
    productName: z.string(),
    uom: z.string(),
    siteName: z.string(),
    customerNumber: z.string(),
    units: amount,
    notBilled: z.array(z.object({ reason: z.enum(NOT_BILLABLE_REASONS), units: amount })),
  }),
);

const DifferencesJson = z.array(
  z.object({
    lineId: z.string(),
    productCode: z.string(),
    siteName: z.string(),
    customerNumber: z.string(),
    metered: amount,
    reported: amount,
    since: z.string(),
  }),
);

const DifferingRow = z.object({
  orderId: z.string(),
  contractId: z.string(),
  contractNumber: z.string(),
  usagePeriod: z.string().transform(period),
  differing: z.number().int(),
});

const zipped = (value: unknown): string => gzipSync(JSON.stringify(value)).toString('base64');
const unzipped = (text: string): unknown => JSON.parse(gunzipSync(Buffer.from(text, 'base64')).toString());

/** What meters have said of orders, beside each order; those with differences are in an index of their provider. */
export function openMeteredOrders(table: Table): MeteredOrders {
  return {
    get: async (orderId) => {
      const { pk, sk } = keys.meteredOrder(orderId);
      const [item, ...parts] = await Array.fromAsync(table.query(pk, { prefix: sk }));
      return item && fromItems(item, parts);
    },

    withDifferences: async (serviceProviderId) => {
      const entries = await ownerEntries(table, 'gsi1', `SP#${serviceProviderId}#DIFFERENCES`);
      return entries.map(({ row }) => DifferingRow.parse(row));
    },

    put: (metered) => {
      const { orderId, contractId, contractNumber, serviceProviderId, usagePeriod, differences } = metered;
      const indexes = {
        gsi1pk: `SP#${serviceProviderId}#DIFFERENCES#${ownerShard(orderId)}`,
        gsi1sk: `${usagePeriod}#${orderId}`,
        row: { orderId, contractId, contractNumber, usagePeriod, differing: differences.length },
      };
      const [first, ...further] = partsOf(metered);
      const { meters: _meters, differences: _differences, ...rest } = metered;
      const item = stored<typeof MeteredOrderItem>(
        'METERED_ORDER',
        keys.meteredOrder(orderId),
        { ...rest, ...(first as Part), differing: differences.length },
        differences.length === 0 ? {} : indexes,
      );
      const parts = further.map((part, n) =>
        stored<typeof MeteredOrderPartItem>('METERED_ORDER_PART', keys.meteredOrderPart(orderId, n + 1), {
          time: metered.time,
          ...part,
        }),
      );
      return [item, ...parts].map((each) => table.put(`what meters have said of order ${orderId}`, each));
    },
  };
}

/** What an item holds of each list. */
type Part = { meters: string; differences: string };

const IN_AN_ITEM = 2_500;

/** Both lists by as many as an item takes: one part at least. */
function partsOf({ meters, differences }: Pick<MeteredOrder, 'meters' | 'differences'>): Part[] {
  const count = Math.max(1, Math.ceil(Math.max(meters.length, differences.length) / IN_AN_ITEM));
  return Array.from({ length: count }, (_, n) => {
    const here = [n * IN_AN_ITEM, (n + 1) * IN_AN_ITEM] as const;
    return toPart({ meters: meters.slice(...here), differences: differences.slice(...here) });
  });
}

function toPart({ meters, differences }: Pick<MeteredOrder, 'meters' | 'differences'>): Part {
  const written: z.input<typeof MeterUnitsJson> = meters.map(({ units, notBilled, ...meter }) => ({
    ...meter,
    units: formatQuantity(units),
    notBilled: notBilled.map((part) => ({ ...part, units: formatQuantity(part.units) })),
  }));
  const differing: z.input<typeof DifferencesJson> = differences.map(({ metered, reported, ...place }) => ({
    ...place,
    metered: formatQuantity(metered),
    reported: formatQuantity(reported),
  }));
  return { meters: zipped(written), differences: zipped(differing) };
}

function fromItems(item: Item, further: readonly Item[]): MeteredOrder {
  const { meters, differences, differing: _count, usagePeriod, ...rest } = read(MeteredOrderItem, item);
  // Longer lists of an earlier time have left parts behind.
  const parts = further.map((part) => read(MeteredOrderPartItem, part)).filter(({ time }) => time === rest.time);
  const all: readonly Part[] = [{ meters, differences }, ...parts];
  return {
    ...rest,
    usagePeriod: period(usagePeriod),
    meters: all.flatMap((part) => MeterUnitsJson.parse(unzipped(part.meters))),
    differences: all.flatMap((part) => DifferencesJson.parse(unzipped(part.differences))),
  };
}
