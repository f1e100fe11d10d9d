import type { Period } from '../../domain/calendar/period.ts';

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
  hashes: { json: string; pdf: string; csv: string };
};

export type PartyDocuments = {
  /** Records a settled document, once. */
  settled(document: PartyDocument): Promise<void>;
  /** All of a party, oldest first. */
  of(recipientId: string): Promise<PartyDocument[]>;
  get(recipientId: string, period: Period, run: string): Promise<PartyDocument | undefined>;
};
