import { addMonths, type Period } from '../calendar/period.ts';
import type { Points } from '../numbers/amounts.ts';
import { maxOf } from '../numbers/decimal.ts';

export type ForecastInput = {
  balance: Points;
  /** The first month not drawn yet. */
  from: Period;
  /** Burn-down entries from that month on. */
  schedule: readonly Points[];
  /** Points reported in the last months that are billed, however many are looked at. */
  reported: readonly Points[];
};

/** The month a balance comes to 0 in; absent where it outlasts the schedule, whose rest is forfeited. */
export type Forecast = { bySchedule?: Period; byMean?: Period };

/**
 * When a prepayment runs out, if nothing but the schedule is burned, and if as much is reported each month as in the mean
 * of the last ones; a month draws the larger of usage and schedule (domain.md §5 "PRE-PAY"). Exact: the mean is not rounded.
 */
export function forecastRunOut({ balance, from, schedule, reported }: ForecastInput): Forecast {
  const count = BigInt(Math.max(1, reported.length));
  const total = reported.reduce((sum, each) => sum + each, 0n);
  // All in points × number of months looked at, so that the mean is a whole number.
  const runOut = (use: bigint): Period | undefined => {
    let left = balance * count;
    const month = schedule.findIndex((entry) => {
      left -= maxOf(use, entry * count);
      return left <= 0n;
    });
    return month < 0 ? undefined : addMonths(from, month);
  };
  const bySchedule = runOut(0n);
  const byMean = runOut(total);
  return { ...(bySchedule === undefined ? {} : { bySchedule }), ...(byMean === undefined ? {} : { byMean }) };
}
