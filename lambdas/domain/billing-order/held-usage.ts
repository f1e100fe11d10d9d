import type { Period } from '../calendar/period.ts';
import { linePoints, type Tiers } from '../charging/line-points.ts';
import { NO_POINTS, NO_QUANTITY, type Points, type Quantity, sum } from '../numbers/amounts.ts';
import { canonicalOrder, compareCodePoints } from '../usage/canonical-order.ts';
import type { UsageLine } from '../usage/usage-line.ts';

/** What an order's lines add up to; kept with every write of a line, found again when the order is rated. */
export type HeldUsage = {
  lines: number;
  quantity: Quantity;
  /** Points of its own period's lines that count towards the minimum commit. */
  reported: Points;
  /** Points of its own period's lines that don't. */
  outsideCommit: Points;
  /** Earlier periods that it carries arrears of, earliest first. */
  arrearsPeriods: readonly Period[];
};

export const NOTHING_HELD: HeldUsage = {
  lines: 0,
  quantity: NO_QUANTITY,
  reported: NO_POINTS,
  outsideCommit: NO_POINTS,
  arrearsPeriods: [],
};

/**
 * Adds up an order's lines. Lines of an earlier period are arrears: they count neither as reported nor as outside the
 * commit of the order that carries them (domain.md §3 "Arrears").
 *
 * @param own the order's usage period
 */
export function heldUsage(own: Period, lines: readonly UsageLine[], tiers: Tiers): HeldUsage {
  const ownLines = lines.filter((line) => line.usagePeriod === own).sort(canonicalOrder(own));
  const perLine = linePoints(ownLines, tiers);
  let reported = 0n;
  let outsideCommit = 0n;
  ownLines.forEach((line, index) => {
    if (line.inMinCommit) reported += perLine[index] as Points;
    else outsideCommit += perLine[index] as Points;
  });
  const others = new Set(lines.map((line) => line.usagePeriod).filter((period) => period !== own));
  return {
    lines: lines.length,
    quantity: sum(lines.map((line) => line.quantity)),
    reported: reported as Points,
    outsideCommit: outsideCommit as Points,
    arrearsPeriods: [...others].sort(compareCodePoints),
  };
}
