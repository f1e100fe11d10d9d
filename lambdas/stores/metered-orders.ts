import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod';
import { period } from '../domain/calendar/period.ts';
import { NOT_BILLABLE_REASONS } from '../domain/metering/metered-use.ts';
import { formatQuantity, quantity } from '../domain/numbers/amounts.ts';
import type { MeteredOrder, MeteredOrders } from '../use-cases/ports/metered-orders.ts';
import { MeteredOrderItem } from './items/metered-orders.ts';
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
      const item = await table.get(keys.meteredOrder(orderId));
      return item && fromItem(item);
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
      const item = stored<typeof MeteredOrderItem>(
        'METERED_ORDER',
        keys.meteredOrder(orderId),
        toItem(metered),
        differences.length === 0 ? {} : indexes,
      );
      return table.put(`what meters have said of order ${orderId}`, item);
    },
  };
}

function toItem({ meters, differences, ...rest }: MeteredOrder): z.infer<typeof MeteredOrderItem> {
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
  return { ...rest, meters: zipped(written), differences: zipped(differing), differing: differing.length };
}

function fromItem(item: Item): MeteredOrder {
  const { meters, differences, differing: _count, usagePeriod, ...rest } = read(MeteredOrderItem, item);
  return {
    ...rest,
    usagePeriod: period(usagePeriod),
    meters: MeterUnitsJson.parse(unzipped(meters)),
    differences: DifferencesJson.parse(unzipped(differences)),
  };
}
