import { isPointsFamily } from '../catalogue/family.ts';
import type { InvoiceBasis } from '../invoice/invoice.ts';
import type { MinorUnits } from '../numbers/amounts.ts';
import { minorDigits } from '../numbers/currency.ts';
import { divideFloor, divideHalfEven, powerOfTen } from '../numbers/decimal.ts';
import type { UsageLine } from '../usage/usage-line.ts';
import type { ChargeLine } from './charge.ts';
import { EXACT_SCALE } from './charge-points.ts';
import { type ExplainedDocument, explainPoints, type PointsRule } from './explain-points.ts';
import { splitByLargestRemainder } from './largest-remainder.ts';
import type { Tiers } from './line-points.ts';

/** How a line comes to its amount. */
export type AmountRule =
  /** The exact amounts of some lines were added up, rounded once, and split over them again. */
  | {
      rule: 'LARGEST_REMAINDER';
      lines: number;
      exactOfAll: bigint;
      ofAll: MinorUnits;
      /** What the line has without a remainder, and whether it got a minor unit more. */
      floor: MinorUnits;
      isRaised: boolean;
    }
  /** What its lines make the whole charge of their month, rounded once, more than other documents have billed of it. */
  | { rule: 'MONTH_LESS_BILLED'; lines: number; exactOfAll: bigint; ofAll: MinorUnits }
  /** What is billed in cash, rounded once, less the other lines. */
  | { rule: 'CASH_LESS_LINES'; cash: MinorUnits; ofLines: MinorUnits }
  /** It is a whole amount: what it is made of was rounded before. */
  | { rule: 'WHOLE' }
  /** As it was agreed. */
  | { rule: 'AGREED' };

/** Where a line of an invoice comes from, figure by figure (domain.md §7 "Each line can be explained"). */
export type LineExplanation = {
  line: ChargeLine;
  /** Terms that it was charged by: of arrears, those of their own month. */
  basis: InvoiceBasis;
  points: PointsRule;
  /** Points × price, in units of 10^-EXACT_SCALE of the currency's major unit: nothing rounded. */
  exact: bigint;
  amount: AmountRule;
};

/**
 * Explains a line of a document that bills usage: what its points are made of, by which terms they cost what, and how that was
 * rounded. It is found from what is printed and what was billed, and says nothing that it hasn't computed again.
 *
 * @param line one of the document's own lines
 * @param usage the usage lines that were billed, in any order
 */
export function explainLine(
  document: ExplainedDocument,
  line: ChargeLine,
  usage: readonly UsageLine[],
  tiers: Tiers,
): LineExplanation {
  const arrears = document.arrears?.find(({ usagePeriod }) => usagePeriod === line.usagePeriod);
  return {
    line,
    basis: arrears?.basis ?? document.basis,
    points: explainPoints(document, line, usage, tiers),
    exact: line.points * line.unitPrice,
    amount: explainAmount(document, line),
  };
}

function explainAmount(document: ExplainedDocument, line: ChargeLine): AmountRule {
  if (line.kind === 'SETTLEMENT') return { rule: 'AGREED' };
  if (!isPointsFamily(document.contract.family) && line.kind !== 'COVER') return { rule: 'WHOLE' };
  const ofMonth = document.lines.filter(
    ({ usagePeriod, kind }) => usagePeriod === line.usagePeriod && kind !== 'SETTLEMENT',
  );
  const charged = ofMonth.filter(({ kind }) => kind !== 'COVER');
  if (line.kind === 'COVER') {
    return { rule: 'CASH_LESS_LINES', cash: amountOf(ofMonth), ofLines: amountOf(charged) };
  }
  const one = powerOfTen(EXACT_SCALE - minorDigits(document.currency));
  // Where a month is billed once more, what arrears on other documents make a difference of was rounded apart.
  const split = [charged, ownCharge(document, charged)].find(
    (lines) => lines.includes(line) && isLargestRemainder(lines, one),
  );
  const exactOfAll = exactOf(split ?? charged);
  if (!split) return { rule: 'MONTH_LESS_BILLED', lines: charged.length, exactOfAll, ofAll: amountOf(charged) };
  const floor = divideFloor(exactOf([line]), one) as MinorUnits;
  const isRaised = line.amount !== floor;
  return { rule: 'LARGEST_REMAINDER', lines: split.length, exactOfAll, ofAll: amountOf(split), floor, isRaised };
}

function isLargestRemainder(lines: readonly ChargeLine[], one: bigint): boolean {
  const total = divideHalfEven(exactOf(lines), one) as MinorUnits;
  const shares = lines.map((line) => exactOf([line]));
  const parts = splitByLargestRemainder(total, shares, one);
  return lines.every(({ amount }, index) => amount === parts[index]);
}

/** The lines of a month that its own usage is charged with, without what corrects arrears billed elsewhere. */
function ownCharge({ commit, basis }: ExplainedDocument, lines: readonly ChargeLine[]): ChargeLine[] {
  const isSurcharged = basis.overagePrice !== undefined && commit.overage > 0n;
  const surcharge = isSurcharged ? lines.find(({ kind }) => kind === 'SURCHARGE') : undefined;
  return lines.filter((line) => (line.kind === 'SURCHARGE' ? line === surcharge : line.kind !== 'CORRECTION'));
}

const exactOf = (lines: readonly ChargeLine[]): bigint =>
  lines.reduce((sum, { points, unitPrice }) => sum + points * unitPrice, 0n);

const amountOf = (lines: readonly ChargeLine[]): MinorUnits =>
  lines.reduce((sum, { amount }) => sum + amount, 0n) as MinorUnits;
