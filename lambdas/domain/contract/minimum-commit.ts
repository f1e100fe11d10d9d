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
const HUNDREDTH_POINT = powerOfTen(POINTS_SCALE - 2);

/** A number of points as an exact fraction, so that parts of a month add up before anything is rounded. */
type Fraction = { numerator: bigint; denominator: bigint };

/**
 * Minimum commit of a contract in a month: the sum of the parts of the terms in force in it (domain.md §5 "Minimum
 * commit of a month"). Days without terms, grace days among them, add nothing.
 *
 * @param revisions all revisions of the contract, in any order
 * @param end last active day of the contract, where it is known: cuts the last terms short
 * @returns what was agreed where nothing is pro-rated, else rounded half-even to 2 decimals
 */
export function minimumCommitOf(revisions: readonly ContractRevision[], of: Period, end?: PlainDate): Points {
  let sum: Fraction = { numerator: 0n, denominator: 1n };
  for (const terms of termsInForce(revisions, end)) {
    const part = partOf(terms, of);
    sum = {
      numerator: sum.numerator * part.denominator + part.numerator * sum.denominator,
      denominator: sum.denominator * part.denominator,
    };
  }
  if (sum.denominator === 1n) return sum.numerator as Points;
  return (divideHalfEven(sum.numerator, sum.denominator * HUNDREDTH_POINT) * HUNDREDTH_POINT) as Points;
}

function partOf(terms: TermsInForce, of: Period): Fraction {
  const { revision } = terms;
  const days = activeDays(terms.from, terms.until, of);
  if (days === 0) return { numerator: 0n, denominator: 1n };
  if (!revision.minCommits) return prorated(revision.sku.minimumPoints, days, daysIn(of));
  const entry = revision.minCommits[monthsBetween(periodOf(revision.from), of)] ?? NO_POINTS;
  // The entry of a month is agreed for the days the terms were to hold in it.
  return prorated(entry, days, activeDays(revision.from, revision.until, of));
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
