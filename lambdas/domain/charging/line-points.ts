import type { Tier } from '../catalogue/product.ts';
import { NO_POINTS, NO_QUANTITY, type Points, pointsOf, type Quantity, splitPointsOf } from '../numbers/amounts.ts';
import { maxOf, minOf } from '../numbers/decimal.ts';
import type { UsageLine } from '../usage/usage-line.ts';

/** Tiered products by code; a product that isn't here counts its line's points per unit throughout. */
export type Tiers = ReadonlyMap<string, readonly Tier[]>;

/** What is billed of a reported quantity: at least the product's minimum once anything is used (domain.md §5.1). */
export function billedQuantity(line: UsageLine): Quantity {
  if (line.minQuantity === undefined || line.quantity <= 0n) return line.quantity;
  return maxOf(line.quantity, line.minQuantity);
}

/**
 * Points of each line of an order, in the order given, which must be the canonical one: a tiered product's ranges are
 * filled by its lines one after the other (graduated, domain.md §5.1).
 */
export function linePoints(lines: readonly UsageLine[], tiers: Tiers): Points[] {
  const filled = new Map<string, Quantity>();
  return lines.map((line) => {
    const billed = billedQuantity(line);
    const ranges = tiers.get(line.productCode);
    if (!ranges) return pointsOf(billed, line.pointsPerUnit);
    const from = filled.get(line.productCode) ?? NO_QUANTITY;
    const to = (from + billed) as Quantity;
    filled.set(line.productCode, to);
    return graduated(ranges, from, to);
  });
}

/** Points of the part (from, to] of a product's quantity over its ranges. */
function graduated(ranges: readonly Tier[], from: Quantity, to: Quantity): Points {
  let total: bigint = NO_POINTS;
  for (const range of ranges) {
    const start = maxOf(from, range.from);
    const end = range.to === undefined ? to : minOf(to, range.to);
    if (end > start) total += splitPointsOf((end - start) as Quantity, range.pointsPerUnit, range.split);
  }
  return total as Points;
}
