import { isDeepStrictEqual } from 'node:util';
import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { countsByLine } from '../domain/billing-order/counts-by-line.ts';
import { isAdjusted } from '../domain/billing-order/move.ts';
import type { Tiers } from '../domain/charging/line-points.ts';
import { NO_POINTS, type Points, sum } from '../domain/numbers/amounts.ts';
import { canonicalOrder } from '../domain/usage/canonical-order.ts';
import type { UsageLine } from '../domain/usage/usage-line.ts';
import type { Caller } from './caller.ts';
import { ownOrder } from './own-order.ts';
import type { Portal } from './ports/portal.ts';
import { tiersOf } from './tiers.ts';

export type Counted = { line: UsageLine; points: Points };

/** A line as it was billed and as the adjustment has it; one of them is missing where it was added or removed. */
export type AdjustedLine = { billed?: Counted; adjusted?: Counted; isSame: boolean };

export type Adjustment = {
  order: BillingOrder;
  lines: readonly AdjustedLine[];
  billedPoints: Points;
  adjustedPoints: Points;
};

/**
 * What an open adjustment makes of the lines that were billed, in canonical order; without one all are the same.
 * @throws PortalError NOT_FOUND
 */
export async function readAdjustment(
  portal: Pick<Portal, 'billingOrders' | 'catalogue'>,
  caller: Caller,
  orderId: string,
): Promise<Adjustment> {
  const order = await ownOrder(portal, caller, 'readAdjustments', orderId);
  const { billed, lineSet, usagePeriod } = order;
  const billedSet = billed && isAdjusted(order) ? billed.lineSet : lineSet;
  const [before, after, tiers] = await Promise.all([
    portal.billingOrders.linesOf(orderId, billedSet),
    portal.billingOrders.linesOf(orderId, lineSet),
    tiersOf(portal),
  ]);
  const was = counted(order, before, tiers);
  const is = counted(order, after, tiers);
  const ids = new Set(
    [...was, ...is].sort((a, b) => canonicalOrder(usagePeriod)(a.line, b.line)).map(({ line }) => line.id),
  );
  const find = (among: readonly Counted[], id: string) => among.find(({ line }) => line.id === id);
  return {
    order,
    lines: [...ids].map((id) => {
      const [billedLine, adjusted] = [find(was, id), find(is, id)];
      return {
        ...(billedLine && { billed: billedLine }),
        ...(adjusted && { adjusted }),
        isSame: isDeepStrictEqual(billedLine, adjusted),
      };
    }),
    billedPoints: pointsOf(was),
    adjustedPoints: pointsOf(is),
  };
}

function counted({ usagePeriod }: BillingOrder, lines: readonly UsageLine[], tiers: Tiers): Counted[] {
  const counts = countsByLine(lines, tiers);
  const sorted = [...lines].sort(canonicalOrder(usagePeriod));
  return sorted.map((line) => ({ line, points: counts.get(line.id)?.points ?? NO_POINTS }));
}

const pointsOf = (lines: readonly Counted[]): Points => sum(lines.map(({ points }) => points));
