import {
  daysFromTo,
  daysIn,
  firstDay,
  lastDay,
  monthsBetween,
  type Period,
  type PlainDate,
  periodOf,
} from '../calendar/period.ts';
import { NO_POINTS, POINTS_SCALE, type Points } from '../numbers/amounts.ts';
import { divideHalfEven, powerOfTen } from '../numbers/decimal.ts';
import type { ContractRevision } from './contract.ts';
import { type TermsInForce, termsInForce } from './terms-in-force.ts';

// Pro-rated points have 2 decimals (domain.md §5 "Minimum commit of a month").
const DECIMALS_OF_POINTS = 2;

/** A number of points as an exact fraction, so that parts of a month add up before anything is rounded. */
type Fraction = { numerator: bigint; denominator: bigint };

/**
 * Minimum commit of a contract in a month: the sum of the parts of the terms in force in it (domain.md §5 "Minimum
 * commit of a month"). Days without terms, grace days among them, add nothing.
 *
 * @param revisions all revisions of the contract, in any order
 * @param end last active day of the contract, where it is known: cuts the last terms short
 * @param decimals of what is pro-rated: 2 for points, those of the currency for money
 * @returns what was agreed where nothing is pro-rated, else rounded half-even
 */
export function minimumCommitOf(
  revisions: readonly ContractRevision[],
  of: Period,
  end?: PlainDate,
  decimals = DECIMALS_OF_POINTS,
): Points {
  let sum: Fraction = { numerator: 0n, denominator: 1n };
  for (const { whole, days, ofDays } of minimumCommitParts(revisions, of, end)) {
    const part = prorated(whole, days, ofDays);
    sum = {
      numerator: sum.numerator * part.denominator + part.numerator * sum.denominator,
      denominator: sum.denominator * part.denominator,
    };
  }
  if (sum.denominator === 1n) return sum.numerator as Points;
  const least = powerOfTen(POINTS_SCALE - decimals);
  return (divideHalfEven(sum.numerator, sum.denominator * least) * least) as Points;
}

/** A part of a month's minimum: what the terms of a revision hold for `ofDays` of it, of which `days` were active. */
export type MinimumPart = { revision: number; whole: Points; days: number; ofDays: number };

/** What a month's minimum is made of: the terms in force in it, each with its days; arguments as of minimumCommitOf. */
export function minimumCommitParts(revisions: readonly ContractRevision[], of: Period, end?: PlainDate): MinimumPart[] {
  return termsInForce(revisions, end).flatMap((terms) => partOf(terms, of) ?? []);
}

function partOf({ revision: terms, from, until }: TermsInForce, of: Period): MinimumPart | undefined {
  const days = activeDays(from, until, of);
  if (days === 0) return undefined;
  const { revision } = terms;
  if (!terms.minCommits) return { revision, whole: terms.sku.minimumPoints, days, ofDays: daysIn(of) };
  const whole = terms.minCommits[monthsBetween(periodOf(terms.from), of)] ?? NO_POINTS;
  // The entry of a month is agreed for the days the terms were to hold in it.
  return { revision, whole, days, ofDays: activeDays(terms.from, terms.until, of) };
}

function prorated(whole: Points, days: number, ofDays: number): Fraction {
  if (days === ofDays) return { numerator: whole, denominator: 1n };
  return { numerator: whole * BigInt(days), denominator: BigInt(ofDays) };
}

/** Days of a month from `from` to `until`, both counted. */
function activeDays(from: PlainDate, until: PlainDate | undefined, of: Period): number {
  const first = from > firstDay(of) ? from : firstDay(of);
  const last = until !== undefined && until < lastDay(of) ? until : lastDay(of);
  return daysFromTo(first, last);
}
