import type { PlainDate } from '../calendar/period.ts';
import type { MinorUnits } from '../numbers/amounts.ts';
import type { Currency } from '../numbers/currency.ts';
import type { PaymentStatus } from './status.ts';

/** What an aggregator has paid of an invoice. */
export type Payment = {
  invoiceNumber: string;
  /** The payer's: of its transfer, or whatever names it. */
  reference: string;
  aggregatorId: string;
  currency: Currency;
  amount: MinorUnits;
  /** The day the money was sent. */
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

/** An invoice as far as paying it goes. */
export type PayableInvoice = {
  /** Negative on what credits. */
  gross: MinorUnits;
  isTakenBack: boolean;
  /** What is booked of it. */
  paid: MinorUnits;
};

/** What can still be paid of an invoice: nothing of one that was taken back, and of what credits. */
export function openAmount({ gross, isTakenBack, paid }: PayableInvoice): MinorUnits {
  const open = isTakenBack ? 0n : gross - paid;
  return (open > 0n ? open : 0n) as MinorUnits;
}

/** NOTHING_OPEN: paid in full, taken back, or no invoice. TOO_MUCH: over more than is open. */
export type NoPayment = 'NOTHING_OPEN' | 'TOO_MUCH';

/** Why an amount can't be booked for an invoice. */
export function refusePayment(invoice: PayableInvoice, amount: MinorUnits): NoPayment | undefined {
  const open = openAmount(invoice);
  if (open === 0n) return 'NOTHING_OPEN';
  return amount > open ? 'TOO_MUCH' : undefined;
}
