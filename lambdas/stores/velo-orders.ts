import * as z from 'zod';
import { plainDate } from '../domain/calendar/period.ts';
import {
  formatPercent,
  formatQuantity,
  formatUnitPrice,
  percent,
  quantity,
  unitPrice,
} from '../domain/numbers/amounts.ts';
import { startDate, type VeloOrder } from '../domain/velo-order/velo-order.ts';
import type { VeloOrderRow, VeloOrders } from '../use-cases/ports/velo-orders.ts';
import { VeloOrderItem, VeloOrderPlaceItem } from './items/velo-orders.ts';
import { keys, ownerShard } from './keys.ts';
import { defined } from './mapping.ts';
import { ownerRows } from './owner-rows.ts';
import { read, stored } from './stored.ts';
import type { Item, Key, Table } from './table.ts';

const VeloOrderRowItem: z.ZodType<VeloOrderRow> = z
  .object({
    id: z.string(),
    sid: z.string(),
    orderNumber: z.string(),
    contractId: z.string(),
    contractNumber: z.string(),
    productCode: z.string(),
    startDate: z.string().transform(plainDate),
    endDate: z.string().transform(plainDate).optional(),
    createdTime: z.string(),
    lastModifiedTime: z.string(),
  })
  .transform((row) => defined(row) as VeloOrderRow);

/** VeloCloud orders beside their contract, and an item for each that says where it is. */
export function openVeloOrders(table: Table): VeloOrders {
  return {
    getMany: async (ids) => {
      const places = await table.batchGet([...new Set(ids)].map(keys.veloOrderPlace));
      const found = places.map((item) => {
        const { contractId, id } = read(VeloOrderPlaceItem, item);
        return keys.veloOrder(contractId, id);
      });
      return (await table.batchGet(found)).map(orderOf);
    },

    ofContract: async (contractId) => {
      const { pk, sk } = keys.veloOrder(contractId, '');
      return (await Array.fromAsync(table.query(pk, { prefix: sk }))).map(orderOf);
    },

    ofServiceProvider: (id) => ownerRows(table, 'gsi1', `SP#${id}#VELO-ORDERS`, VeloOrderRowItem),
    ofAggregator: (id) => ownerRows(table, 'gsi2', `AGGREGATOR#${id}#VELO-ORDERS`, VeloOrderRowItem),
    ofProgramme: () => ownerRows(table, 'gsi3', 'VELO-ORDERS', VeloOrderRowItem),

    created: (order) => [
      table.putNew(
        `place of VeloCloud order ${order.id}`,
        stored<typeof VeloOrderPlaceItem>('VELO_ORDER_PLACE', keys.veloOrderPlace(order.id), {
          id: order.id,
          contractId: order.contractId,
        }),
      ),
      table.putNew(`VeloCloud order ${order.id}`, orderItem(order)),
    ],

    changed: (order, now) =>
      table.putOver(
        `VeloCloud order ${order.id}`,
        orderItem({ ...order, version: order.version + 1, lastModifiedTime: now.toISOString() }),
        order.version,
      ),
  };
}

function orderItem(order: VeloOrder): Item & Key {
  const { id, sid, orderNumber, contractId, contractNumber, productCode, endDate, createdTime, lastModifiedTime } =
    order;
  const row: VeloOrderRow = {
    id,
    sid,
    orderNumber,
    contractId,
    contractNumber,
    productCode,
    startDate: startDate(order),
    ...(endDate !== undefined && { endDate }),
    createdTime,
    lastModifiedTime,
  };
  const shard = ownerShard(id);
  const changed = `${lastModifiedTime}#${id}`;
  return stored<typeof VeloOrderItem>('VELO_ORDER', keys.veloOrder(contractId, id), toItem(order), {
    gsi1pk: `SP#${order.serviceProviderId}#VELO-ORDERS#${shard}`,
    gsi1sk: changed,
    gsi2pk: `AGGREGATOR#${order.aggregatorId}#VELO-ORDERS#${shard}`,
    gsi2sk: changed,
    gsi3pk: `VELO-ORDERS#${shard}`,
    gsi3sk: changed,
    row,
  });
}

const toItem = (order: VeloOrder): z.infer<typeof VeloOrderItem> => ({
  ...order,
  terms: order.terms.map((terms) => ({
    from: terms.from,
    quantity: formatQuantity(terms.quantity),
    unitPrice: formatUnitPrice(terms.unitPrice),
    discount: formatPercent(terms.discount),
  })),
});

const fromItem = (item: z.infer<typeof VeloOrderItem>): VeloOrder =>
  defined({
    ...item,
    terms: item.terms.map((terms) => ({
      from: plainDate(terms.from),
      quantity: quantity(terms.quantity),
      unitPrice: unitPrice(terms.unitPrice),
      discount: percent(terms.discount),
    })),
    endDate: item.endDate === undefined ? undefined : plainDate(item.endDate),
  }) as VeloOrder;

const orderOf = (item: Item): VeloOrder => fromItem(read(VeloOrderItem, item));
