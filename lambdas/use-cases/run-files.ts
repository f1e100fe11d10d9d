import * as z from 'zod';
import { CanonicalDraftSchema } from '../documents/canonical-invoice.ts';
import { StatementEntrySchema } from '../documents/statement.ts';
import { period, plainDate } from '../domain/calendar/period.ts';
import { CONTRACT_TYPES, FAMILY_TYPES } from '../domain/catalogue/family.ts';

/**
 * Working files of the close: what its steps hand to each other. All are written once under names that follow from
 * their contents or their run, so that a step that runs twice finds what it made.
 *
 *   plans/<period>/<n>.jsonl          orders with the terms they are billed by: the n-th addition to the period's plan
 *   plans/<period>/parties/<hash>.json parties of some of its contracts, as printed
 *   plans/<period>/adjustments/<order>-<revision>.json the same of an adjustment
 *   runs/<run>/orders.jsonl           what the run bills: a contract with its orders a line
 *   runs/<run>/rated/<batch>.json     drafts of a batch's invoices; …/index/<batch>.json what numbering needs of them
 *   runs/<run>/numbering.jsonl        what the run takes numbers of invoices for, in canonical order; numbering-CRN.jsonl
 *                                     of credit notes
 *   runs/<run>/numbers.jsonl          documents in canonical order, with their numbers
 *   runs/<run>/aside/<stage>/<batch>.json  what failed, and why
 *   runs/<run>/reconciled.json        sums found by reconciling; runs/<run>/parties.jsonl and parties/<id>.jsonl for settling
 */
const text = z.string();
const usagePeriod = text.transform(period);
const date = text.transform(plainDate);

export const PartySchema = z.object({
  name: text,
  number: text,
  address: z.array(text),
  countryRegion: text.optional(),
  taxId: text.optional(),
});

/** Parties of a plan by id. */
export const PlanPartiesSchema = z.object({
  vendor: PartySchema,
  aggregators: z.record(text, PartySchema),
  serviceProviders: z.record(text, PartySchema),
  billTo: z.record(text, PartySchema.extend({ taxRate: text })),
});

const TermsSchema = z.object({
  sku: z.object({ code: text, contractType: z.enum(CONTRACT_TYPES), family: z.enum(FAMILY_TYPES) }),
  minimumCommit: text,
  contractRevision: z.number().int(),
  priceListVersion: text.optional(),
  listPrice: text,
  discount: text,
  sellingPrice: text,
  overagePrice: text.optional(),
  settlement: text.optional(),
  /** SOV: what end customers have committed to. */
  customers: z.array(z.object({ customerNumber: text, minimumCommit: text, outstanding: text.optional() })).optional(),
});

const PlannedOrderSchema = z.object({
  orderId: text,
  revision: z.number().int(),
  usagePeriod,
  /** Absent when the terms could not be told: then `problem` says why. */
  terms: TermsSchema.optional(),
  problem: z.object({ code: text, reason: text }).optional(),
  /** Key of the parties file of the plan that fixed the terms. */
  parties: text,
  /** Where it isn't the contract's: of orders that were planned apart. */
  billToAccountId: text.optional(),
});

/** A contract and its orders that a run bills, earliest period first. */
export const PlannedContractSchema = z.object({
  contractId: text,
  contractNumber: text,
  contractReferenceNumber: text,
  currency: text,
  serviceProviderId: text,
  serviceProviderName: text,
  aggregatorId: text,
  aggregatorNumber: text,
  billToAccountId: text,
  triggerPoint: text.optional(),
  anniversary: text.optional(),
  orders: z.array(PlannedOrderSchema),
});

export const SetAsideSchema = z.object({
  orderId: text,
  contractNumber: text,
  aggregatorId: text,
  serviceProvider: text,
  usagePeriod,
  code: text,
  reason: text,
});

const ClosableOrderSchema = z.object({
  id: text,
  revision: z.number().int(),
  contractId: text,
  contractNumber: text,
  serviceProviderId: text,
  aggregatorId: text,
  usagePeriod,
  lineSet: text,
});

/** What numbering needs to know of a rated order. */
export const RatedEntrySchema = z.object({
  order: ClosableOrderSchema,
  outcome: z.enum(['INVOICED', 'NOTHING_TO_BILL', 'EXTERNAL']),
  aggregatorNumber: text,
  serviceProviderName: text,
  /** Absent when there is nothing to bill; a credit note where the total is negative. */
  billed: z
    .object({ currency: text, gross: text, points: text, kind: z.enum(['ORDER', 'CREDIT_NOTE']).optional() })
    .optional(),
  /** Of what another party has billed: its references. */
  bills: z.array(text).optional(),
  /** Number of the invoice that an adjustment replaces, and what the document that takes it back is over. */
  corrects: z.object({ number: text, kind: z.enum(['ORDER', 'CREDIT_NOTE']), gross: text }).optional(),
});

