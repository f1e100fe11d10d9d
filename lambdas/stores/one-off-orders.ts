import * as z from 'zod';
import { formatQuantity, quantity } from '../domain/numbers/amounts.ts';
import { ONE_OFF_ORDER_KINDS, type OneOffOrder, placeOfOneOffOrder } from '../domain/one-off-order/one-off-order.ts';
import { ONE_OFF_ORDER_STATUSES } from '../domain/one-off-order/status.ts';
import type { OneOffOrderRow, OneOffOrders } from '../use-cases/ports/one-off-orders.ts';
import { LicenseKeysItem, OneOffOrderItem } from './items/one-off-orders.ts';
import { keys, ownerShard } from './keys.ts';
import { defined } from './mapping.ts';
import { ownerEntries, ownerRows } from './owner-rows.ts';
import { read, stored } from './stored.ts';
import type { Item, Key, Table } from './table.ts';

const OneOffOrderRowItem: z.ZodType<OneOffOrderRow> = z.object({
  id: z.string(),
  orderNumber: z.string(),
  contractId: z.string(),
  contractNumber: z.string(),
  kind: z.enum(ONE_OFF_ORDER_KINDS),
  status: z.enum(ONE_OFF_ORDER_STATUSES),
  createdTime: z.string(),
  lastModifiedTime: z.string(),
});

/** One-off orders beside their contract, and their licence keys as items of their own, which nothing else reads. */
export function openOneOffOrders(table: Table): OneOffOrders {
  const getMany = async (ids: readonly string[]) => {
    const places = ids.flatMap((id) => placeOfOneOffOrder(id) ?? []);
    const items = await table.batchGet(places.map(({ contractId, place }) => keys.oneOffOrder(contractId, place)));
    return items.map(orderOf);
  };

  return {
    get: async (id) => (await getMany([id]))[0],
    getMany,

    ofContract: async (contractId) =>
      (await Array.fromAsync(table.query(keys.contract(contractId).pk, { prefix: 'ONE-OFF-ORDER#' }))).map(orderOf),

    ofServiceProvider: (id) => ownerRows(table, 'gsi1', `SP#${id}#ONE-OFF-ORDERS`, OneOffOrderRowItem),
    ofAggregator: (id) => ownerRows(table, 'gsi2', `AGGREGATOR#${id}#ONE-OFF-ORDERS`, OneOffOrderRowItem),
    inStatus: async (status) =>
      (await ownerEntries(table, 'gsi3', `ONE-OFF-ORDERS#${status}`)).map(({ row }) =>
        read(OneOffOrderRowItem, row as Item),
      ),

    created: (order) => table.putNew(`one-off order ${order.orderNumber}`, orderItem(order)),

    changed: (order, now) =>
      table.putOver(
        `one-off order ${order.orderNumber}`,
        orderItem({ ...order, version: order.version + 1, lastModifiedTime: now.toISOString() }),
        order.version,
      ),

    keysGiven: (orderId, sealed) =>
      table.putNew(
        `licence keys of one-off order ${orderId}`,
        stored<typeof LicenseKeysItem>('LICENSE_KEYS', keys.licenseKeys(orderId), { orderId, ...sealed }),
      ),

    keysOf: async (orderId) => {
      const item = await table.get(keys.licenseKeys(orderId));
      if (!item) return undefined;
      const { wrappedKey, sealed } = read(LicenseKeysItem, item);
      return { wrappedKey, sealed };
    },
  };
}

function orderItem(order: OneOffOrder): Item & Key {
  const { id, orderNumber, contractId, contractNumber, kind, status, createdTime, lastModifiedTime } = order;
  const row: OneOffOrderRow = {
    id,
    orderNumber,
    contractId,
    contractNumber,
    kind,
    status,
    createdTime,
    lastModifiedTime,
  };
  const shard = ownerShard(id);
  const changed = `${lastModifiedTime}#${id}`;
  const place = placeOfOneOffOrder(id)?.place ?? 0;
  return stored<typeof OneOffOrderItem>('ONE_OFF_ORDER', keys.oneOffOrder(contractId, place), toItem(order), {
    gsi1pk: `SP#${order.serviceProviderId}#ONE-OFF-ORDERS#${shard}`,
    gsi1sk: changed,
    gsi2pk: `AGGREGATOR#${order.aggregatorId}#ONE-OFF-ORDERS#${shard}`,
    gsi2sk: changed,
    gsi3pk: `ONE-OFF-ORDERS#${status}#${shard}`,
    gsi3sk: `${createdTime}#${id}`,
    row,
  });
}

export const toItem = ({ licenses, ...order }: OneOffOrder): z.infer<typeof OneOffOrderItem> => ({
  ...order,
  licenses: licenses.map((each) => ({ ...each, quantity: formatQuantity(each.quantity) })),
});

export const fromItem = ({ licenses, ...order }: z.infer<typeof OneOffOrderItem>): OneOffOrder =>
  defined({
    ...order,
    licenses: licenses.map((each) => ({ ...each, quantity: quantity(each.quantity) })),
  }) as OneOffOrder;

const orderOf = (item: Item): OneOffOrder => fromItem(read(OneOffOrderItem, item));
