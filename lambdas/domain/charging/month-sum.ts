import type { Period } from '../calendar/period.ts';
import type { Points, Quantity } from '../numbers/amounts.ts';
import { canonicalOrder } from '../usage/canonical-order.ts';
import { usageKeyText } from '../usage/line-key.ts';
import type { UsageLine } from '../usage/usage-line.ts';
import { linePoints, type Tiers } from './line-points.ts';

/** Points of a month's usage, within the commit and outside it. */
export type MonthPoints = { reported: Points; outside: Points };

export type MonthSum = {
  now(): MonthPoints;
  /** Adds usage that came late; it counts as if it had been on the month's order, in the line of its key. */
  add(line: UsageLine): void;
};

/**
 * Adds up a month whose usage comes in parts. What comes late is joined to the line of the same product, site, customer and
 * terms, so that a minimum quantity counts once and the month comes out as if all had been reported on time (domain.md §3).
 *
 * @param own lines of the month's own order
 */
export function sumOfMonth(period: Period, own: readonly UsageLine[], tiers: Tiers): MonthSum {
  const byCanonicalOrder = canonicalOrder(period);
  const products = new Map<string, UsageLine[]>();
  const places = new Map<string, { lines: UsageLine[]; index: number }>();
  let reported = 0n;
  let outside = 0n;

  function count(lines: readonly UsageLine[], sign: 1n | -1n): void {
    const sorted = lines.length > 1 ? [...lines].sort(byCanonicalOrder) : lines;
    const perLine = linePoints(sorted, tiers);
    sorted.forEach((line, index) => {
      if (line.inMinCommit) reported += sign * (perLine[index] as Points);
      else outside += sign * (perLine[index] as Points);
    });
  }

  function put(line: UsageLine, place: { lines: UsageLine[]; index: number } | undefined): void {
    if (place) {
      const before = place.lines[place.index] as UsageLine;
      place.lines[place.index] = { ...before, quantity: (before.quantity + line.quantity) as Quantity };
      return;
    }
    const lines = products.get(line.productCode) ?? [];
    products.set(line.productCode, lines);
    const key = keyOf(line);
    if (!places.has(key)) places.set(key, { lines, index: lines.length });
    lines.push(line);
  }

  for (const line of [...own].sort(byCanonicalOrder)) put(line, undefined);
  for (const lines of products.values()) count(lines, 1n);

  return {
    now: () => ({ reported: reported as Points, outside: outside as Points }),
    add: (line) => {
      const place = places.get(keyOf(line));
      // The ranges of a tiered product are filled by all of its lines; any other line counts for itself.
      const touched = () => {
        if (tiers.has(line.productCode)) return products.get(line.productCode) ?? [];
        return place ? [place.lines[place.index] as UsageLine] : [];
      };
      count(touched(), -1n);
      put(line, place);
      if (place || tiers.has(line.productCode)) count(touched(), 1n);
      else count([line], 1n);
    },
  };
}

function keyOf(line: UsageLine): string {
  const { pointsPerUnit, minQuantity = '', inMinCommit, price } = line;
  const unit = price ? `${price.unitPrice} ${price.discount}` : pointsPerUnit;
  return `${usageKeyText(line)} ${unit} ${minQuantity} ${inMinCommit}`;
}
