import { hash } from 'node:crypto';
import * as z from 'zod';
import { CanonicalDraftSchema } from '../documents/canonical-invoice.ts';
import { type CanonicalValue, canonicalJson } from '../documents/canonical-json.ts';
import { StatementEntrySchema } from '../documents/statement.ts';
import { period } from '../domain/calendar/period.ts';
import { CONTRACT_TYPES, FAMILY_TYPES } from '../domain/catalogue/family.ts';
import { TerminalError } from './errors.ts';
import type { ObjectStore } from './ports/objects.ts';

/**
 * Working files of the close: what its steps hand to each other. All are written once under names that follow from
 * their contents or their run, so that a step that runs twice finds what it made.
 *
 *   plans/<period>/<n>.jsonl          orders with the terms they are billed by: the n-th addition to the period's plan
 *   plans/<period>/parties/<hash>.json parties as printed
 *   runs/<run>/orders.jsonl           what the run bills: a contract with its orders a line
 *   runs/<run>/rated/<batch>.json     drafts of a batch's invoices; …/index/<batch>.json what numbering needs of them
 *   runs/<run>/numbering.jsonl        what the run takes numbers for, in canonical order
 *   runs/<run>/numbers.jsonl          documents in canonical order, with their numbers
 *   runs/<run>/aside/<stage>/<batch>.json  what failed, and why
 *   runs/<run>/reconciled.json        sums found by reconciling; runs/<run>/parties.jsonl and parties/<id>.jsonl for settling
 *   runs/<run>/report.json            the report
 */
const text = z.string();

export const PartySchema = z.object({ name: text, number: text, address: z.array(text), taxId: text.optional() });

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
});

const PlannedOrderSchema = z.object({
  orderId: text,
  revision: z.number().int(),
  usagePeriod: text,
  /** Absent when the terms could not be told: then `problem` says why. */
  terms: TermsSchema.optional(),
  problem: z.object({ code: text, reason: text }).optional(),
  /** Key of the parties file of the plan that fixed the terms. */
  parties: text,
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
  orders: z.array(PlannedOrderSchema),
});

export const SetAsideSchema = z.object({
  orderId: text,
  contractNumber: text,
  aggregatorId: text,
  serviceProvider: text,
  usagePeriod: text.transform(period),
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
  usagePeriod: text,
});

/** What numbering needs to know of a rated order. */
export const RatedEntrySchema = z.object({
  order: ClosableOrderSchema,
  outcome: z.enum(['INVOICED', 'NOTHING_TO_BILL']),
  aggregatorNumber: text,
  serviceProviderName: text,
  /** Absent when there is nothing to bill. */
  billed: z.object({ currency: text, gross: text, points: text }).optional(),
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
  invoiceDate: text,
});

export const UndeliveredSchema = z.object({ partyId: text, stage: text, code: text, reason: text });

/** A party to settle with, and the run whose documents it gets: an earlier one where that has died before it could. */
export const RunPartySchema = z.object({
  kind: z.enum(['AGGREGATOR', 'SERVICE_PROVIDER']),
  id: text,
  run: text,
  period: text,
  invoiceDate: text,
});

const SumSchema = z.object({
  aggregatorId: text,
  currency: text,
  invoices: z.number().int(),
  points: text,
  gross: text,
});

/** What reconciling has found: what the run tells its parties of, and what it leaves to later runs. */
export const ReconciledSchema = z.object({
  contracts: z.number().int(),
  orders: z.number().int(),
  nothingToBill: z.number().int(),
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
  plans: (period: string) => `plans/${period}/`,
  orders: (run: string) => `runs/${run}/orders.jsonl`,
  rated: (run: string, batch: string) => `runs/${run}/rated/${batch}.json`,
  ratedIndexes: (run: string) => `runs/${run}/index/`,
  ratedIndex: (run: string, batch: string) => `runs/${run}/index/${batch}.json`,
  numbering: (run: string) => `runs/${run}/numbering.jsonl`,
  numbers: (run: string) => `runs/${run}/numbers.jsonl`,
  aside: (run: string, stage: string, batch: string) => `runs/${run}/aside/${stage}/${batch}.json`,
  asides: (run: string, stage: string) => `runs/${run}/aside/${stage}/`,
  reconciled: (run: string) => `runs/${run}/reconciled.json`,
  parties: (run: string) => `runs/${run}/parties.jsonl`,
  party: (run: string, id: string) => `runs/${run}/parties/${id}.json`,
  report: (run: string) => `runs/${run}/report.json`,
};

/** The name of a batch: the hash of what it is to do, the same however often it is started. */
export function batchName(items: readonly unknown[]): string {
  return hash('sha256', JSON.stringify(items), 'hex').slice(0, 32);
}

export function sha256(bytes: Uint8Array | string): string {
  return hash('sha256', bytes, 'hex');
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function jsonBytes(value: CanonicalValue): Uint8Array {
  return encoder.encode(canonicalJson(value));
}

export function textBytes(value: string): Uint8Array {
  return encoder.encode(value);
}

export function parseJson<Schema extends z.ZodType>(schema: Schema, bytes: Uint8Array): z.infer<Schema> {
  return schema.parse(JSON.parse(decoder.decode(bytes)));
}

/** JSON text of a working file: members in the order they were set, which every run sets alike. */
export function workBytes(value: unknown): Uint8Array {
  return encoder.encode(JSON.stringify(value));
}

/** One JSON text a line. */
export function jsonLines(rows: readonly unknown[]): Uint8Array {
  return encoder.encode(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}

/**
 * Writes down what a step has decided, unless an earlier or simultaneous start of it has decided already: then that
 * stands, and is answered.
 */
export async function decideOnce(files: ObjectStore, key: string, decision: Uint8Array): Promise<Uint8Array> {
  try {
    await files.putOnce(key, decision, key.endsWith('.jsonl') ? 'application/jsonl' : 'application/json');
    return decision;
  } catch (error) {
    const before = error instanceof TerminalError ? await files.get(key) : undefined;
    if (!before) throw error;
    return before;
  }
}

/** The lines of a text, parsed. */
export function parseLines<Schema extends z.ZodType>(schema: Schema, bytes: Uint8Array): z.infer<Schema>[] {
  const lines = decoder.decode(bytes).split('\n').filter(Boolean);
  return lines.map((line) => schema.parse(JSON.parse(line)));
}
