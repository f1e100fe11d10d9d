import {
  addMonths,
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
import { type PeriodWindow, periodWindow } from './billing-period.ts';
import type { ContractRevision } from './contract.ts';
import { beginOf, type TermsInForce, termsInForce } from './terms-in-force.ts';

// Pro-rated points have 2 decimals (domain.md §5 "Minimum commit of a month").
const DECIMALS_OF_POINTS = 2;

/** A number of points as an exact fraction, so that parts of a month add up before anything is rounded. */
type Fraction = { numerator: bigint; denominator: bigint };

export type MinimumOptions = {
  /** Decimals of what is pro-rated: 2 for points, those of the currency for money. */
  decimals?: number | undefined;
  /** See periodWindow. */
  anniversary?: PlainDate | undefined;
};

/**
 * Minimum commit of a contract in a month: the sum of the parts of the terms in force in it (domain.md §5 "Minimum
 * commit of a month"). Days without terms, grace days among them, add nothing.
 *
 * @param revisions all revisions of the contract, in any order
 * @param end last active day of the contract, where it is known: cuts the last terms short
 * @returns what was agreed where nothing is pro-rated, else rounded half-even
 */
export function minimumCommitOf(
  revisions: readonly ContractRevision[],
  of: Period,
  end?: PlainDate,
  { decimals = DECIMALS_OF_POINTS, anniversary }: MinimumOptions = {},
): Points {
  let sum: Fraction = { numerator: 0n, denominator: 1n };
  for (const { whole, days, ofDays } of minimumCommitParts(revisions, of, end, anniversary)) {
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
export function minimumCommitParts(
  revisions: readonly ContractRevision[],
  of: Period,
  end?: PlainDate,
  anniversary?: PlainDate,
): MinimumPart[] {
  return termsInForce(revisions, end, anniversary).flatMap((terms) => partsOf(terms, of, anniversary));
}

function partsOf(inForce: TermsInForce, of: Period, anniversary: PlainDate | undefined): MinimumPart[] {
  const { revision: terms, from, until } = inForce;
  const window = periodWindow(anniversary, of);
  const days = daysWithin(window, from, until);
  if (days === 0) return [];
  const { revision } = terms;
  const isStub = anniversary !== undefined && of === periodOf(anniversary);
  if (!terms.minCommits) {
    const ofDays = isStub ? daysIn(of) : daysFromTo(window.first, window.last);
    return [{ revision, whole: terms.sku.minimumPoints, days, ofDays }];
  }
  // The entry of a month is agreed for the days the terms were to hold in it.
  const agreedIn = ({ first, last }: PeriodWindow) =>
    daysWithin({ first, last }, beginOf(terms, anniversary), terms.until);
  const agreed = agreedIn(isStub ? { first: firstDay(of), last: lastDay(of) } : window);
  const own = { revision, whole: entryOf(terms, of), days, ofDays: agreed };
  const before = addMonths(of, -1);
  if (anniversary === undefined || before < periodOf(terms.from)) return [own];
  const inStub = agreedIn(periodWindow(anniversary, before));
  const ofMonth = agreedIn({ first: firstDay(before), last: lastDay(before) });
  // What of an entry no day of its month's period is left for is added to the next period's.
  const isLeft = before === periodOf(anniversary) || (before === periodOf(terms.from) && inStub === 0);
  if (!isLeft || inStub >= ofMonth) return [own];
  return [own, { revision, whole: entryOf(terms, before), days: ofMonth - inStub, ofDays: ofMonth }];
}

const entryOf = (terms: ContractRevision, of: Period): Points =>
  terms.minCommits?.[monthsBetween(periodOf(terms.from), of)] ?? NO_POINTS;

function prorated(whole: Points, days: number, ofDays: number): Fraction {
  if (days === ofDays) return { numerator: whole, denominator: 1n };
  return { numerator: whole * BigInt(days), denominator: BigInt(ofDays) };
}

/** Days of a window from `from` to `until`, both counted. */
function daysWithin(window: PeriodWindow, from: PlainDate, until: PlainDate | undefined): number {
  const first = from > window.first ? from : window.first;
  const last = until !== undefined && until < window.last ? until : window.last;
  return daysFromTo(first, last);
}
