import type { Period } from '../calendar/period.ts';
import { type MinorUnits, NO_POINTS, type Points, type UnitPrice } from '../numbers/amounts.ts';
import { minorDigits } from '../numbers/currency.ts';
import { divideHalfEven, maxOf, minOf, powerOfTen } from '../numbers/decimal.ts';
import { canonicalOrder } from '../usage/canonical-order.ts';
import type { UsageLine } from '../usage/usage-line.ts';
import type { ChargeLine } from './charge.ts';
import { correctionLine, lineOutsideUsage, usageLine } from './charge-lines.ts';
import { EXACT_SCALE, type LateElsewhere, type PointsTerms } from './charge-points.ts';
import { splitByLargestRemainder, splitDifference } from './largest-remainder.ts';
import { type MonthPoints, sumOfMonth } from './month-sum.ts';

/** A month as it stands: what is billed of it, on its own order and as arrears on others, but for the order being rated. */
export type BilledMonth = {
  period: Period;
  terms: Omit<PointsTerms, 'balance' | 'late' | 'settlement'>;
  /** Usage lines of the month on its own order, and on others. */
  own: readonly UsageLine[];
  late: readonly UsageLine[];
  /** What the valid documents print of the month: that of its own order, and others. */
  printed: { own: readonly ChargeLine[]; late: readonly ChargeLine[] };
  /** Whether the contract was PRE-PAY in that month, and what the month's own order has drawn for it then. */
  isPrepaid?: boolean;
  drawn?: Points;
};

/** What is left of a prepayment. */
export type Prepaid = { balance: Points; hasEnded: boolean };

export type LateCharge = {
  /** Usage, correction, surcharge, cover, as far as there are any. */
  lines: readonly ChargeLine[];
  /** What they add to the month, the surcharge aside. */
  points: Points;
  net: MinorUnits;
  /** PRE-PAY: what they take off the balance; negative where they give back. */
  covered: Points;
  /** Of the month with all of it. */
  reported: Points;
};

/**
 * Charges usage that is billed later than its month: what it would have added there, total(own month with it) − total(own
 * month as billed), at that month's terms (domain.md §3 "Arrears"). Each line adds to what the lines before it, in canonical
 * order, have come to; the amount is the month's whole charge rounded once, less what is printed of it, so that late costs
 * to the minor unit what on time would have cost (docs/decisions/0012).
 *
 * PRE-PAY: the points that are added draw on the balance as it is now, the rest is billed in cash. What a feed takes back of
 * the month is given back in cash as far as it was billed in cash, then to the balance.
 *
 * @param lines usage lines of that month, in any order; none when only what others print is to be corrected
 * @param prepaid PRE-PAY: what is left of the prepayment; nothing goes back to one that has ended
 */
export function chargeLate(month: BilledMonth, lines: readonly UsageLine[], prepaid?: Prepaid): LateCharge {
  const { period, terms } = month;
  const sum = sumOfMonth(period, month.own, terms);
  for (const line of month.late) sum.add(line);
  const before = sum.now();
  const standing = standingOf(month, before);
  const floor = prepaid ? floorOf(terms, standing, prepaid) : terms.minimumCommit;
  const totalOf = ({ reported, outside }: MonthPoints) => maxOf(reported, floor) + outside;
  let total = totalOf(before);
  const correction = (total - standing.demanded - before.outside) as Points;
  const charged = [...lines].sort(canonicalOrder(period)).map((line) => {
    sum.add(line);
    const added = totalOf(sum.now()) - total;
    total += added;
    return usageLine(line, added as Points, terms.price);
  });
  const after = sum.now();
  if (correction !== NO_POINTS) charged.push(correctionLine(period, correction, terms.price));
  const demand = (maxOf(after.reported, floor) - standing.demanded) as Points;
  const covered = prepaid ? coveredOf(demand, standing, prepaid) : NO_POINTS;
  const overage = maxOf(NO_POINTS, (after.reported - terms.minimumCommit) as Points);
  const inCash = (standing.uncovered + demand - covered) as Points;
  const surcharged = prepaid ? minOf(overage, inCash) : overage;
  const surcharge = surchargeLine(month, (surcharged - standing.surcharged) as Points);
  if (surcharge) charged.push(surcharge);
  const priced = priceLines(month, charged, covered, standing);
  const points = charged.reduce((all, line) => (line.kind === 'SURCHARGE' ? all : all + line.points), 0n) as Points;
  return { ...priced, points, covered, reported: after.reported };
}

/** What is charged of a month already. */
type Standing = {
  /** Points within the commit that were drawn or billed; without a prepayment, billed. */
  demanded: Points;
  /** Of these, points billed in cash. */
  uncovered: Points;
  surcharged: Points;
  exact: bigint;
  amount: MinorUnits;
};

