import * as z from 'zod';
import { INVOICE_KINDS } from '../../domain/invoice/invoice.ts';
import { decimal, hashes, source } from './common.ts';

export const InvoiceItem = z.object({
  number: z.string(),
  kind: z.enum(INVOICE_KINDS),
  source,
  usagePeriod: z.string(),
  invoiceDate: z.string(),
  dueDate: z.string(),
  aggregatorId: z.string(),
  serviceProviderId: z.string(),
  contractId: z.string(),
  contractNumber: z.string(),
  skuCode: z.string(),
  lineSet: z.string().optional(),
  currency: z.string(),
  points: decimal,
  net: decimal,
  tax: decimal,
  gross: decimal,
  corrects: z.string().optional(),
  creditedBy: z.string().optional(),
  hashes,
});

export const ReceivableItem = z.object({
  number: z.string(),
  kind: z.enum(INVOICE_KINDS),
  usagePeriod: z.string(),
  aggregatorId: z.string(),
  contractId: z.string(),
  source,
  currency: z.string(),
  amount: decimal,
});

export const ReservationItem = z.object({
  run: z.string(),
  series: z.string(),
  first: z.number().int(),
  count: z.number().int(),
  invoiceDate: z.string(),
  file: z.string(),
});

export const PartyDocumentItem = z.object({
  kind: z.enum(['STATEMENT', 'CONSOLIDATED_BILL']),
  recipientId: z.string(),
  period: z.string(),
  run: z.string(),
  reference: z.string(),
  key: z.string(),
  hashes,
  months: z.array(
    z.object({
      usagePeriod: z.string(),
      documents: z.number().int(),
      corrections: z.number().int(),
      points: decimal,
      totals: z.array(z.object({ currency: z.string(), net: decimal, tax: decimal, gross: decimal })).optional(),
    }),
  ),
});
