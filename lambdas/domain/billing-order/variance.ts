import { addMonths, type Period } from '../calendar/period.ts';
import { PERCENT_SCALE, type Percent, type Points, sum } from '../numbers/amounts.ts';
import { divideHalfEven, powerOfTen } from '../numbers/decimal.ts';

/** Billed months that an order is compared with, at most. */
export const VARIANCE_MONTHS = 6;

/** What was reported of a billed month, in points that count towards the minimum commit. */
export type BilledMonth = { period: Period; reported: Points };

/** From how many billed months on, and above which deviation in percent, an order stands out. */
export type VarianceRule = { fewestMonths: number; percent: Percent };

/** How an order's reported points stand to the contract's own last months, exactly; nothing is rounded in it. */
export type Variance = {
  reported: Points;
  /** The months compared with: how many there are of the last six, the first and the last, and what they add up to. */
  months: number;
  from: Period;
  to: Period;
  sum: Points;
  /** Above this deviation it stands out, the rule's at the time. */
  limit: Percent;
  flagged: boolean;
};

/** The periods that an order is compared with, the oldest first. */
export function variancePeriods(own: Period): Period[] {
  return Array.from({ length: VARIANCE_MONTHS }, (_, index) => addMonths(own, index - VARIANCE_MONTHS));
}

/**
 * Compares what an order reports with the mean of the billed ones of the six months before it. The mean, not the median:
 * people can check it, and one month that was out of the ordinary should make the next ones look at it, too.
 *
 * @param billed those of the last six months that are billed, in any order
 * @returns undefined when there are too few of them to say anything
 */
export function varianceOf(reported: Points, billed: readonly BilledMonth[], rule: VarianceRule): Variance | undefined {
  const periods = billed.map(({ period }) => period).sort();
  const [from] = periods;
  const to = periods.at(-1);
  if (from === undefined || to === undefined || periods.length < rule.fewestMonths) return undefined;
  const compared = { reported, months: periods.length, sum: sum(billed.map((month) => month.reported)) };
  return { ...compared, from, to, limit: rule.percent, flagged: deviates(compared, rule.percent) };
}

type Compared = Pick<Variance, 'reported' | 'months' | 'sum'>;

const HUNDRED_PERCENT = 100n * powerOfTen(PERCENT_SCALE);

/** Whether an order deviates from the mean by more than so many percent; anything does from a mean of nothing. */
export function deviates({ reported, months, sum: total }: Compared, percent: Percent): boolean {
  // |reported − sum ÷ months| ÷ (sum ÷ months) > percent, without the divisions.
  const difference = reported * BigInt(months) - total;
  return (difference < 0n ? -difference : difference) * HUNDRED_PERCENT > total * percent;
}

/** The mean of the months compared with, rounded half-even to 2 decimals, for people to read. */
export function meanOf({ months, sum: total }: Compared): Points {
  const hundredth = powerOfTen(12);
  return (divideHalfEven(total, BigInt(months) * hundredth) * hundredth) as Points;
}

/** The deviation from the mean, below it negative, rounded half-even to 4 decimals; undefined where the mean is 0. */
export function deviationOf({ reported, months, sum: total }: Compared): Percent | undefined {
  if (total === 0n) return undefined;
  return divideHalfEven((reported * BigInt(months) - total) * HUNDRED_PERCENT, total) as Percent;
}
