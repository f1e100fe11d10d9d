import * as z from 'zod';
import { PAYMENT_STATUSES } from '../../domain/receivables/status.ts';
import { decimal } from './common.ts';

export const PaymentItem = z.object({
  invoiceNumber: z.string(),
  reference: z.string(),
  against: z.string().optional(),
  aggregatorId: z.string(),
  currency: z.string(),
  amount: decimal,
  paidOn: z.string(),
  status: z.enum(PAYMENT_STATUSES),
  reason: z.string().optional(),
  userId: z.string(),
  time: z.string(),
  version: z.number().int(),
});

/** What is booked of an invoice. */
export const InvoicePaidItem = z.object({ invoiceNumber: z.string(), paid: decimal, version: z.number().int() });

/** An entry of the receivables ledger that no document makes. */
export const PaymentEntryItem = z.object({
  number: z.string(),
  reference: z.string(),
  kind: z.enum(['PAYMENT', 'PAYMENT_REVERSAL']),
  aggregatorId: z.string(),
  currency: z.string(),
  amount: decimal,
  date: z.string(),
});
