import { type FamilyType, isPointsFamily } from '../domain/catalogue/family.ts';
import { EXACT_SCALE } from '../domain/charging/charge-points.ts';
import type { AmountRule, LineExplanation } from '../domain/charging/explain-line.ts';
import type { PointsRule } from '../domain/charging/explain-points.ts';
import type { MinimumPart } from '../domain/contract/minimum-commit.ts';
import {
  formatPercent,
  formatPoints,
  formatPointsPerUnit,
  formatQuantity,
  formatSplit,
  formatUnitPrice,
  type MinorUnits,
  NO_SPLIT,
  type Points,
} from '../domain/numbers/amounts.ts';
import { type Currency, formatMoney, minorDigits } from '../domain/numbers/currency.ts';
import { formatDecimal } from '../domain/numbers/decimal.ts';
import { printedMoney, printedNumber } from './printed.ts';

const points = (value: Points): string => printedNumber(formatPoints(value));

/** An exact amount of a charge as a decimal of the currency's major unit. */
export const exactDecimal = (exact: bigint, currency: Currency): string =>
  formatDecimal(exact, EXACT_SCALE, minorDigits(currency));

const POINTS = 'points';

/** What a contract's family counts, in words. */
export const unitInWords = (family: FamilyType, currency: Currency): string =>
  isPointsFamily(family) ? POINTS : currency;

/**
 * What a line's points are made of, in words with the figures filled in.
 * @param unit of what is counted: points, or of money families the currency
 * @param minimum what the month's minimum is made of, where that is known
 */
export function pointsInWords(
  { line, points: rule }: Pick<LineExplanation, 'line' | 'points'>,
  minimum: readonly MinimumPart[] = [],
  unit = POINTS,
): string {
  return pointsSentence(line, rule, minimum, unit);
}

function pointsSentence(
  line: LineExplanation['line'],
  rule: PointsRule,
  minimum: readonly MinimumPart[],
  unit: string,
): string {
  const all = `${points(line.points)} ${unit}`;
  switch (rule.rule) {
    case 'QUANTITY': {
      const billed = `${printedNumber(formatQuantity(rule.billed))} ${line.uom}`;
      const least = rule.minQuantity === undefined ? '' : `Of this product at least ${billed} is billed. `;
      return `${least}${billed} × ${formatPointsPerUnit(rule.pointsPerUnit)} points = ${all}.`;
    }
    case 'PRICED': {
      const billed = `${printedNumber(formatQuantity(rule.billed))} ${line.uom}`;
      const least = rule.minQuantity === undefined ? '' : `Of this product at least ${billed} is billed. `;
      const less = rule.discount === 0n ? '' : ` less ${formatPercent(rule.discount)} %`;
      return `${least}${billed} × ${formatUnitPrice(rule.unitPrice)} ${unit}${less}, rounded half to even by itself, is ${all}.`;
    }
    case 'TIERS': {
      const parts = rule.parts.map(({ tier, quantity, points: ofPart }) => {
        const range = `${formatQuantity(tier.from)}–${tier.to === undefined ? '' : formatQuantity(tier.to)}`;
        const split = tier.split === NO_SPLIT ? '' : ` × ${formatSplit(tier.split)}`;
        const units = printedNumber(formatQuantity(quantity));
        return `${units} in ${range} × ${formatPointsPerUnit(tier.pointsPerUnit)} points${split} = ${points(ofPart)}`;
      });
      return `The product's ranges are filled by all of its lines, one after the other: ${parts.join('; ') || 'nothing is left of it'}; in all ${all}.`;
    }
    case 'RANGES_CHANGED':
      return `${printedNumber(formatQuantity(rule.billed))} ${line.uom} came to ${all} by ranges of the product that the catalogue has no longer.`;
    case 'ADDED_TO_MONTH':
      return `Usage of ${rule.month.usagePeriod} that came late: it is charged what it would have added there. With it the month has ${points(rule.month.reported)} ${unit} within a minimum of ${points(rule.month.minimumCommit)}; this line adds ${all}.`;
    case 'MINIMUM_NOT_REACHED':
      return `${minimumSentence(rule.minimumCommit, minimum, unit)}${points(rule.minimumCommit)} − ${points(rule.reported)} ${unit} reported = ${all}.`;
    case 'OVERAGE':
      return `${points(rule.reported)} points reported − minimum ${points(rule.minimumCommit)} = ${points(rule.overage)} points of overage, which has a price of its own; ${all} of it are charged here.`;
    case 'COVERED': {
      const { balanceBefore, drawn, balanceAfter } = rule.prepayment;
      return `Of a prepayment of ${points(balanceBefore)} ${unit} ${points(drawn)} were drawn, ${points(balanceAfter)} are left. It covers ${points(-line.points as Points)} of the ${unit} that this document charges.`;
    }
    case 'CORRECTED':
      return `Late usage of this month was charged on other documents by what it added to the month as it stood then. As it stands now, that makes a difference of ${all}.`;
    case 'PREPAID':
      return `${all} are paid for up front.`;
    case 'NONE':
      return 'An amount of money, not of usage.';
  }
}

