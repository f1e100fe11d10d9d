import type { Period } from '../calendar/period.ts';
import { type MinorUnits, NO_POINTS, type Points } from '../numbers/amounts.ts';
import type { UsageLine } from '../usage/usage-line.ts';
import type { Charge, ChargeLine, ChargeLineKind, CommitSummary } from './charge.ts';
import { type BilledMonth, chargeLate, type LateCharge, lateElsewhere } from './charge-late.ts';
import { chargePoints, type PointsTerms } from './charge-points.ts';

/** What of an order's own month stands as arrears on other documents, where it is billed once more. */
export type BilledElsewhere = { late: readonly UsageLine[]; printed: readonly ChargeLine[] };

/** How the months whose arrears an order carries were charged with it. */
export type ChargedMonth = { month: BilledMonth; charge: LateCharge };

export type OrderCharge = Charge & { arrears: readonly ChargedMonth[] };

const PLACES: Readonly<Record<ChargeLineKind, number>> = {
  PREPAYMENT: 0,
  USAGE: 0,
  CUSTOMER_UNDERAGE: 1,
  CUSTOMER_OUTSTANDING: 2,
  UNDERAGE: 3,
  SETTLEMENT: 4,
  CORRECTION: 5,
  SURCHARGE: 6,
  COVER: 7,
};

/**
 * Charges an order of a points family: its own month, what arrears of that month billed elsewhere make a difference of, and
 * the arrears it carries, which enter neither its reported points nor its minimum, only its total (domain.md §3, §5).
 *
 * @param months the months of its arrears as they stand
 * @param elsewhere arrears of its own month on other documents; absent where there are none
 * @returns lines in canonical order: usage, its own month's first, then underage of customers and of the contract, settlement, correction, surcharge,
 *   cover
 */
export function chargeOrder(
  period: Period,
  lines: readonly UsageLine[],
  terms: PointsTerms,
  months: readonly BilledMonth[] = [],
  elsewhere?: BilledElsewhere,
): OrderCharge {
  const own = months.length === 0 ? lines : lines.filter((line) => line.usagePeriod === period);
  const ownCharge = chargeOwn(period, own, terms, months.length > 0, elsewhere);
  if (months.length === 0) return { ...ownCharge, arrears: [] };
  let balance = ownCharge.commit.prepayment?.balanceAfter;
  const arrears = [...months].sort(byPeriod).map((month): ChargedMonth => {
    const ofMonth = lines.filter((line) => line.usagePeriod === month.period);
    // A month draws on a prepayment where it was of one; what is left of it may have ended since.
    const prepaid = { balance: balance ?? NO_POINTS, hasEnded: balance === undefined };
    const charge = chargeLate(month, ofMonth, month.isPrepaid ? prepaid : undefined);
    if (balance !== undefined) balance = (balance - charge.covered) as Points;
    return { month, charge };
  });
  return {
    ...withLate(
      ownCharge,
      arrears.map(({ charge }) => charge),
    ),
    arrears,
  };
}

const byPeriod = (a: BilledMonth, b: BilledMonth): number => (a.period < b.period ? -1 : 1);

function chargeOwn(
  period: Period,
  own: readonly UsageLine[],
  terms: PointsTerms,
  carriesArrears: boolean,
  elsewhere: BilledElsewhere | undefined,
): Charge {
  if (elsewhere) return chargeAgain(period, own, terms, elsewhere);
  const charge = chargePoints(period, own, terms);
  // A month of nothing prints a line that says so; with arrears the invoice has lines without it.
  const isOfNothing =
    own.length === 0 && terms.minimumCommit === NO_POINTS && terms.settlement === undefined && !terms.customers;
  if (!carriesArrears || !isOfNothing) return charge;
  return { ...charge, lines: [], net: 0n as MinorUnits };
}

/** Charges a month once more of which arrears stand elsewhere, so that all together come to what it costs as a whole. */
function chargeAgain(
  period: Period,
  own: readonly UsageLine[],
  terms: PointsTerms,
  { late, printed }: BilledElsewhere,
): Charge {
  const month = { period, terms, own, late, printed: { own: [], late: printed } };
  if (terms.balance === undefined) {
    const charge = chargePoints(period, own, terms);
    return withLate(charge, [chargeLate({ ...month, printed: { own: charge.lines, late: printed } }, [])]);
  }
  const charge = chargePoints(period, own, { ...terms, late: lateElsewhere(month) });
  const correction = charge.lines.find((line) => line.kind === 'CORRECTION')?.points;
  return correction === undefined ? charge : { ...charge, commit: withArrears(charge.commit, correction, NO_POINTS) };
}

function withLate(charge: Charge, late: readonly LateCharge[]): Charge {
  const lines = [...charge.lines, ...late.flatMap((each) => each.lines)];
  lines.sort((a, b) => PLACES[a.kind] - PLACES[b.kind]);
  const add = (of: (each: LateCharge) => bigint) => late.reduce((sum, each) => sum + of(each), 0n);
  const points = add((each) => each.points) as Points;
  const covered = add((each) => each.covered) as Points;
  const isCharged = late.some((each) => each.lines.length > 0);
  return {
    currency: charge.currency,
    lines,
    commit: isCharged ? withArrears(charge.commit, points, covered) : charge.commit,
    net: (charge.net + add((each) => each.net)) as MinorUnits,
  };
}

function withArrears(commit: CommitSummary, points: Points, covered: Points): CommitSummary {
  const { prepayment, arrears = NO_POINTS } = commit;
  return {
    ...commit,
    arrears: (arrears + points) as Points,
    total: (commit.total + points) as Points,
    ...(prepayment && {
      prepayment: {
        balanceBefore: prepayment.balanceBefore,
        drawn: (prepayment.drawn + covered) as Points,
        balanceAfter: (prepayment.balanceAfter - covered) as Points,
      },
    }),
  };
}