function standingOf({ printed, drawn }: BilledMonth, { outside }: MonthPoints): Standing {
  // A settlement is printed with the month, but not charged by its points.
  const all = [...printed.own, ...printed.late].filter(({ kind }) => kind !== 'SETTLEMENT');
  const uncovered = pointsOf(all, (line) => line.kind !== 'SURCHARGE') - outside;
  const coveredLate = pointsOf(printed.late, (line) => line.kind === 'COVER');
  return {
    demanded: (uncovered + (drawn ?? 0n) - coveredLate) as Points,
    uncovered: uncovered as Points,
    surcharged: pointsOf(all, (line) => line.kind === 'SURCHARGE') as Points,
    exact: exactOf(all),
    amount: amountOf(all),
  };
}

/**
 * What a prepaid month demands at least: its burn-down entry, as far as it was drawn; of a prepayment that has ended all that was.
 */
function floorOf(
  { minimumCommit }: BilledMonth['terms'],
  { demanded, uncovered }: Standing,
  { hasEnded }: Prepaid,
): Points {
  const least = minOf(minimumCommit, demanded);
  return hasEnded ? maxOf(least, (demanded - uncovered) as Points) : least;
}

function coveredOf(demand: Points, { uncovered }: Standing, { balance }: Prepaid): Points {
  if (demand >= NO_POINTS) return minOf(balance, demand);
  return minOf(NO_POINTS, (uncovered + demand) as Points);
}

/**
 * What stands elsewhere of a month whose order is billed once more, as its own charge needs it (PRE-PAY).
 * @param own the order's lines as they are to be billed
 */
export function lateElsewhere({ period, terms, own, late, printed }: Omit<BilledMonth, 'drawn'>): LateElsewhere {
  const sum = sumOfMonth(period, own, terms);
  const alone = sum.now();
  for (const line of late) sum.add(line);
  const all = sum.now();
  const uncovered = pointsOf(printed.late, (line) => line.kind !== 'SURCHARGE') - (all.outside - alone.outside);
  return {
    reported: (all.reported - alone.reported) as Points,
    demanded: (uncovered - pointsOf(printed.late, (line) => line.kind === 'COVER')) as Points,
    uncovered: uncovered as Points,
    surcharged: pointsOf(printed.late, (line) => line.kind === 'SURCHARGE') as Points,
    exact: exactOf(printed.late),
    amount: amountOf(printed.late),
  };
}

function pointsOf(lines: readonly ChargeLine[], counts: (line: ChargeLine) => boolean): bigint {
  return lines.reduce((sum, line) => (counts(line) ? sum + line.points : sum), 0n);
}

function exactOf(lines: readonly ChargeLine[]): bigint {
  return lines.reduce((sum, line) => sum + line.points * line.unitPrice, 0n);
}

function amountOf(lines: readonly ChargeLine[]): MinorUnits {
  return lines.reduce((sum, line) => sum + line.amount, 0n) as MinorUnits;
}

function surchargeLine({ period, terms }: BilledMonth, points: Points): ChargeLine | undefined {
  if (terms.overagePrice === undefined || points === NO_POINTS) return undefined;
  return {
    ...lineOutsideUsage(period),
    kind: 'SURCHARGE',
    description: 'Overage surcharge',
    points,
    unitPrice: (terms.overagePrice - terms.price) as UnitPrice,
  };
}

/** Sets the amounts: with a prepayment the lines stand in full and what it covers is taken off in one line. */
function priceLines(
  { period, terms }: BilledMonth,
  lines: readonly ChargeLine[],
  covered: Points,
  standing: Standing,
): { lines: ChargeLine[]; net: MinorUnits } {
  const one = powerOfTen(EXACT_SCALE - minorDigits(terms.currency));
  // Rounding alone may leave a minor unit to correct.
  const isRounding = lines.length === 0 && divideHalfEven(standing.exact, one) !== standing.amount;
  const charged = isRounding ? [correctionLine(period, NO_POINTS, terms.price)] : lines;
  const shares = charged.map((line) => line.points * line.unitPrice);
  const exact = shares.reduce((sum, share) => sum + share, 0n);
  const ofMonth = divideHalfEven(standing.exact + exact - covered * terms.price, one);
  const net = (charged.length === 0 ? 0n : ofMonth - standing.amount) as MinorUnits;
  if (covered === NO_POINTS) return { lines: withAmounts(charged, splitDifference(net, shares, one)), net };
  const full = divideHalfEven(exact, one) as MinorUnits;
  const cover: ChargeLine = {
    ...lineOutsideUsage(period),
    kind: 'COVER',
    description: 'Covered by prepayment',
    points: -covered as Points,
    unitPrice: terms.price,
    amount: (net - full) as MinorUnits,
  };
  return { lines: [...withAmounts(charged, splitByLargestRemainder(full, shares, one)), cover], net };
}

function withAmounts(lines: readonly ChargeLine[], amounts: readonly MinorUnits[]): ChargeLine[] {
  return lines.map((line, index) => ({ ...line, amount: amounts[index] as MinorUnits }));
}
