import type { MinorUnits } from '../../domain/numbers/amounts.ts';
import type { Payment } from '../../domain/receivables/payment.ts';
import type { Change } from './changes.ts';
import type { StoredInvoice } from './invoices.ts';

/** What is booked of an invoice; version 0 before its first payment. */
export type InvoicePaid = { invoiceNumber: string; paid: MinorUnits; version: number };

export type Payments = {
  /** Strongly consistent. */
  get(invoiceNumber: string, reference: string): Promise<Payment | undefined>;
  /** All payments of an invoice, by reference. Strongly consistent. */
  ofInvoice(invoiceNumber: string): Promise<Payment[]>;
  paid(invoice: Pick<StoredInvoice, 'number' | 'currency'>): Promise<InvoicePaid>;
  /** Refused when the stored one isn't of the version before, or there is one where it is the first. */
  changed(payment: Payment): Change;
  /**
   * Enters a payment, or with `reverses` what takes it back, in the receivables ledger, and adds it to what is booked of the
   * invoice; refused when that was changed meanwhile, it was entered before, or the invoice was taken back since it was read.
   */
  entered(
    payment: Payment,
    of: { invoice: StoredInvoice; before: InvoicePaid; date: string; reverses: boolean },
  ): Change[];
};
