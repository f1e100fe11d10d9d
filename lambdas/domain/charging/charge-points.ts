import type { Period } from '../calendar/period.ts';
import type { CustomerMinimum } from '../customer-commitment/customer-minimums.ts';
import {
  type MinorUnits,
  NO_POINTS,
  POINTS_SCALE,
  type Points,
  type Quantity,
  sum,
  UNIT_PRICE_SCALE,
  type UnitPrice,
} from '../numbers/amounts.ts';
import { type Currency, minorDigits } from '../numbers/currency.ts';
import { divideHalfEven, maxOf, minOf, powerOfTen } from '../numbers/decimal.ts';
import { type PrepaymentDraw, prepaymentDraw } from '../prepayment/draw.ts';
import { sortShort } from '../sort-short.ts';
import { canonicalOrder } from '../usage/canonical-order.ts';
import type { UsageLine } from '../usage/usage-line.ts';
import type { Charge, ChargeLine, CommitSummary } from './charge.ts';
import { correctionLine, lineOutsideUsage, settlementLine, underageLine, usageLine } from './charge-lines.ts';
import { commitSummary } from './commit-summary.ts';
import { customerLines, customerSums } from './customer-underage.ts';
import { splitByLargestRemainder } from './largest-remainder.ts';
import { linePoints, type Tiers } from './line-points.ts';

/** The terms a month of a points contract is charged by. */
export type PointsTerms = {
  currency: Currency;
  minimumCommit: Points;
  /** Selling price per point. */
  price: UnitPrice;
  /** Price per point of overage, where the SKU has its own. */
  overagePrice?: UnitPrice;
  tiers: Tiers;
  /** SOV: what end customers have committed to, by number. */
  customers?: readonly CustomerMinimum[];
  /** What an early end was settled at: billed in full beside the points, in cash. */
  settlement?: MinorUnits;
  /** PRE-PAY: the balance before this order; its burn-down entry is `minimumCommit`. */
  balance?: Points;
  /** PRE-PAY: what of the month stands as arrears on other documents, when its order is billed once more. */
  late?: LateElsewhere;
};

/** Arrears of a month of a PRE-PAY contract that other documents have charged. */
export type LateElsewhere = {
  /** Points that the month has reported with them, beyond those of the order's own lines. */
  reported: Points;
  /** Points that were drawn or billed in cash for them, and of these in cash. */
  demanded: Points;
  uncovered: Points;
  /** Points of overage surcharge on them. */
  surcharged: Points;
  /** What they were charged: exact, in the units of points × price, and as printed. */
  exact: bigint;
  amount: MinorUnits;
};

const NO_MONEY = 0n as MinorUnits;

// An amount of points × price has 14 + 6 decimals of the major unit.
export const EXACT_SCALE = POINTS_SCALE + UNIT_PRICE_SCALE;

/**
 * Charges the usage of one order of a points family (domain.md §5 steps 1–5, "PRE-PAY").
 *
 * @param period the order's own usage period
 * @param usage its lines in any order
 * @returns lines in canonical order, then underage of customers and of the contract, settlement, correction, surcharge, prepayment cover; amounts that add up to `net`
 */
export function chargePoints(period: Period, usage: readonly UsageLine[], terms: PointsTerms): Charge {
  const lines = sortShort([...usage], canonicalOrder(period));
  const perLine = linePoints(lines, terms.tiers);
  const commit = summarize(lines, perLine, terms);
  const draw = terms.balance === undefined ? undefined : drawOf(terms.balance, commit, terms);
  const charged = lines.map((line, index) => usageLine(line, perLine[index] as Points, terms.price));
  charged.push(...customerLines(period, commit.customers ?? [], terms.price));
  if (commit.underage > 0n && !draw) charged.push(underageLine(period, commit.underage, terms.price));
  const settledAt = charged.length;
  const correction = terms.late ? subtract(terms.late.reported, terms.late.demanded) : NO_POINTS;
  if (draw && correction !== NO_POINTS) charged.push(correctionLine(period, correction, terms.price));
  const surcharge = surchargeLine(period, commit, draw, terms);
  if (surcharge) charged.push(surcharge);
  const ofPoints = price(charged, terms);
  const { settlement } = terms;
  // What is not charged by points takes no part in the split.
  if (settlement !== undefined) charged.splice(settledAt, 0, settlementLine(period, settlement));
  const net = (ofPoints + (settlement ?? NO_MONEY)) as MinorUnits;
  const charge: Charge = { currency: terms.currency, lines: charged, commit, net };
  return draw ? withCover(period, charge, draw, terms, surcharge) : charge;
}

/** Arrears that were charged elsewhere have met a part of the burn-down entry, and count where they were not charged. */
function drawOf(balance: Points, { reported }: CommitSummary, { minimumCommit, late }: PointsTerms): PrepaymentDraw {
  if (!late) return prepaymentDraw(balance, reported, minimumCommit);
  const burnDown = maxOf(NO_POINTS, subtract(minimumCommit, late.demanded));
  return prepaymentDraw(balance, (reported + late.reported - late.demanded) as Points, burnDown);
}

