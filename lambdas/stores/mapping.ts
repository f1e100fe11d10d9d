import type * as z from 'zod';
import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import type { Variance } from '../domain/billing-order/variance.ts';
import type { PlainDate } from '../domain/calendar/period.ts';
import { period } from '../domain/calendar/period.ts';
import type { ContractSku } from '../domain/catalogue/price-list.ts';
import type { Contract, ContractRevision, LockedPrice } from '../domain/contract/contract.ts';
import type { Settlement } from '../domain/contract/settlement.ts';
import {
  formatPercent,
  formatPoints,
  formatPointsPerUnit,
  formatQuantity,
  formatUnitPrice,
  percent,
  points,
  pointsPerUnit,
  quantity,
  unitPrice,
} from '../domain/numbers/amounts.ts';
import { formatMoney, parseMoney } from '../domain/numbers/currency.ts';
import type { PrepaymentBalance, PrepaymentEntry } from '../domain/prepayment/ledger.ts';
import type { LineEdit, UsageLine } from '../domain/usage/usage-line.ts';
import { fromBilledItem, toBilledItem } from './billed-mapping.ts';
import type * as items from './items.ts';

/** Stored items ↔ domain values: the only place where one becomes the other. */
type Stored<Schema extends z.ZodType> = z.infer<Schema>;

/** Leaves out members that are undefined, which stored items and exact optional types don't have. */
export function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const result: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) if (member !== undefined) result[key] = member;
  return result as { [K in keyof T]: Exclude<T[K], undefined> };
}

export const maybe = <From, To>(value: From | undefined, map: (value: From) => To): To | undefined =>
  value === undefined ? undefined : map(value);

export function toOrderItem(order: BillingOrder): Stored<typeof items.BillingOrderItem> {
  const { held, variance, ...rest } = order;
  return {
    ...rest,
    heldLines: held.lines,
    heldQuantity: formatQuantity(held.quantity),
    heldReported: formatPoints(held.reported),
    heldOutsideCommit: formatPoints(held.outsideCommit),
    heldArrearsPeriods: [...held.arrearsPeriods],
    variance: maybe(variance, toVariance),
    billed: maybe(order.billed, toBilledItem),
  };
}

export function fromOrderItem(item: Stored<typeof items.BillingOrderItem>): BillingOrder {
  const { heldLines, heldQuantity, heldReported, heldOutsideCommit, heldArrearsPeriods, ...rest } = item;
  return defined({
    ...rest,
    usagePeriod: period(rest.usagePeriod),
    held: {
      lines: heldLines,
      quantity: quantity(heldQuantity),
      reported: points(heldReported),
      outsideCommit: points(heldOutsideCommit),
      arrearsPeriods: heldArrearsPeriods.map(period),
    },
    variance: maybe(rest.variance, fromVariance),
    ruleReview: maybe(rest.ruleReview, defined),
    billed: maybe(rest.billed, fromBilledItem),
  }) as BillingOrder;
}

type StoredVariance = NonNullable<Stored<typeof items.BillingOrderItem>['variance']>;

function toVariance({ reported, sum, limit, ...rest }: Variance): StoredVariance {
  return { ...rest, reported: formatPoints(reported), sum: formatPoints(sum), limit: formatPercent(limit) };
}

function fromVariance({ reported, sum, limit, from, to, ...rest }: StoredVariance): Variance {
  const said = { reported: points(reported), sum: points(sum), limit: percent(limit) };
  return { ...rest, ...said, from: period(from), to: period(to) };
}

export function toLineItem(line: UsageLine): Stored<typeof items.UsageLineItem> {
  return {
    ...line,
    quantity: formatQuantity(line.quantity),
    pointsPerUnit: formatPointsPerUnit(line.pointsPerUnit),
    minQuantity: maybe(line.minQuantity, formatQuantity),
    price: maybe(line.price, ({ unitPrice: price, discount, ...rest }) => ({
      ...rest,
      unitPrice: formatUnitPrice(price),
      discount: formatPercent(discount),
    })),
    prefilled: maybe(line.prefilled, formatQuantity),
    edit: maybe(line.edit, ({ original, ...edit }) => ({
      ...edit,
      original: maybe(original, (was) => ({ ...was, quantity: formatQuantity(was.quantity) })),
    })),
    clusterUsages: maybe(line.clusterUsages, (clusters) =>
      clusters.map((cluster) => ({ ...cluster, quantity: formatQuantity(cluster.quantity) })),
    ),
  };
}

export function fromLineItem(item: Stored<typeof items.UsageLineItem>): UsageLine {
  const line: UsageLine = {
    id: item.id,
    usagePeriod: period(item.usagePeriod),
    siteName: item.siteName,
    productCode: item.productCode,
    productName: item.productName,
    customerNumber: item.customerNumber,
    uom: item.uom,
    quantity: quantity(item.quantity),
    pointsPerUnit: pointsPerUnit(item.pointsPerUnit),
    inMinCommit: item.inMinCommit,
  };
  const { siteId, minQuantity, origin, prefilled, edit, comment, clusterUsages, price, source } = item;
  // Most lines have none of these, and a close reads very many lines.
  if (siteId !== undefined) line.siteId = siteId;
  if (minQuantity !== undefined) line.minQuantity = quantity(minQuantity);
  if (origin !== undefined) line.origin = origin;
  if (prefilled !== undefined) line.prefilled = quantity(prefilled);
  if (edit !== undefined) line.edit = fromLineEdit(edit);
  if (comment !== undefined) line.comment = comment;
  if (clusterUsages !== undefined) {
    line.clusterUsages = clusterUsages.map((cluster) => ({ ...cluster, quantity: quantity(cluster.quantity) }));
  }
  if (price !== undefined) {
    line.price = { ...price, unitPrice: unitPrice(price.unitPrice), discount: percent(price.discount) };
  }
  if (source !== undefined) line.source = defined(source);
  return line;
}

