import { type Day, type Month, monthOf } from './days.ts';
import { type Fraction, fraction, partOf, plus, rounded, short, times, written } from './fractions.ts';
import type { Bill, BillLine } from './month-bill.ts';
import { DIGITS, TAX_RATES } from './offer.ts';

/** A document that has to be there. `of` is the month of an order, or the place of a request among the contract's. */
export type ExpectedDocument = {
  kind: 'ORDER' | 'PREPAYMENT' | 'CREDIT_NOTE';
  of: Month | number;
  usagePeriod: Month;
  invoiceDate: Day;
  sku: string;
  lines: BillLine[];
  net: string;
  gross: string;
  drawing?: { before: string; drawn: string; after: string };
};

/** An entry of the prepayment ledger that has to be there. */
export type ExpectedEntry = { kind: string; of: Month | number | 'CONTRACT'; points: string; balanceAfter: string };

/** `doneByCloses`: requests that took effect in a close, as the job was down. */
export type Expected = { documents: ExpectedDocument[]; ledger: ExpectedEntry[]; doneByCloses: number };

type Currency = keyof typeof DIGITS;

/** The sums of a document: tax once on the net sum (domain.md §7). */
function sums(net: Fraction, currency: Currency): { net: string; gross: string } {
  const digits = DIGITS[currency];
  const tax = rounded(partOf(times(net, fraction(TAX_RATES[currency])), 1, 100), digits);
  return { net: written(net, digits), gross: written(plus(net, tax), digits) };
}

/** The invoice of a month, on the day of its close. */
export function orderDocument(month: Month, on: Day, sku: string, currency: Currency, bill: Bill): ExpectedDocument {
  const { lines, net, drawing } = bill;
  const drawn = drawing && { before: short(drawing.before), drawn: short(drawing.drawn), after: short(drawing.after) };
  const document = { kind: 'ORDER' as const, of: month, usagePeriod: month, invoiceDate: on, sku, lines };
  return { ...document, ...sums(net, currency), ...(drawn && { drawing: drawn }) };
}

/** The invoice of the n-th request's prepayment, dated with its approval. */
export function prepaymentDocument(
  n: number,
  approved: Day,
  currency: Currency,
  sold: { sku: string; points: Fraction; price: Fraction },
): ExpectedDocument {
  const summed = sums(rounded(times(sold.points, sold.price), DIGITS[currency]), currency);
  const lines = [{ kind: 'PREPAYMENT', points: short(sold.points), amount: summed.net }];
  const document = { kind: 'PREPAYMENT' as const, of: n, usagePeriod: monthOf(approved), invoiceDate: approved };
  return { ...document, sku: sold.sku, lines, ...summed };
}

/** The credit note for the whole of an invoice: what is printed, negated. */
export function creditDocument(invoice: ExpectedDocument, on: Day): ExpectedDocument {
  const negated = (text: string) => (Number(text) === 0 ? text : `-${text}`);
  const lines = invoice.lines.map((line) => ({ ...line, points: negated(line.points), amount: negated(line.amount) }));
  const summed = { net: negated(invoice.net), gross: negated(invoice.gross) };
  return { ...invoice, kind: 'CREDIT_NOTE', invoiceDate: on, lines, ...summed };
}
