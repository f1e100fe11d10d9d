import { firstDay, lastDay, type PlainDate } from '../calendar/period.ts';
import type { Product } from '../catalogue/product.ts';
import { type Checked, Faults, readDiscount } from '../contract-request/checks.ts';
import { type FiscalQuarter, monthsOfQuarter } from '../deal/fiscal-quarter.ts';
import type { Percent } from '../numbers/amounts.ts';

/** A product that earns a rebate in a sales region, between two days (published RebateSheet). */
export type RebateEntry = {
  productSKU: string;
  productDisplayName: string;
  geo: string;
  startDate: PlainDate;
  endDate: PlainDate;
  /** Percent of what is billed of the product. */
  rate: Percent;
};

/** Which products earn rebates in a quarter. */
export type RebateSheet = {
  quarter: FiscalQuarter;
  entries: readonly RebateEntry[];
  /** Counts the changes; 0 while there is none. */
  version: number;
};

/** An entry as the vendor wrote it; without days it holds for the whole quarter. */
export type RebateEntryAsked = {
  productSKU: string;
  geo: string;
  startDate?: PlainDate | undefined;
  endDate?: PlainDate | undefined;
  rate: string;
};

/** The first and last day of a quarter. */
export function daysOfQuarter(quarter: FiscalQuarter): { first: PlainDate; last: PlainDate } {
  const [first, , last] = monthsOfQuarter(quarter);
  return { first: firstDay(first), last: lastDay(last) };
}

/** Whether a sheet still changes: until its quarter is over. */
export function isFixed(quarter: FiscalQuarter, today: PlainDate): boolean {
  return daysOfQuarter(quarter).last < today;
}

/**
 * Checks the entries of a quarter's sheet: products of the catalogue, days within the quarter, each product and region once.
 * @returns them, or an error for each field that is wrong
 */
export function checkRebateEntries(
  quarter: FiscalQuarter,
  asked: readonly RebateEntryAsked[],
  products: readonly Pick<Product, 'code' | 'name'>[],
): Checked<RebateEntry[]> {
  const faults = new Faults();
  const { first, last } = daysOfQuarter(quarter);
  const names = new Map(products.map(({ code, name }) => [code, name]));
  const seen = new Set<string>();
  const entries = asked.flatMap((entry, at): RebateEntry[] => {
    const field = (name: string) => `entries[${at}].${name}`;
    const { productSKU, geo, startDate = first, endDate = last } = entry;
    const productDisplayName = names.get(productSKU);
    if (productDisplayName === undefined) faults.add(field('productSKU'), 'is no product of the catalogue');
    if (seen.size === seen.add(`${productSKU} ${geo}`).size)
      faults.add(field('productSKU'), `has an entry for ${geo} already`);
    if (startDate < first || startDate > last) faults.add(field('startDate'), `must lie in ${first} to ${last}`);
    if (endDate < startDate || endDate > last) faults.add(field('endDate'), `must lie in ${startDate} to ${last}`);
    const rate = readDiscount(faults, field('rate'), entry.rate);
    if (productDisplayName === undefined || rate === undefined) return [];
    return [{ productSKU, productDisplayName, geo, startDate, endDate, rate }];
  });
  return faults.answer(entries);
}