/** What became of a batch of orders to rate; drafts by order. */
export const RatedBatchSchema = z.object({
  drafts: z.record(text, CanonicalDraftSchema),
  entries: z.array(RatedEntrySchema),
  failed: z.array(SetAsideSchema),
});

/** A document to issue: which order, which number, where its draft is. */
export const NumberedRowSchema = RatedEntrySchema.extend({
  rated: text,
  number: text.optional(),
  /** Number of the document that takes back the invoice replaced. */
  creditNumber: text.optional(),
  creditDate: date.optional(),
  invoiceDate: date,
});

export const UndeliveredSchema = z.object({ partyId: text, stage: text, code: text, reason: text });

/** A party to settle with, and the run whose documents it gets: an earlier one where that has died before it could. */
export const RunPartySchema = z.object({
  kind: z.enum(['AGGREGATOR', 'SERVICE_PROVIDER']),
  id: text,
  run: text,
  period: usagePeriod,
  invoiceDate: date,
});

const SumSchema = z.object({
  aggregatorId: text,
  currency: text,
  orders: z.number().int(),
  invoices: z.number().int(),
  points: text,
  gross: text,
});

/** What reconciling has found: what the run tells its parties of, and what it leaves to later runs. */
export const ReconciledSchema = z.object({
  contracts: z.number().int(),
  orders: z.number().int(),
  nothingToBill: z.number().int(),
  /** Closed with another party's bill. */
  external: z.number().int(),
  sums: z.array(SumSchema),
  failed: z.array(SetAsideSchema),
  /** Numbers of the invoices that the parties are told of. */
  issued: z.array(text),
  /** What was numbered and is not issued: somebody may still be issuing it. */
  unissued: z.array(NumberedRowSchema),
});

/** What a run has issued to one party. */
export const PartyFileSchema = z.object({
  party: RunPartySchema,
  entries: z.array(StatementEntrySchema.extend({ key: text })),
  /** What another party has billed it: orders, and where their drafts are. */
  external: z.array(z.object({ orderId: text, rated: text, bills: z.array(text) })),
  failed: z.array(SetAsideSchema),
});

export type RunParty = z.infer<typeof RunPartySchema>;
export type Reconciled = z.infer<typeof ReconciledSchema>;
export type PartyFile = z.infer<typeof PartyFileSchema>;
export type PlanParties = z.infer<typeof PlanPartiesSchema>;
export type PlannedContract = z.infer<typeof PlannedContractSchema>;
export type PlannedOrder = z.infer<typeof PlannedOrderSchema>;
export type RatedEntry = z.infer<typeof RatedEntrySchema>;
export type NumberedRow = z.infer<typeof NumberedRowSchema>;

export const runFiles = {
  plan: (period: string, n: number) => `plans/${period}/${String(n).padStart(4, '0')}.jsonl`,
  planParties: (period: string, hash: string) => `plans/${period}/parties/${hash}.json`,
  adjustmentPlan: (period: string, order: string, revision: number) =>
    `plans/${period}/adjustments/${order}-${revision}.json`,
  plans: (period: string) => `plans/${period}/`,
  orders: (run: string) => `runs/${run}/orders.jsonl`,
  rated: (run: string, batch: string) => `runs/${run}/rated/${batch}.json`,
  ratedIndexes: (run: string) => `runs/${run}/index/`,
  ratedIndex: (run: string, batch: string) => `runs/${run}/index/${batch}.json`,
  numbering: (run: string, paper: string) => `runs/${run}/numbering${paper === 'INV' ? '' : `-${paper}`}.jsonl`,
  numbers: (run: string) => `runs/${run}/numbers.jsonl`,
  aside: (run: string, stage: string, batch: string) => `runs/${run}/aside/${stage}/${batch}.json`,
  asides: (run: string, stage: string) => `runs/${run}/aside/${stage}/`,
  reconciled: (run: string) => `runs/${run}/reconciled.json`,
  parties: (run: string) => `runs/${run}/parties.jsonl`,
  party: (run: string, id: string) => `runs/${run}/parties/${id}.json`,
};
