import type { Period } from '../../domain/calendar/period.ts';
import type { FormHashes } from './document-writer.ts';

/** What a run has settled with one party: an aggregator's statement or a service provider's consolidated bill. */
export type PartyDocument = {
  kind: 'STATEMENT' | 'CONSOLIDATED_BILL';
  recipientId: string;
  period: Period;
  run: string;
  /** Reference printed on it, e.g. "2026-10-1/AGG-0001". */
  reference: string;
  /** Key of its documents without extension: `.json`, `.pdf` and `.csv` are stored. */
  key: string;
  hashes: FormHashes;
  /** What of it is of which usage period: most documents are of one. */
  months: SettledMonth[];
};

/** What a document holds of one usage period. Exact decimals: points, and money in the currency's major unit. */
export type SettledMonth = {
  usagePeriod: Period;
  /** Invoices and credit notes, and how many of them take another back. */
  documents: number;
  corrections: number;
  points: string;
  /** On statements: what they come to in each currency. */
  totals?: { currency: string; net: string; tax: string; gross: string }[];
};

export type PartyDocuments = {
  /** Records a settled document, once. */
  settled(document: PartyDocument): Promise<void>;
  /** All of a party, oldest first. */
  of(recipientId: string): Promise<PartyDocument[]>;
  get(recipientId: string, period: Period, run: string): Promise<PartyDocument | undefined>;
};
