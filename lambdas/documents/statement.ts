import * as z from 'zod';
import { INVOICE_KINDS } from '../domain/invoice/invoice.ts';
import { DecimalText } from './canonical-invoice.ts';

const PartySchema = z.object({ name: z.string(), number: z.string(), address: z.array(z.string()) });

/** One document of a run as an aggregator statement lists it. */
export const StatementEntrySchema = z.object({
  number: z.string(),
  kind: z.enum(INVOICE_KINDS),
  invoiceDate: z.string(),
  dueDate: z.string(),
  /** The usage period it bills: an earlier one than the statement's for what a later run caught up on. */
  usagePeriod: z.string(),
  serviceProvider: z.string(),
  contractNumber: z.string(),
  skuCode: z.string(),
  /** Number of the invoice that it takes back. */
  corrects: z.string().optional(),
  points: DecimalText,
  net: DecimalText,
  tax: DecimalText,
  gross: DecimalText,
  currency: z.string(),
});

/** The aggregator statement of one run, or of one month: its invoices and credit notes, added up per currency (domain.md §7). */
export const StatementSchema = z.object({
  schema: z.literal('commerce-portal/statement/1'),
  reference: z.string(),
  period: z.string(),
  statementDate: z.string(),
  vendor: PartySchema,
  aggregator: PartySchema,
  entries: z.array(StatementEntrySchema),
  totals: z.array(
    z.object({
      currency: z.string(),
      documents: z.string(),
      points: DecimalText,
      net: DecimalText,
      tax: DecimalText,
      gross: DecimalText,
    }),
  ),
  /** Orders that could not be billed in this run, and why. */
  setAside: z.array(
    z.object({
      contractNumber: z.string(),
      serviceProvider: z.string(),
      usagePeriod: z.string(),
      code: z.string(),
      reason: z.string(),
    }),
  ),
});

/**
 * The service provider's consolidated bill of one run, or of one month: points per contract, without prices; money and prices
 * for contracts of money families (domain.md §7, §8).
 */
export const ConsolidatedBillSchema = z.object({
  schema: z.literal('commerce-portal/consolidated-bill/1'),
  reference: z.string(),
  period: z.string(),
  billDate: z.string(),
  serviceProvider: PartySchema,
  contracts: z.array(
    z.object({
      contractNumber: z.string(),
      aggregator: z.string(),
      skuCode: z.string(),
      usagePeriod: z.string(),
      /** Number of the invoice or credit note that bills it to the aggregator; absent where another party bills it. */
      number: z.string().optional(),
      /** References of the other party's bills. */
      bills: z.array(z.string()).optional(),
      /** Takes back what was billed of that month before: all figures with the other sign. */
      takesBack: z.boolean().optional(),
      /** Of a money family: what its figures and the `points` of its lines are counted in. */
      currency: z.string().optional(),
      lines: z.array(
        z.object({
          /** Its position on that document, from 1. */
          line: z.string(),
          siteName: z.string(),
          productCode: z.string(),
          description: z.string(),
          customerNumber: z.string(),
          uom: z.string(),
          quantity: DecimalText.optional(),
          points: DecimalText,
          price: z.object({ unitPrice: DecimalText, discount: DecimalText }).optional(),
          inMinCommit: z.boolean(),
          /** Where it is usage of an earlier month: its points are what it adds to that. */
          usagePeriod: z.string().optional(),
        }),
      ),
      minimumCommit: DecimalText,
      reported: DecimalText,
      overage: DecimalText,
      underage: DecimalText,
      total: DecimalText,
    }),
  ),
  totalPoints: DecimalText,
  /** Of money families, by currency; absent without any. */
  totalAmounts: z.array(z.object({ currency: z.string(), amount: DecimalText })).optional(),
});

export type StatementEntry = z.infer<typeof StatementEntrySchema>;
export type Statement = z.infer<typeof StatementSchema>;
export type ConsolidatedBill = z.infer<typeof ConsolidatedBillSchema>;
