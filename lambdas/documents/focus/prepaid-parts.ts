import { EXACT_SCALE } from '../../domain/charging/charge-points.ts';
import { QUANTITY_SCALE } from '../../domain/numbers/amounts.ts';
import { minorDigits } from '../../domain/numbers/currency.ts';
import { divideHalfEven, powerOfTen } from '../../domain/numbers/decimal.ts';
import type { CanonicalInvoice } from '../canonical-invoice.ts';
import { add, type Exact, exact, magnitude, NOTHING, negated } from '../exact.ts';

export type Line = CanonicalInvoice['lines'][number];

/** A line of a document, or a part of it: what a prepayment pays for is a part of its own. */
export type LinePart = {
  line: Line;
  /** Its position on the document, from 1. */
  number: number;
  points: Exact;
  /** In the currency's major unit. */
  amount: Exact;
  /** What was reported; absent on lines that are not usage. */
  quantity?: Exact;
  isWhole: boolean;
  isPrepaid: boolean;
};

/** The lines of a document as they are printed, each whole. */
export function wholeLines({ lines }: CanonicalInvoice): LinePart[] {
  return lines.map((line, index) => ({
    ...{ line, number: index + 1, points: exact(line.points), amount: exact(line.amount) },
    ...(line.quantity !== undefined && { quantity: exact(line.quantity) }),
    ...{ isWhole: true, isPrepaid: false },
  }));
}

/**
 * Spreads what a prepayment covers over the usage that it pays for, in the order of the lines: the document prints it as one
 * negative line, FOCUS wants it on the rows it applies to, with a row split where a part of it is covered.
 */
export function prepaidParts(document: CanonicalInvoice): LinePart[] {
  const lines = wholeLines(document);
  const left = new Map<string, Exact>();
  for (const { line, points } of lines) {
    if (line.kind !== 'COVER') continue;
    left.set(line.usagePeriod, add(left.get(line.usagePeriod) ?? NOTHING, negated(points)));
  }
  return lines.flatMap((whole): LinePart[] => {
    const { line, points } = whole;
    if (line.kind === 'COVER') return [];
    const cover = left.get(line.usagePeriod) ?? NOTHING;
    const isDrawing = (line.kind === 'USAGE' && line.inMinCommit) || line.kind === 'CORRECTION';
    if (!isDrawing || points * cover <= 0n) return [whole];
    const taken = magnitude(points) < magnitude(cover) ? points : cover;
    left.set(line.usagePeriod, add(cover, negated(taken)));
    return taken === points ? [{ ...whole, isPrepaid: true }] : split(whole, taken, document.currency);
  });
}

// Decimals of a quantity.
const MILLIONTH = powerOfTen(EXACT_SCALE - QUANTITY_SCALE);

function split(whole: LinePart, taken: Exact, currency: string): LinePart[] {
  const minor = powerOfTen(EXACT_SCALE - minorDigits(currency));
  const share = (of: Exact, unit: bigint) =>
    (divideHalfEven(of * magnitude(taken), magnitude(whole.points) * unit) * unit) as Exact;
  const covered = {
    points: taken,
    amount: share(whole.amount, minor),
    ...(whole.quantity !== undefined && { quantity: share(whole.quantity, MILLIONTH) }),
  };
  const rest = {
    points: add(whole.points, negated(covered.points)),
    amount: add(whole.amount, negated(covered.amount)),
    ...(whole.quantity !== undefined && { quantity: add(whole.quantity, negated(covered.quantity ?? NOTHING)) }),
  };
  return [
    { ...whole, ...covered, isWhole: false, isPrepaid: true },
    { ...whole, ...rest, isWhole: false },
  ];
}
