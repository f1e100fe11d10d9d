import { linePoints, type TierPart, type Tiers, tierParts } from '../charging/line-points.ts';
import type { Points } from '../numbers/amounts.ts';
import { canonicalOrder } from '../usage/canonical-order.ts';
import type { UsageLine } from '../usage/usage-line.ts';

/** What a line counts, and where its product has tiers: what of it falls into which. */
export type LineCount = { points: Points; parts: readonly TierPart[] };

/** What each line of an order counts, by its id; those of each period apart: tiers are filled by a month's quantity. */
export function countsByLine(lines: readonly UsageLine[], tiers: Tiers): Map<string, LineCount> {
  const counts = new Map<string, LineCount>();
  for (const [period, own] of Map.groupBy(lines, ({ usagePeriod }) => usagePeriod)) {
    own.sort(canonicalOrder(period));
    const [points, parts] = [linePoints(own, tiers), tierParts(own, tiers)];
    own.forEach(({ id }, at) => {
      counts.set(id, { points: points[at] as Points, parts: parts[at] ?? [] });
    });
  }
  return counts;
}
