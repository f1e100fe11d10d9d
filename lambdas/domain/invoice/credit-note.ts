import type { MinorUnits, Points, Quantity } from '../numbers/amounts.ts';
import type { Invoice, InvoiceDraft } from './invoice.ts';

const negated = <Value extends bigint>(value: Value): Value => (0n - value) as Value;

/**
 * The credit note for the whole of an invoice: its printed lines, taxes and sums negated one by one, never computed
 * anew, to the same aggregator and bill-to (domain.md §7).
 */
export function creditNoteFor(invoice: Invoice): InvoiceDraft {
  const { number, invoiceDate: _date, dueDate: _due, ...printed } = invoice;
  return {
    ...printed,
    // What takes back a credit is no credit.
    kind: invoice.net < 0n ? 'ORDER' : 'CREDIT_NOTE',
    corrects: number,
    lines: invoice.lines.map((line) => ({
      ...line,
      ...(line.quantity === undefined ? {} : { quantity: negated<Quantity>(line.quantity) }),
      points: negated<Points>(line.points),
      amount: negated<MinorUnits>(line.amount),
    })),
    ...(invoice.arrears && {
      arrears: invoice.arrears.map((month) => ({ ...month, added: negated(month.added), net: negated(month.net) })),
    }),
    net: negated(invoice.net),
    taxes: invoice.taxes.map((tax) => ({ rate: tax.rate, base: negated(tax.base), amount: negated(tax.amount) })),
    gross: negated(invoice.gross),
  };
}
