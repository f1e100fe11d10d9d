import type { Tier } from '../catalogue/product.ts';
import {
  costOf,
  inMajorUnits,
  NO_QUANTITY,
  type Points,
  pointsOf,
  type Quantity,
  splitPointsOf,
  sum,
} from '../numbers/amounts.ts';
import { minorDigits } from '../numbers/currency.ts';
import { maxOf, minOf } from '../numbers/decimal.ts';
import type { LinePrice, UsageLine } from '../usage/usage-line.ts';

/** Tiered products by code; a product that isn't here counts its line's points per unit throughout. */
export type Tiers = ReadonlyMap<string, readonly Tier[]>;

/** What is billed of a reported quantity: at least the product's minimum once anything is used (domain.md §5.1). */
export function billedQuantity(line: UsageLine): Quantity {
  if (line.minQuantity === undefined || line.quantity <= 0n) return line.quantity;
  return maxOf(line.quantity, line.minQuantity);
}

/**
 * What each line of an order counts, in the order given, which must be the canonical one: a tiered product's ranges are
 * filled by its lines one after the other (graduated, domain.md §5.1). A line of a money family counts what it costs, in
 * the currency's major unit, each rounded by itself.
 */
export function linePoints(lines: readonly UsageLine[], tiers: Tiers): Points[] {
  const filled = new Map<string, Quantity>();
  return lines.map((line) => {
    const billed = billedQuantity(line);
    if (line.price) return lineCost(billed, line.price);
    const ranges = tiers.get(line.productCode);
    if (!ranges) return pointsOf(billed, line.pointsPerUnit);
    const from = filled.get(line.productCode) ?? NO_QUANTITY;
    const to = (from + billed) as Quantity;
    filled.set(line.productCode, to);
    return sum(partsOf(ranges, from, to).map(({ points }) => points));
  });
}

function lineCost(billed: Quantity, { unitPrice, discount, currency }: LinePrice): Points {
  const digits = minorDigits(currency);
  return inMajorUnits(costOf(billed, unitPrice, discount, digits), digits);
}

/** What of a line's quantity falls into a range of its product's tiers. */
export type TierPart = { tier: Tier; quantity: Quantity; points: Points };

/**
 * Which ranges each line's quantity falls into, in the order given, which must be the canonical one; a line of a product
 * without tiers has no parts. They add up to linePoints.
 */
export function tierParts(lines: readonly UsageLine[], tiers: Tiers): TierPart[][] {
  const filled = new Map<string, Quantity>();
  return lines.map((line) => {
    const ranges = tiers.get(line.productCode);
    if (!ranges) return [];
    const from = filled.get(line.productCode) ?? NO_QUANTITY;
    const to = (from + billedQuantity(line)) as Quantity;
    filled.set(line.productCode, to);
    return partsOf(ranges, from, to);
  });
}

/** The part (from, to] of a product's quantity over its ranges. */
function partsOf(ranges: readonly Tier[], from: Quantity, to: Quantity): TierPart[] {
  const parts: TierPart[] = [];
  for (const tier of ranges) {
    const start = maxOf(from, tier.from);
    const end = tier.to === undefined ? to : minOf(to, tier.to);
    if (end <= start) continue;
    const quantity = (end - start) as Quantity;
    parts.push({ tier, quantity, points: splitPointsOf(quantity, tier.pointsPerUnit, tier.split) });
  }
  return parts;
}
