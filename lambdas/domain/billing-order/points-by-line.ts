import { linePoints, type Tiers } from '../charging/line-points.ts';
import type { Points } from '../numbers/amounts.ts';
import { canonicalOrder } from '../usage/canonical-order.ts';
import type { UsageLine } from '../usage/usage-line.ts';

/** Points of each line of an order by its id, those of each period apart: tiers are filled by a month's quantity. */
export function pointsByLine(lines: readonly UsageLine[], tiers: Tiers): Map<string, Points> {
  const points = new Map<string, Points>();
  for (const [period, own] of Map.groupBy(lines, ({ usagePeriod }) => usagePeriod)) {
    own.sort(canonicalOrder(period));
    linePoints(own, tiers).forEach((counted, at) => {
      points.set((own[at] as UsageLine).id, counted);
    });
  }
  return points;
}