function fromLineEdit(edit: NonNullable<Stored<typeof items.UsageLineItem>['edit']>): LineEdit {
  const { original, ...said } = edit;
  return original ? { ...said, original: { ...original, quantity: quantity(original.quantity) } } : said;
}

export function toContractItem(contract: Contract): Stored<typeof items.ContractItem> {
  return {
    ...contract,
    tags: [...contract.tags],
    takenFrom: maybe(contract.takenFrom, (ids) => [...ids]),
    triggerPoint: maybe(contract.triggerPoint, formatPoints),
    prepaid: maybe(contract.prepaid, formatPoints),
    threshold: maybe(contract.threshold, formatPoints),
    crossed: maybe(contract.crossed, (at) => ({ ...at, threshold: formatPoints(at.threshold) })),
    settlement: maybe(contract.settlement, (due) => ({ ...toSettlement(due), period: due.period })),
  };
}

export function fromContractItem(item: Stored<typeof items.ContractItem>): Contract {
  return defined({
    ...item,
    bolDate: item.bolDate as PlainDate,
    eolDate: item.eolDate as PlainDate | undefined,
    anniversary: item.anniversary as PlainDate | undefined,
    termFrom: item.termFrom as PlainDate,
    reviewOn: item.reviewOn as PlainDate | undefined,
    triggerPoint: maybe(item.triggerPoint, points),
    prepaid: maybe(item.prepaid, points),
    threshold: maybe(item.threshold, points),
    crossed: maybe(item.crossed, (at) => ({ period: period(at.period), threshold: points(at.threshold) })),
    settlement: maybe(item.settlement, (due) => ({ ...fromSettlement(due), period: period(due.period) })),
  }) as Contract;
}

type SettlementItem = NonNullable<Stored<typeof items.ContractRequestItem>['settlement']>;

export function toSettlement({ amount, currency }: Settlement): SettlementItem {
  return { amount: formatMoney(amount, currency), currency };
}

/** @throws RangeError when it is not exact in the currency's minor units */
export function fromSettlement({ amount: text, currency }: SettlementItem): Settlement {
  const amount = parseMoney(text, currency);
  if (amount === undefined) throw new RangeError(`${text} is no amount of ${currency}`);
  return { amount, currency };
}

export function toSku(sku: ContractSku): Stored<typeof items.SkuItem> {
  const { code, contractType, family, minimumPoints, kind } = sku;
  return { code, contractType, family, minimumPoints: formatPoints(minimumPoints), kind };
}

export function fromSku(item: Stored<typeof items.SkuItem>): ContractSku {
  return defined({ ...item, minimumPoints: points(item.minimumPoints) }) as ContractSku;
}

type LockedItem = NonNullable<Stored<typeof items.ContractRevisionItem>['locked']>;

export function toLocked(locked: LockedPrice): LockedItem {
  return {
    ...locked,
    listPrice: formatUnitPrice(locked.listPrice),
    discount: formatPercent(locked.discount),
    overagePrice: maybe(locked.overagePrice, formatUnitPrice),
  };
}

export function fromLocked(item: LockedItem): LockedPrice {
  return defined({
    ...item,
    listPrice: unitPrice(item.listPrice),
    discount: percent(item.discount),
    overagePrice: maybe(item.overagePrice, unitPrice),
  });
}

export function toRevisionItem(revision: ContractRevision): Stored<typeof items.ContractRevisionItem> {
  return {
    ...revision,
    sku: toSku(revision.sku),
    minCommits: revision.minCommits?.map(formatPoints),
    locked: maybe(revision.locked, toLocked),
  };
}

export function fromRevisionItem(item: Stored<typeof items.ContractRevisionItem>): ContractRevision {
  return defined({
    ...item,
    from: item.from as PlainDate,
    until: item.until as PlainDate | undefined,
    sku: fromSku(item.sku),
    minCommits: item.minCommits?.map(points),
    locked: maybe(item.locked, fromLocked),
  }) as ContractRevision;
}

export function toBalanceItem(balance: PrepaymentBalance): Stored<typeof items.PrepaymentBalanceItem> {
  return { ...balance, points: formatPoints(balance.points) };
}

export function fromBalanceItem(item: Stored<typeof items.PrepaymentBalanceItem>): PrepaymentBalance {
  return { ...item, points: points(item.points) };
}

export function toEntryItem(entry: PrepaymentEntry): Stored<typeof items.PrepaymentEntryItem> {
  return { ...entry, points: formatPoints(entry.points), balanceAfter: formatPoints(entry.balanceAfter) };
}

export function fromEntryItem(item: Stored<typeof items.PrepaymentEntryItem>): PrepaymentEntry {
  return { ...item, points: points(item.points), balanceAfter: points(item.balanceAfter) };
}
