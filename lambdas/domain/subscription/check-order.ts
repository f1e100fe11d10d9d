import { addDays, type PlainDate } from '../calendar/period.ts';
import type { Product } from '../catalogue/product.ts';
import type { Contract } from '../contract/contract.ts';
import { lastDayOfTerm } from '../contract/schedule.ts';
import { type Checked, Faults, NEEDED } from '../contract-request/checks.ts';
import { QUANTITY_SCALE, type Quantity } from '../numbers/amounts.ts';
import { parseDecimal, powerOfTen } from '../numbers/decimal.ts';

/** A subscription as it was asked for: numbers and dates as they were written. */
export type AskedSubscription = {
  productCode: string;
  quantity: string;
  /** First day; today unless told. */
  startDate?: PlainDate | undefined;
  /** Length in months; open-ended without. */
  termMonths?: number | undefined;
};

export type OrderedSubscription = {
  product: Product;
  quantity: Quantity;
  from: PlainDate;
  until?: PlainDate;
};

// A million hosts; far from what a charge can hold.
const MOST = 10n ** 6n * powerOfTen(QUANTITY_SCALE);

/**
 * Checks what is ordered: an offer of the family, more than nothing of it, from a day of the contract on that isn't to come.
 * @returns it, or an error for each field that is wrong
 */
export function checkSubscription(
  { productCode, quantity, startDate, termMonths }: AskedSubscription,
  { contract, products, today }: { contract: Contract; products: readonly Product[]; today: PlainDate },
): Checked<OrderedSubscription> {
  const faults = new Faults();
  const product = products.find(({ code, family }) => code === productCode && family === contract.listing.familyType);
  if (!product) faults.add('productCode', 'is no offer of cloud services');
  const read = readHosts(faults, quantity);
  const from = startDate ?? today;
  if (from > today) faults.add('startDate', 'must not be to come');
  if (from < contract.bolDate)
    faults.add('startDate', `must not be before the contract, which begins on ${contract.bolDate}`);
  const until = termMonths === undefined ? undefined : lastDayOfTerm(from, termMonths);
  if (until !== undefined && until < today) faults.add('termMonths', 'must not have ended already');
  const ordered = product && read && { product, quantity: read, from, ...(until === undefined ? {} : { until }) };
  return faults.answer(ordered);
}

/** A quantity that may be ordered; undefined when something is wrong with it. */
export function readHosts(faults: Faults, text: string | undefined): Quantity | undefined {
  if (text === undefined) return faults.add('quantity', NEEDED);
  const read = parseDecimal(text, QUANTITY_SCALE);
  if (read === undefined || read <= 0n || read > MOST) {
    return faults.add('quantity', `must be more than 0, at most 1000000, with at most ${QUANTITY_SCALE} decimals`);
  }
  return read as Quantity;
}

/** The last day after a renewal of so many months: they follow the last day there was. */
export function renewedUntil(until: PlainDate, termMonths: number): PlainDate {
  return lastDayOfTerm(addDays(until, 1), termMonths);
}
