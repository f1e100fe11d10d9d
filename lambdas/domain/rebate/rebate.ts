import { firstDay, lastDay, type Period, periodOf } from '../calendar/period.ts';
import type { Deal } from '../deal/deal.ts';
import { type FiscalQuarter, isInQuarter, monthsOfQuarter } from '../deal/fiscal-quarter.ts';
import { type MinorUnits, type Percent, percentageOf, sum } from '../numbers/amounts.ts';
import type { RebateEntry, RebateSheet } from './rebate-sheet.ts';

/** A line of an invoice: what was billed of a product, for the month it was used in. */
export type BilledLine = { productCode: string; usagePeriod: Period; amount: MinorUnits };

/** What a won deal earns in a quarter: a share of what was billed of its product. */
export type Rebate = { billed: MinorUnits; rate: Percent; amount: MinorUnits };

/** The entry of a sheet that a deal earns by: its product in its region; only in the quarter it was won in. */
export function rebateEntryOf(
  deal: Pick<Deal, 'status' | 'closeDate' | 'productSKU' | 'geo'>,
  { quarter, entries }: Pick<RebateSheet, 'quarter' | 'entries'>,
): RebateEntry | undefined {
  if (deal.status !== 'CLOSED_WON' || !deal.closeDate || !isInQuarter(deal.closeDate, quarter)) return undefined;
  return entries.find(({ productSKU, geo }) => productSKU === deal.productSKU && geo === deal.geo);
}

/** Months whose usage a deal earns by: those of the quarter that lie in the entry's days, from the deal's own on. */
export function rebateMonths(
  { creationDate }: Pick<Deal, 'creationDate'>,
  quarter: FiscalQuarter,
  { startDate, endDate }: Pick<RebateEntry, 'startDate' | 'endDate'>,
): Period[] {
  return monthsOfQuarter(quarter).filter(
    (month) => month >= periodOf(creationDate) && firstDay(month) <= endDate && lastDay(month) >= startDate,
  );
}

/**
 * The rebate of a deal: rate × what was billed of its product for those months, on whatever invoice: late usage earns by the month
 * it was used in; rounded once, half-even, to the minor unit. 10 % of 105.05 are 10.50 (10.505).
 *
 * @param lines those of the valid invoices of the months and of what carries late usage of them, each invoice once
 */
export function rebateOf(
  { productSKU }: Pick<Deal, 'productSKU'>,
  { rate }: Pick<RebateEntry, 'rate'>,
  months: readonly Period[],
  lines: readonly BilledLine[],
): Rebate {
  const billed = sum(
    lines
      .filter(({ productCode, usagePeriod }) => productCode === productSKU && months.includes(usagePeriod))
      .map(({ amount }) => amount),
  );
  return { billed, rate, amount: percentageOf(billed, rate) };
}
