import { EXACT_SCALE } from '../domain/charging/charge-points.ts';
import { divideHalfEven, formatDecimal, parseDecimal, powerOfTen } from '../domain/numbers/decimal.ts';

declare const kind: unique symbol;
/** A figure of a document, of whatever unit: 20 decimals, which hold any product of points or quantity and price. */
export type Exact = bigint & { readonly [kind]: 'exact' };

const ONE = powerOfTen(EXACT_SCALE);

export const NOTHING = 0n as Exact;
export const UNIT = ONE as Exact;

/** @throws RangeError for what is no plain decimal of a canonical document */
export function exact(decimal: string): Exact {
  const value = parseDecimal(decimal, EXACT_SCALE);
  if (value === undefined) throw new RangeError(`${JSON.stringify(decimal)} is no plain decimal`);
  return value as Exact;
}

export const written = (value: Exact): string => formatDecimal(value, EXACT_SCALE);

/** As an amount of money is written: two decimals at least. */
export const writtenAmount = (value: Exact): string => formatDecimal(value, EXACT_SCALE, 2);

export const add = (...values: Exact[]): Exact => values.reduce<bigint>((sum, value) => sum + value, 0n) as Exact;
export const negated = (value: Exact): Exact => -value as Exact;
export const magnitude = (value: Exact): Exact => (value < 0n ? -value : value) as Exact;

/** A product; whatever has more than 20 decimals is rounded half-even, which no product of a document's figures has. */
export const times = (a: Exact, b: Exact): Exact => divideHalfEven(a * b, ONE) as Exact;

/** What is left of a price: price × (1 − discount ÷ 100), exact. */
export const lessPercent = (price: Exact, discount: Exact): Exact =>
  divideHalfEven(price * (100n * ONE - discount), 100n * ONE) as Exact;

/** A percentage of an amount. */
export const percentOf = (amount: Exact, percent: Exact): Exact =>
  divideHalfEven(amount * percent, 100n * ONE) as Exact;
