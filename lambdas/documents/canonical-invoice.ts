import * as z from 'zod';
import { CONTRACT_TYPES, FAMILY_TYPES } from '../domain/catalogue/family.ts';
import { CHARGE_LINE_KINDS } from '../domain/charging/charge.ts';
import { INVOICE_KINDS } from '../domain/invoice/invoice.ts';

/**
 * The canonical form of an invoice or credit note: every amount an exact decimal string. Documents, the API and the
 * receivables are all made from it. Shape of `documents/<…>/<number>.json`.
 */
const Decimal = z.string().regex(/^-?\d+(\.\d+)?$/);
const PartySchema = z.object({
  name: z.string(),
  number: z.string(),
  address: z.array(z.string()),
  taxId: z.string().optional(),
});

const LineSchema = z.object({
  kind: z.enum(CHARGE_LINE_KINDS),
  usagePeriod: z.string(),
  description: z.string(),
  siteName: z.string(),
  productCode: z.string(),
  customerNumber: z.string(),
  uom: z.string(),
  quantity: Decimal.optional(),
  pointsPerUnit: Decimal.optional(),
  points: Decimal,
  unitPrice: Decimal,
  amount: Decimal,
  inMinCommit: z.boolean(),
  usageLineId: z.string().optional(),
});

const CommitSchema = z.object({
  minimumCommit: Decimal,
  reported: Decimal,
  outsideCommit: Decimal,
  overage: Decimal,
  underage: Decimal,
  total: Decimal,
  prepayment: z.object({ balanceBefore: Decimal, drawn: Decimal, balanceAfter: Decimal }).optional(),
});

export const CanonicalDraftSchema = z.object({
  schema: z.literal('commerce-portal/invoice/1'),
  kind: z.enum(INVOICE_KINDS),
  source: z.object({ id: z.string(), revision: z.string() }),
  usagePeriod: z.string(),
  currency: z.string(),
  vendor: PartySchema,
  aggregator: PartySchema,
  billTo: PartySchema,
  serviceProvider: PartySchema,
  contract: z.object({
    id: z.string(),
    number: z.string(),
    referenceNumber: z.string(),
    skuCode: z.string(),
    contractType: z.enum(CONTRACT_TYPES),
    family: z.enum(FAMILY_TYPES),
  }),
  serviceProviderPurchaseOrder: z.string(),
  vendorPurchaseOrder: z.string(),
  lines: z.array(LineSchema),
  commit: CommitSchema,
  basis: z.object({
    contractRevision: z.string(),
    priceListVersion: z.string().optional(),
    listPrice: Decimal,
    discount: Decimal,
    sellingPrice: Decimal,
    overagePrice: Decimal.optional(),
  }),
  net: Decimal,
  taxes: z.array(z.object({ rate: Decimal, base: Decimal, amount: Decimal })),
  gross: Decimal,
  corrects: z.string().optional(),
});

export const CanonicalInvoiceSchema = CanonicalDraftSchema.extend({
  number: z.string(),
  invoiceDate: z.string(),
  dueDate: z.string(),
});

export type CanonicalDraft = z.infer<typeof CanonicalDraftSchema>;
export type CanonicalInvoice = z.infer<typeof CanonicalInvoiceSchema>;
