import { firstDay, lastDay, type Period, periodOf } from '../calendar/period.ts';
import type { Deal } from '../deal/deal.ts';
import { type FiscalQuarter, isInQuarter, monthsOfQuarter } from '../deal/fiscal-quarter.ts';
import { type MinorUnits, type Percent, percentageOf, sum } from '../numbers/amounts.ts';
import type { RebateEntry, RebateSheet } from './rebate-sheet.ts';

/** What was billed of a month of a contract: lines of its valid invoice. */
export type BilledMonth = {
  usagePeriod: Period;
  lines: readonly { productCode: string; usagePeriod: Period; amount: MinorUnits }[];
};

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
 * The rebate of a deal: rate × what was billed of its product for those months, as it stands on the months' own valid
 * invoices; rounded once, half-even, to the minor unit. 10 % of 105.05 are 10.50 (10.505).
 */
export function rebateOf(
  { productSKU }: Pick<Deal, 'productSKU'>,
  { rate }: Pick<RebateEntry, 'rate'>,
  months: readonly BilledMonth[],
): Rebate {
  const billed = sum(
    months.flatMap(({ usagePeriod, lines }) =>
      lines
        .filter((line) => line.productCode === productSKU && line.usagePeriod === usagePeriod)
        .map(({ amount }) => amount),
    ),
  );
  return { billed, rate, amount: percentageOf(billed, rate) };
}
