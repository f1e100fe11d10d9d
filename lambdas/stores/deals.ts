import * as z from 'zod';
import type { PlainDate } from '../domain/calendar/period.ts';
import type { Deal } from '../domain/deal/deal.ts';
import { DEAL_EXTENSION_STATUSES, DEAL_STATUSES, isOpenDeal } from '../domain/deal/status.ts';
import type { MinorUnits } from '../domain/numbers/amounts.ts';
import { formatMoney, parseMoney } from '../domain/numbers/currency.ts';
import type { DealRow, Deals } from '../use-cases/ports/deals.ts';
import { DealItem } from './items/deals.ts';
import { keys, ownerShard } from './keys.ts';
import { defined } from './mapping.ts';
import { ownerEntries, ownerRows } from './owner-rows.ts';
import { read, stored } from './stored.ts';
import type { Item, Key, Table } from './table.ts';

/** Names are short because every row carries them: a row may have 300 bytes. */
const DealRowItem = z
  .object({
    id: z.string(),
    num: z.string(),
    sku: z.string(),
    cid: z.string(),
    con: z.string(),
    ref: z.string(),
    cur: z.string(),
    sp: z.string(),
    st: z.enum(DEAL_STATUSES),
    ext: z.enum(DEAL_EXTENSION_STATUSES),
    made: z.string(),
    exp: z.string(),
    end: z.string().optional(),
  })
  .transform(
    (row): DealRow => ({
      id: row.id,
      dealNumber: row.num,
      productSKU: row.sku,
      contractId: row.cid,
      contractNumber: row.con,
      contractReferenceNumber: row.ref,
      currency: row.cur,
      serviceProviderPrmId: row.sp,
      status: row.st,
      extendStatus: row.ext,
      creationDate: row.made as PlainDate,
      expirationDate: row.exp as PlainDate,
      ...(row.end === undefined ? {} : { closeDate: row.end as PlainDate }),
    }),
  );

/** Deals, by themselves; in the indexes of their aggregators, of their states, and while they are open of what is due. */
export function openDeals(table: Table): Deals {
  return {
    get: async (id) => {
      const item = await table.get(keys.deal(id));
      return item && dealOf(item);
    },
    getMany: async (ids) => (await table.batchGet(ids.map(keys.deal))).map(dealOf),

    nextNumber: async () => {
      const counted = { expression: 'ADD #next :one', names: { '#next': 'next' }, values: { ':one': 1 } };
      const { item } = await table.update(keys.seriesCounter('DEAL'), counted);
      return Number(item?.next);
    },

    ofAggregator: (id) => ownerRows(table, 'gsi2', `AGGREGATOR#${id}#DEALS`, DealRowItem),
    inStatus: async (status) =>
      (await ownerEntries(table, 'gsi3', `DEALS#${status}`)).map(({ row }) => read(DealRowItem, row as Item)),
    open: async () => (await ownerEntries(table, 'gsi4', 'DUE#DEALS')).map(({ row }) => (row as { id: string }).id),

    created: (deal) => table.putNew(`deal ${deal.dealNumber}`, dealItem(deal)),
    changed: (deal, now) =>
      table.putOver(
        `deal ${deal.dealNumber}`,
        dealItem({ ...deal, version: deal.version + 1, lastModifiedTime: now.toISOString() }),
        deal.version,
      ),
  };
}

function dealItem(deal: Deal): Item & Key {
  const shard = ownerShard(deal.id);
  return stored<typeof DealItem>('DEAL', keys.deal(deal.id), toDealItem(deal), {
    gsi2pk: `AGGREGATOR#${deal.aggregatorId}#DEALS#${shard}`,
    gsi2sk: `${deal.lastModifiedTime}#${deal.id}`,
    gsi3pk: `DEALS#${deal.status}#${shard}`,
    gsi3sk: `${deal.creationDate}#${deal.id}`,
    ...(isOpenDeal(deal.status) && {
      gsi4pk: `DUE#DEALS#${shard}`,
      gsi4sk: `${deal.expirationDate}#${deal.id}`,
    }),
    row: rowOf(deal),
  });
}

const rowOf = (deal: Deal): z.input<typeof DealRowItem> => ({
  id: deal.id,
  num: deal.dealNumber,
  sku: deal.productSKU,
  cid: deal.contractId,
  con: deal.contractNumber,
  ref: deal.contractReferenceNumber,
  cur: deal.currency,
  sp: deal.serviceProviderPrmId,
  st: deal.status,
  ext: deal.extendStatus,
  made: deal.creationDate,
  exp: deal.expirationDate,
  end: deal.closeDate,
});

export const toDealItem = ({ projectedDealValue, ...deal }: Deal): z.infer<typeof DealItem> => ({
  ...deal,
  projectedDealValue: formatMoney(projectedDealValue, deal.currency),
});

export const fromDealItem = ({ projectedDealValue, ...deal }: z.infer<typeof DealItem>): Deal =>
  defined({ ...deal, projectedDealValue: parseMoney(projectedDealValue, deal.currency) as MinorUnits }) as Deal;

const dealOf = (item: Item): Deal => fromDealItem(read(DealItem, item));
