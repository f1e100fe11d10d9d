import * as z from 'zod';
import { CONTRACT_TYPES, FAMILY_TYPES, isPointsFamily } from '../domain/catalogue/family.ts';
import { CHARGE_LINE_KINDS } from '../domain/charging/charge.ts';
import { INVOICE_KINDS } from '../domain/invoice/invoice.ts';

/** An exact decimal, as text so that no reader rounds it: "1610.40". */
export const DecimalText = z.string().regex(/^-?\d+(\.\d+)?$/);
const PartySchema = z.object({
  name: z.string(),
  number: z.string(),
  address: z.array(z.string()),
  countryRegion: z.string().optional(),
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
  quantity: DecimalText.optional(),
  pointsPerUnit: DecimalText.optional(),
  price: z.object({ unitPrice: DecimalText, discount: DecimalText }).optional(),
  points: DecimalText,
  unitPrice: DecimalText,
  amount: DecimalText,
  inMinCommit: z.boolean(),
  usageLineId: z.string().optional(),
});

const CommitSchema = z.object({
  minimumCommit: DecimalText,
  reported: DecimalText,
  outsideCommit: DecimalText,
  overage: DecimalText,
  underage: DecimalText,
  arrears: DecimalText.optional(),
  total: DecimalText,
  /** End customers that have committed to a minimum (SOV). */
  customers: z
    .array(
      z.object({
        customerNumber: z.string(),
        minimumCommit: DecimalText,
        reported: DecimalText,
        underage: DecimalText,
        outstanding: DecimalText.optional(),
      }),
    )
    .optional(),
  prepayment: z.object({ balanceBefore: DecimalText, drawn: DecimalText, balanceAfter: DecimalText }).optional(),
});

const BasisSchema = z.object({
  contractRevision: z.string(),
  priceListVersion: z.string().optional(),
  listPrice: DecimalText,
  discount: DecimalText,
  sellingPrice: DecimalText,
  overagePrice: DecimalText.optional(),
});

/** The canonical form of a draft: every amount an exact decimal string. */
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
    anniversary: z.string().optional(),
  }),
  serviceProviderPurchaseOrder: z.string(),
  vendorPurchaseOrder: z.string(),
  lines: z.array(LineSchema),
  commit: CommitSchema,
  basis: BasisSchema,
  /** The months of the arrears among the lines, and how they came to what is charged for them. */
  arrears: z
    .array(
      z.object({
        usagePeriod: z.string(),
        minimumCommit: DecimalText,
        reported: DecimalText,
        added: DecimalText,
        net: DecimalText,
        basis: BasisSchema,
      }),
    )
    .optional(),
  net: DecimalText,
  taxes: z.array(z.object({ rate: DecimalText, base: DecimalText, amount: DecimalText })),
  gross: DecimalText,
  corrects: z.string().optional(),
});

/**
 * The canonical form of an invoice or credit note. Documents, the API and the receivables are all made from it. Shape of
 * `invoices/<period>/<aggregator>/<number>.json`.
 */
export const CanonicalInvoiceSchema = CanonicalDraftSchema.extend({
  number: z.string(),
  invoiceDate: z.string(),
  dueDate: z.string(),
});

export type CanonicalDraft = z.infer<typeof CanonicalDraftSchema>;
export type CanonicalInvoice = z.infer<typeof CanonicalInvoiceSchema>;

/** The points that a document bills: of a money family none, as what it counts is money. */
export function pointsBilled({ contract, commit }: Pick<CanonicalDraft, 'contract' | 'commit'>): string {
  return isPointsFamily(contract.family) ? commit.total : '0';
}
