import type { Period, PlainDate } from '../calendar/period.ts';
import type { Currency } from '../numbers/currency.ts';

export const RUN_STATUSES = ['RUNNING', 'SUCCEEDED', 'FAILED'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

/** One run of a period's close: a Step Functions execution of the same name (domain.md §6). */
export type CloseRun = {
  /** "<period>-<run>", e.g. "2026-10-1"; of a dry run "<period>-dry-<n>". */
  name: string;
  period: Period;
  run: number;
  status: RunStatus;
  /** Date on every document this run numbers; fixed when the run is claimed, kept by every retry. */
  invoiceDate: PlainDate;
  dryRun: boolean;
  claimedTime: string;
  finishedTime?: string;
  /** Why it failed: a stable code and a sentence. */
  failure?: { code: string; message: string };
  report?: CloseReport;
};

/** What a run did, from what is stored (domain.md §6.9). Amounts are exact decimal strings in the currency's major unit. */
export type CloseReport = {
  reconciled: boolean;
  contracts: number;
  orders: number;
  invoices: number;
  nothingToBill: number;
  /** Closed with another party's bill. */
  external: number;
  /** Orders left unbilled. */
  failed: readonly UnbilledOrder[];
  totals: readonly RunTotal[];
  /** Parties whose statement, bill or message could not be made or sent. */
  undelivered: readonly Undelivered[];
  durationMs: number;
};

export type RunTotal = {
  aggregatorId: string;
  aggregator: string;
  currency: Currency;
  /** Orders billed in the currency: a corrected one has a credit note and an invoice. */
  orders: number;
  invoices: number;
  points: string;
  amount: string;
};

/** An order that could not be billed in a run, and why. */
export type SetAside = {
  orderId: string;
  contractNumber: string;
  aggregatorId: string;
  serviceProvider: string;
  usagePeriod: Period;
  code: string;
  reason: string;
};

/** An order left unbilled, and how many days ago the cutoff of its period was. */
export type UnbilledOrder = SetAside & { ageDays: number };

/** Name of a period's run of that number: "2026-10-1" (domain.md §6); a dry run has one of its own form. */
export function runName(period: Period, run: number): string {
  return `${period}-${run}`;
}

/** A party that a run could not settle with or tell. */
export type Undelivered = { partyId: string; stage: string; code: string; reason: string };