function minimumSentence(minimum: Points, parts: readonly MinimumPart[], unit: string): string {
  if (parts.every(({ days, ofDays }) => days === ofDays))
    return `The minimum of the month is ${points(minimum)} ${unit}. `;
  const each = parts.map(({ whole, days, ofDays }) => `${points(whole)} × ${days} of ${ofDays} days`);
  return `The minimum of the month is ${each.join(' + ')} = ${points(minimum)} ${unit}. `;
}

/** By which price a line is charged, in words. */
export function priceInWords({ line, basis, amount }: LineExplanation, currency: Currency): string {
  if (amount.rule === 'WHOLE') return pricedInWords(basis);
  const { listPrice, discount, sellingPrice, overagePrice, contractRevision, priceListVersion } = basis;
  const list = priceListVersion === undefined ? 'List price' : `Price list ${priceListVersion}: list price`;
  const price = `${list} ${formatUnitPrice(listPrice)} less ${formatPercent(discount)} % = ${formatUnitPrice(sellingPrice)} ${currency} a point, by revision ${contractRevision} of the contract.`;
  if (line.kind !== 'SURCHARGE' || overagePrice === undefined) return price;
  return `${price} A point of overage costs ${formatUnitPrice(overagePrice)}: ${formatUnitPrice(line.unitPrice)} more.`;
}

/** A money family's usage has the prices of its products; the rest is money as it is. */
function pricedInWords({ discount, contractRevision, priceListVersion }: LineExplanation['basis']): string {
  const list = priceListVersion === undefined ? 'the price list' : `price list ${priceListVersion}`;
  return `Products cost what ${list} says, or what was agreed with what the line is of; revision ${contractRevision} of the contract gives a discount of ${formatPercent(discount)} %.`;
}

/** How a line comes to its amount, in words. */
export function amountInWords({ line, exact, amount }: LineExplanation, currency: Currency): string {
  const printed = printedMoney(formatMoney(line.amount, currency), currency);
  if (amount.rule === 'AGREED') return `${printed}, as agreed when the early end was approved.`;
  if (amount.rule === 'WHOLE') return `So this line is ${printed}.`;
  const product = `${points(line.points)} × ${formatUnitPrice(line.unitPrice)} = ${printedNumber(exactDecimal(exact, currency))} ${currency} exactly.`;
  return `${product} ${roundingSentence(amount, exact, currency)} So this line is ${printed}.`;
}

function roundingSentence(
  rule: Exclude<AmountRule, { rule: 'AGREED' | 'WHOLE' }>,
  exact: bigint,
  currency: Currency,
): string {
  const money = (amount: MinorUnits) => printedNumber(formatMoney(amount, currency));
  const exactly = (of: bigint) => printedNumber(exactDecimal(of, currency));
  switch (rule.rule) {
    case 'LARGEST_REMAINDER': {
      if (rule.lines === 1) return 'It is rounded once, half to even.';
      const sum = `With it ${rule.lines} lines come to ${exactly(rule.exactOfAll)}, which is rounded once, half to even, to ${money(rule.ofAll)}.`;
      const hasRemainder = exactly(exact) !== money(rule.floor);
      if (!hasRemainder) return `${sum} It has no remainder.`;
      const left = rule.isRaised
        ? 'its remainder is among the largest, so it gets one of the minor units that are left'
        : 'what is left goes to larger remainders';
      return `${sum} Its whole minor units are ${money(rule.floor)}; ${left}.`;
    }
    case 'MONTH_LESS_BILLED':
      return `The whole month, with what came late, is rounded once; less what other documents have charged of it, ${money(rule.ofAll)} are left for the ${rule.lines} lines of it here, the largest remainders first.`;
    case 'CASH_LESS_LINES':
      return `What the prepayment doesn't cover is rounded once: ${money(rule.cash)} in cash. The lines before stand in full, ${money(rule.ofLines)}; this one is the difference.`;
  }
}
