import type { Period } from '../calendar/period.ts';
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
import { divideHalfEven, minOf, powerOfTen } from '../numbers/decimal.ts';
import { type PrepaymentDraw, prepaymentDraw } from '../prepayment/draw.ts';
import { sortShort } from '../sort-short.ts';
import { canonicalOrder } from '../usage/canonical-order.ts';
import type { UsageLine } from '../usage/usage-line.ts';
import type { Charge, ChargeLine, CommitSummary } from './charge.ts';
import { commitSummary } from './commit-summary.ts';
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
  /** PRE-PAY: the balance before this order; its burn-down entry is `minimumCommit`. */
  balance?: Points;
};

// An amount of points × price has 14 + 6 decimals of the major unit.
const EXACT_SCALE = POINTS_SCALE + UNIT_PRICE_SCALE;

/**
 * Charges the usage of one order of a points family (domain.md §5 steps 1–5, "PRE-PAY").
 *
 * @param period the order's own usage period
 * @param usage its lines in any order
 * @returns lines in canonical order, then underage, surcharge, prepayment cover; amounts that add up to `net`
 */
export function chargePoints(period: Period, usage: readonly UsageLine[], terms: PointsTerms): Charge {
  const lines = sortShort([...usage], canonicalOrder(period));
  const perLine = linePoints(lines, terms.tiers);
  const commit = summarize(lines, perLine, terms.minimumCommit);
  const draw =
    terms.balance === undefined ? undefined : prepaymentDraw(terms.balance, commit.reported, terms.minimumCommit);
  const charged = lines.map((line, index) => usageLine(line, perLine[index] as Points, terms.price));
  if (commit.underage > 0n && !draw) charged.push(underageLine(period, commit.underage, terms.price));
  const surcharge = surchargeLine(period, commit.overage, draw, terms);
  if (surcharge) charged.push(surcharge);
  const net = price(charged, terms);
  if (!draw) return { currency: terms.currency, lines: charged, commit, net };
  return withCover(period, { currency: terms.currency, lines: charged, commit, net }, draw, terms, surcharge);
}

function summarize(lines: readonly UsageLine[], perLine: readonly Points[], minimumCommit: Points): CommitSummary {
  let inside = 0n;
  let outside = 0n;
  for (let i = 0; i < lines.length; i++) {
    if ((lines[i] as UsageLine).inMinCommit) inside += perLine[i] as Points;
    else outside += perLine[i] as Points;
  }
  return commitSummary(inside as Points, outside as Points, minimumCommit);
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
  if (draw.drawn === NO_POINTS && charge.lines.length > 0) return { ...charge, commit };
  const uncovered = draw.uncovered + commit.outsideCommit;
  const exact = uncovered * terms.price + (surcharge ? surcharge.points * surcharge.unitPrice : 0n);
  const cash = divideHalfEven(exact, powerOfTen(EXACT_SCALE - minorDigits(terms.currency))) as MinorUnits;
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
  overage: Points,
  draw: PrepaymentDraw | undefined,
  terms: PointsTerms,
): ChargeLine | undefined {
  const points = draw ? minOf(overage, draw.uncovered) : overage;
  if (terms.overagePrice === undefined || points === NO_POINTS) return undefined;
  return {
    ...lineOutsideUsage(period),
    kind: 'SURCHARGE',
    description: 'Overage surcharge',
    points,
    unitPrice: (terms.overagePrice - terms.price) as UnitPrice,
  };
}

function underageLine(period: Period, points: Points, unitPrice: UnitPrice): ChargeLine {
  return {
    ...lineOutsideUsage(period),
    kind: 'UNDERAGE',
    description: 'Minimum commit not reached',
    points,
    unitPrice,
  };
}

function usageLine(line: UsageLine, points: Points, unitPrice: UnitPrice): ChargeLine {
  return {
    kind: 'USAGE',
    usagePeriod: line.usagePeriod,
    description: line.productName,
    siteName: line.siteName,
    productCode: line.productCode,
    customerNumber: line.customerNumber,
    uom: line.uom,
    quantity: line.quantity,
    pointsPerUnit: line.pointsPerUnit,
    points,
    unitPrice,
    amount: 0n as MinorUnits,
    inMinCommit: line.inMinCommit,
    usageLineId: line.id,
  };
}

function lineOutsideUsage(usagePeriod: Period) {
  return {
    usagePeriod,
    siteName: '',
    productCode: '',
    customerNumber: '',
    uom: '',
    amount: 0n as MinorUnits,
    inMinCommit: false,
  };
}

/** Sum of the quantities of an order's lines: what rating must find again of what was sealed (domain.md §6.3). */
export function quantityOf(lines: readonly UsageLine[]): Quantity {
  return sum(lines.map((line) => line.quantity));
}
