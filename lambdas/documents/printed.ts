import type { InvoiceKind } from '../domain/invoice/invoice.ts';
import { POINTS_SCALE, points } from '../domain/numbers/amounts.ts';
import { minorDigits } from '../domain/numbers/currency.ts';
import { formatDecimal } from '../domain/numbers/decimal.ts';

/**
 * How values are printed in PDFs and mails: with separators for the thousands, dates and periods as ISO 8601 has them,
 * so that no reader takes a day for a month.
 */

/** "1,830.5" for "1830.5": every digit, nothing rounded. */
export function printedNumber(decimal: string): string {
  const point = decimal.indexOf('.');
  const whole = point < 0 ? decimal : decimal.slice(0, point);
  const fraction = point < 0 ? '' : decimal.slice(point);
  return whole.length < 4 ? decimal : whole.replace(/\B(?=(\d{3})+$)/g, ',') + fraction;
}

/** "1,610.40 USD". */
export function printedMoney(decimal: string, currency: string): string {
  return `${printedNumber(decimal)} ${currency}`;
}

/**
 * A figure of a contract as it is printed: points as they are, money of money families with all of its digits, "5,000.00".
 * @param currency of a money family
 */
export function printedFigure(decimal: string, currency: string | undefined): string {
  if (currency === undefined) return printedNumber(decimal);
  return printedNumber(formatDecimal(points(decimal), POINTS_SCALE, minorDigits(currency)));
}

/** The date a document is due on; what is given back is not due from anybody. */
export function printedDueDate({ kind, dueDate }: { kind: InvoiceKind; dueDate: string }): string | undefined {
  return kind === 'CREDIT_NOTE' ? undefined : dueDate;
}

/** What a document is called, by its kind. */
export const DOCUMENT_TITLES: Readonly<Record<InvoiceKind, string>> = {
  ORDER: 'Invoice',
  PREPAYMENT: 'Prepayment invoice',
  CREDIT_NOTE: 'Credit note',
  VOID: 'Void document',
};

/** "No. 4711", or nothing for a party without number. */
export function printedParty<Party extends { number: string }>(party: Party): Party {
  return party.number === '' ? party : { ...party, number: `No. ${party.number}` };
}

/** Texts that say something, joined by a middle dot. */
export function joined(...texts: readonly (string | undefined)[]): string {
  return texts.filter((text) => text !== undefined && text !== '').join(' · ');
}
