import type { BillingTerms } from '../charging/billing-terms.ts';
import { externalSummary, isBilledExternally } from '../charging/charge-external.ts';
import type { LateCharge } from '../charging/charge-late.ts';
import { commitSummary } from '../charging/commit-summary.ts';
import { costOfPoints } from '../charging/cost-of-points.ts';
import { type MinorUnits, NO_POINTS, type Percent, type Points, sum } from '../numbers/amounts.ts';
import type { Currency } from '../numbers/currency.ts';
import type { HeldUsage } from './held-usage.ts';

/** The totals of an order as its parties see them: points, or for money families the currency's major unit. */
export type OrderSummary = {
  minimumCommit: Points;
  reported: Points;
  overage: Points;
  underage: Points;
  total: Points;
  /** What the total costs at the list price, and at the selling price, before a prepayment covers any of it. */
  listPrice: MinorUnits;
  sellingPrice: MinorUnits;
  discount: Percent;
};

/** Of an order that was closed with nothing to bill. */
export const NOTHING_BILLED: OrderSummary = {
  minimumCommit: NO_POINTS,
  reported: NO_POINTS,
  overage: NO_POINTS,
  underage: NO_POINTS,
  total: NO_POINTS,
  listPrice: 0n as MinorUnits,
  sellingPrice: 0n as MinorUnits,
  discount: 0n as Percent,
};

/** What an order's usage is priced by. */
export type PricedBy = Pick<BillingTerms, 'sku' | 'minimumCommit' | 'basis'> & { currency: Currency };

/** What an open order would be closed with, were it closed as it is, arrears on it aside (`withArrears`). */
export function expectedSummary(
  { reported, outsideCommit }: Pick<HeldUsage, 'reported' | 'outsideCommit'>,
  by: PricedBy,
): OrderSummary {
  const { minimumCommit, overage, underage, total } = isBilledExternally(by.sku.family)
    ? externalSummary(reported)
    : commitSummary(reported, outsideCommit, by.minimumCommit);
  const { listPrice, sellingPrice, discount } = by.basis;
  return {
    minimumCommit,
    reported,
    overage,
    underage,
    total,
    listPrice: costAt(listPrice, { reported, outsideCommit }, by),
    sellingPrice: costAt(sellingPrice, { reported, outsideCommit }, by),
    discount,
  };
}

/** With what arrears add to the months they are of, at the selling price: the total is what it is billed with. */
export function withArrears(summary: OrderSummary, charges: readonly LateCharge[]): OrderSummary {
  const points = charges.map((charge) => charge.points);
  const amounts = charges
    .flatMap(({ lines }) => lines.filter(({ kind }) => kind !== 'COVER'))
    .map((line) => line.amount);
  return {
    ...summary,
    total: sum([summary.total, ...points]),
    sellingPrice: sum([summary.sellingPrice, ...amounts]),
  };
}

/**
 * What usage costs at a price of a point, as the close rounds it (domain.md §5.5). PRE-PAY: the usage alone, since a
 * shortfall burns balance, and whether overage has a surcharge depends on the balance at the close.
 */
export function costAt(
  price: BillingTerms['basis']['listPrice'],
  { reported, outsideCommit }: Pick<HeldUsage, 'reported' | 'outsideCommit'>,
  { sku, minimumCommit, basis: { overagePrice }, currency }: PricedBy,
): MinorUnits {
  if (sku.contractType === 'PRE-PAY') {
    return costOfPoints(reported, outsideCommit, { currency, minimumCommit: NO_POINTS, price });
  }
  const overage = overagePrice === undefined ? {} : { overagePrice };
  return costOfPoints(reported, outsideCommit, { currency, minimumCommit, price, ...overage });
}
