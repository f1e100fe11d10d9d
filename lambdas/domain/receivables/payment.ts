import type { PlainDate } from '../calendar/period.ts';
import type { MinorUnits } from '../numbers/amounts.ts';
import type { Currency } from '../numbers/currency.ts';
import type { PaymentStatus } from './status.ts';

/** What an aggregator has paid of an invoice; or, below zero, what was taken of a credit. */
export type Payment = {
  invoiceNumber: string;
  /** The payer's: of its transfer, or whatever names it. */
  reference: string;
  /** The other document of a credit that pays an invoice, whose payment of this reference is the same amount with the other sign. */
  against?: string;
  aggregatorId: string;
  currency: Currency;
  amount: MinorUnits;
  /** The day the money was sent, or the credit was used. */
  paidOn: PlainDate;
  status: PaymentStatus;
  /** Why it was rejected or reversed. */
  reason?: string;
  /** Who has recorded it. */
  userId: string;
  time: string;
  /** Counts writes: a write names the version it has read. */
  version: number;
};

/** A document as far as paying it goes. */
export type PayableInvoice = {
  /** What it comes to: nothing where it was taken back, or takes another back and is part of that one; negative on what credits. */
  due: MinorUnits;
  /** What is booked of it; negative where a credit was used. */
  paid: MinorUnits;
};

/** What can still be paid of an invoice. */
export function openAmount({ due, paid }: PayableInvoice): MinorUnits {
  const open = due - paid;
  return (open > 0n ? open : 0n) as MinorUnits;
}

/** What is left of a credit: of an invoice that was paid and taken back, or of a credit note by itself. */
export function creditLeft({ due, paid }: PayableInvoice): MinorUnits {
  const left = paid - due;
  return (left > 0n ? left : 0n) as MinorUnits;
}
