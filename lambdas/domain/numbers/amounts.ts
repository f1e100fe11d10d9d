import { divideHalfEven, formatDecimal, parseDecimal, powerOfTen } from './decimal.ts';

/**
 * The value types of billing. Each is a bigint with a fixed number of decimals, told apart by a brand, so that a quantity
 * can't be added to points by mistake. Decimals are those of domain.md §5 "Numbers".
 */
declare const unit: unique symbol;
type Scaled<Unit extends string> = bigint & { readonly [unit]: Unit };

/** Quantity of a usage line in the product's unit of measure; 6 decimals. */
export type Quantity = Scaled<'quantity'>;
/** Points per unit of measure; 4 decimals. */
export type PointsPerUnit = Scaled<'points per unit'>;
/** A catalogue factor on tiered parts; 4 decimals. */
export type Split = Scaled<'split'>;
/** Points; 14 decimals = quantity (6) + points per unit (4) + split (4), so that no product is ever rounded. */
export type Points = Scaled<'points'>;
/** Price of one point or one unit in a currency's major unit; 6 decimals. */
export type UnitPrice = Scaled<'unit price'>;
/** Percent, 0–100 for discounts and tax rates; 4 decimals. */
export type Percent = Scaled<'percent'>;
/** Money in whole minor units of its currency. */
export type MinorUnits = Scaled<'minor units'>;

export const QUANTITY_SCALE = 6;
export const POINTS_PER_UNIT_SCALE = 4;
export const SPLIT_SCALE = 4;
export const POINTS_SCALE = 14;
export const UNIT_PRICE_SCALE = 6;
export const PERCENT_SCALE = 4;

/** Thrown by the reading functions below: the text is no plain decimal of the scale asked for. */
export class NotADecimalError extends Error {
  override readonly name = 'NotADecimalError';
}

function reader<Value extends bigint>(what: string, scale: number): (text: string) => Value {
  return (text) => {
    const value = parseDecimal(text, scale);
    if (value === undefined) {
      throw new NotADecimalError(
        `${JSON.stringify(text)} is no ${what}: a plain decimal of at most ${scale} decimals is`,
      );
    }
    return value as Value;
  };
}

/** Read an exact decimal literal; throw NotADecimalError for anything else. */
export const quantity: (text: string) => Quantity = reader('quantity', QUANTITY_SCALE);
export const pointsPerUnit: (text: string) => PointsPerUnit = reader('points per unit', POINTS_PER_UNIT_SCALE);
export const split: (text: string) => Split = reader('split', SPLIT_SCALE);
export const points: (text: string) => Points = reader('number of points', POINTS_SCALE);
export const unitPrice: (text: string) => UnitPrice = reader('price', UNIT_PRICE_SCALE);
export const percent: (text: string) => Percent = reader('percentage', PERCENT_SCALE);

export const formatQuantity = (value: Quantity): string => formatDecimal(value, QUANTITY_SCALE);
export const formatPointsPerUnit = (value: PointsPerUnit): string => formatDecimal(value, POINTS_PER_UNIT_SCALE);
export const formatSplit = (value: Split): string => formatDecimal(value, SPLIT_SCALE);
export const formatPoints = (value: Points): string => formatDecimal(value, POINTS_SCALE);
export const formatUnitPrice = (value: UnitPrice): string => formatDecimal(value, UNIT_PRICE_SCALE, 2);
export const formatPercent = (value: Percent): string => formatDecimal(value, PERCENT_SCALE);

export const NO_POINTS = 0n as Points;
export const NO_QUANTITY = 0n as Quantity;
export const NO_SPLIT = 10_000n as Split;

/** Sum of values of one kind. */
export function sum<Value extends bigint>(values: Iterable<Value>): Value {
  let total = 0n;
  for (const value of values) total += value;
  return total as Value;
}

// quantity (6) × points per unit (4) has 10 decimals; × 10^4 reaches the 14 of points.
const TO_POINTS = powerOfTen(POINTS_SCALE - QUANTITY_SCALE - POINTS_PER_UNIT_SCALE);

/** Exact sum of two numbers of points written as decimals, without zeros at the end. */
export function addPoints(a: string, b: string): string {
  return formatPoints((points(a) + points(b)) as Points);
}

/** Points of a quantity: quantity × points per unit, exact. */
export function pointsOf(billed: Quantity, perUnit: PointsPerUnit): Points {
  return (billed * perUnit * TO_POINTS) as Points;
}

/** Points of a part of a quantity that a split factor applies to, exact. */
export function splitPointsOf(billed: Quantity, perUnit: PointsPerUnit, factor: Split): Points {
  return (billed * perUnit * factor) as Points;
}

const HUNDRED_PERCENT = 100n * powerOfTen(PERCENT_SCALE);

/** Selling price: list price × (1 − discount ÷ 100), rounded half-even to 6 decimals (domain.md §5.4). */
export function discounted(listPrice: UnitPrice, discount: Percent): UnitPrice {
  return divideHalfEven(listPrice * (HUNDRED_PERCENT - discount), HUNDRED_PERCENT) as UnitPrice;
}

/**
 * What a quantity costs: quantity × price of a unit × (1 − discount ÷ 100), rounded half-even to the minor unit. The net price
 * of a unit is never rounded (domain.md §5 "Money families").
 *
 * @param digits decimals of the currency's minor unit
 */
export function costOf(billed: Quantity, price: UnitPrice, discount: Percent, digits: number): MinorUnits {
  const one = powerOfTen(QUANTITY_SCALE + UNIT_PRICE_SCALE - digits) * HUNDRED_PERCENT;
  return divideHalfEven(billed * price * (HUNDRED_PERCENT - discount), one) as MinorUnits;
}

/** An amount as money families count it where others count points: in the currency's major unit. */
export function inMajorUnits(amount: MinorUnits, digits: number): Points {
  return (amount * powerOfTen(POINTS_SCALE - digits)) as Points;
}

/** A percentage of an amount, rounded half-even to the minor unit (tax: once per rate on the net sum, domain.md §7). */
export function percentageOf(amount: MinorUnits, rate: Percent): MinorUnits {
  return divideHalfEven(amount * rate, HUNDRED_PERCENT) as MinorUnits;
}
