import type { Period, PlainDate } from '../calendar/period.ts';
import type { ContractType, FamilyType } from '../catalogue/family.ts';
import type { ChargeLine, CommitSummary } from '../charging/charge.ts';
import type { MinorUnits, Percent, Points, UnitPrice } from '../numbers/amounts.ts';
import type { Currency } from '../numbers/currency.ts';

export const INVOICE_KINDS = ['ORDER', 'PREPAYMENT', 'CREDIT_NOTE', 'VOID'] as const;
export type InvoiceKind = (typeof INVOICE_KINDS)[number];

/** An organization or bill-to account as printed. */
export type Party = {
  name: string;
  number: string;
  address: readonly string[];
  /** ISO 3166-1 code of two letters: not printed, but electronic invoices need it. */
  countryRegion?: string;
  taxId?: string;
};

export type TaxAmount = { rate: Percent; base: MinorUnits; amount: MinorUnits };

/** What an invoice says about where its figures come from, so that each can be explained (domain.md §7). */
export type InvoiceBasis = {
  contractRevision: number;
  /** Version of the price list, where the price follows one. */
  priceListVersion?: string;
  listPrice: UnitPrice;
  discount: Percent;
  sellingPrice: UnitPrice;
  overagePrice?: UnitPrice;
};

/** How a month came to what its arrears add to it (domain.md §3 "Arrears"). */
export type ArrearsBasis = {
  usagePeriod: Period;
  minimumCommit: Points;
  /** What the month has reported with them. */
  reported: Points;
  /** Points they add to what was billed of the month before. */
  added: Points;
  net: MinorUnits;
  basis: InvoiceBasis;
};

/**
 * A document of the programme, before it has a number: everything that is printed and is known when the order is rated.
 * Amounts are in minor units of `currency`.
 */
export type InvoiceDraft = {
  kind: InvoiceKind;
  /** What it bills: a billing order's or contract request's id, and the revision of it. */
  source: { id: string; revision: number };
  usagePeriod: Period;
  currency: Currency;
  vendor: Party;
  aggregator: Party;
  billTo: Party;
  serviceProvider: Party;
  contract: {
    id: string;
    number: string;
    referenceNumber: string;
    skuCode: string;
    contractType: ContractType;
    family: FamilyType;
    /** Its periods follow it: what they are not calendar months by. */
    anniversary?: PlainDate;
  };
  /** "" prints as "not provided". */
  serviceProviderPurchaseOrder: string;
  vendorPurchaseOrder: string;
  lines: readonly ChargeLine[];
  commit: CommitSummary;
  basis: InvoiceBasis;
  /** The months of the arrears among the lines; absent without any. */
  arrears?: readonly ArrearsBasis[];
  net: MinorUnits;
  taxes: readonly TaxAmount[];
  gross: MinorUnits;
  /** Number of the invoice that a credit note takes back. */
  corrects?: string;
};

/** A document with its number and dates: immutable from here. */
export type Invoice = InvoiceDraft & { number: string; invoiceDate: PlainDate; dueDate: PlainDate };
