import { NO_POINTS, type Points } from '../numbers/amounts.ts';
import { maxOf, minOf } from '../numbers/decimal.ts';

/** How a month of a PRE-PAY contract uses its balance, all in points. */
export type PrepaymentDraw = {
  balanceBefore: Points;
  /** Taken off the balance: the usage, or the burn-down entry where that is more. */
  drawn: Points;
  balanceAfter: Points;
  /** Reported points that the balance pays for. */
  covered: Points;
  /** Reported points left to be billed in cash. */
  uncovered: Points;
};

/**
 * The month's draw: min(balance, max(reported, burn-down entry)); a shortfall against the schedule burns prepaid balance,
 * never cash (domain.md §5 "PRE-PAY").
 */
export function prepaymentDraw(balance: Points, reported: Points, burnDown: Points): PrepaymentDraw {
  const drawn = minOf(balance, maxOf(reported, burnDown));
  const covered = minOf(balance, reported);
  return {
    balanceBefore: balance,
    drawn,
    balanceAfter: (balance - drawn) as Points,
    covered,
    uncovered: maxOf(NO_POINTS, (reported - balance) as Points),
  };
}

/** Whether a draw takes the balance below the trigger point: once per crossing, not again while it stays below. */
export function crossesTriggerPoint(before: Points, after: Points, triggerPoint: Points): boolean {
  return before >= triggerPoint && after < triggerPoint;
}