/** Underage of end customers, and what is outstanding of them, count as reported (domain.md §5.2). */
function summarize(
  lines: readonly UsageLine[],
  perLine: readonly Points[],
  { minimumCommit, customers }: Pick<PointsTerms, 'minimumCommit' | 'customers'>,
): CommitSummary {
  const sums = customerSums(customers);
  let inside = 0n;
  let outside = 0n;
  for (let i = 0; i < lines.length; i++) {
    const points = perLine[i] as Points;
    if ((lines[i] as UsageLine).inMinCommit) inside += points;
    else outside += points;
    if (customers) sums.add(lines[i] as UsageLine, points);
  }
  const summary = commitSummary((inside + sums.added()) as Points, outside as Points, minimumCommit);
  return customers ? { ...summary, customers: sums.commits() } : summary;
}

// What a price in whole hundredths, as most are, is a multiple of.
const HUNDREDTH = powerOfTen(UNIT_PRICE_SCALE - 2);

/** Sets the lines' amounts and returns their sum: the charge, rounded once. */
function price(lines: ChargeLine[], terms: PointsTerms): MinorUnits {
  const { price, overagePrice = price } = terms;
  // Leaving out zeros that all prices end in changes no result; the shorter numbers divide faster.
  const unit = price % HUNDREDTH === 0n && overagePrice % HUNDREDTH === 0n ? HUNDREDTH : 1n;
  const one = powerOfTen(EXACT_SCALE - minorDigits(terms.currency)) / unit;
  const shortPrice = price / unit;
  const shares: bigint[] = [];
  let exact = 0n;
  for (const line of lines) {
    const share = line.points * (line.kind === 'SURCHARGE' ? line.unitPrice / unit : shortPrice);
    shares.push(share);
    exact += share;
  }
  const total = divideHalfEven(exact, one) as MinorUnits;
  const parts = splitByLargestRemainder(total, shares, one);
  for (let i = 0; i < lines.length; i++) (lines[i] as ChargeLine).amount = parts[i] as MinorUnits;
  return total;
}

/**
 * PRE-PAY: the usage lines stand in full and what the balance covers is taken off in one line, so that the invoice is
 * the cash price of what is not covered, rounded once. A month that only burns balance has a cover of 0 points, so that
 * no invoice is without a line.
 */
function withCover(
  period: Period,
  charge: Charge,
  draw: PrepaymentDraw,
  terms: PointsTerms,
  surcharge: ChargeLine | undefined,
): Charge {
  const commit: CommitSummary = {
    ...charge.commit,
    prepayment: { balanceBefore: draw.balanceBefore, drawn: draw.drawn, balanceAfter: draw.balanceAfter },
  };
  const uncovered = draw.uncovered + commit.outsideCommit;
  const exact = uncovered * terms.price + (surcharge ? surcharge.points * surcharge.unitPrice : 0n);
  const one = powerOfTen(EXACT_SCALE - minorDigits(terms.currency));
  const { exact: lateExact, amount: lateAmount } = terms.late ?? { exact: 0n, amount: 0n };
  const ofPoints = divideHalfEven(lateExact + exact, one) - lateAmount;
  const cash = (ofPoints + (terms.settlement ?? NO_MONEY)) as MinorUnits;
  if (draw.drawn === NO_POINTS && charge.lines.length > 0 && cash === charge.net) return { ...charge, commit };
  const cover: ChargeLine = {
    ...lineOutsideUsage(period),
    kind: 'COVER',
    description: 'Covered by prepayment',
    points: -draw.covered as Points,
    unitPrice: terms.price,
    amount: (cash - charge.net) as MinorUnits,
  };
  return { ...charge, commit, lines: [...charge.lines, cover], net: cash };
}

function surchargeLine(
  period: Period,
  { overage, reported }: CommitSummary,
  draw: PrepaymentDraw | undefined,
  terms: PointsTerms,
): ChargeLine | undefined {
  const points = draw ? surchargedPoints(overage, reported, draw, terms) : overage;
  if (terms.overagePrice === undefined || points === NO_POINTS) return undefined;
  return {
    ...lineOutsideUsage(period),
    kind: 'SURCHARGE',
    description: 'Overage surcharge',
    points,
    unitPrice: (terms.overagePrice - terms.price) as UnitPrice,
  };
}

/** PRE-PAY: overage that is billed in cash; with arrears elsewhere, of all together what is not surcharged yet. */
function surchargedPoints(overage: Points, reported: Points, draw: PrepaymentDraw, terms: PointsTerms): Points {
  const { late, minimumCommit } = terms;
  if (!late) return minOf(overage, draw.uncovered);
  const ofAll = maxOf(NO_POINTS, (reported + late.reported - minimumCommit) as Points);
  return subtract(minOf(ofAll, (draw.uncovered + late.uncovered) as Points), late.surcharged);
}

const subtract = (a: Points, b: Points): Points => (a - b) as Points;

/** Sum of the quantities of an order's lines: what rating must find again of what was sealed (domain.md §6.3). */
export function quantityOf(lines: readonly UsageLine[]): Quantity {
  return sum(lines.map((line) => line.quantity));
}
