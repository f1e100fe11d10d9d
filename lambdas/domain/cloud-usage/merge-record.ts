import { NO_QUANTITY, type Quantity } from '../numbers/amounts.ts';
import type { PlacedRecord, UsageRecord } from './usage-record.ts';

/** What became of a record that was sent. */
export const RECORD_RESULTS = ['ACCEPTED', 'DUPLICATE', 'CONFLICT', 'REFUSED'] as const;
export type RecordResult = (typeof RECORD_RESULTS)[number];

/** What a record comes to beside those of its contract that are there. */
export type RecordOutcome =
  | { result: 'ACCEPTED' | 'DUPLICATE' }
  | { result: 'CONFLICT'; message: string }
  | { result: 'REFUSED'; reason: 'NOT_CORRECTING'; message: string };

/** Records of a contract that are there. */
export type KnownRecords = {
  byId: Map<string, PlacedRecord>;
  /** What others have taken back of a record, by its id. */
  takenBack: Map<string, Quantity>;
};

export const noRecords = (): KnownRecords => ({ byId: new Map(), takenBack: new Map() });

/** Adds a record that was accepted once. */
export function addRecord({ byId, takenBack }: KnownRecords, placed: PlacedRecord): void {
  const { id, corrects, quantity } = placed.record;
  byId.set(id, placed);
  if (corrects !== undefined)
    takenBack.set(corrects, ((takenBack.get(corrects) ?? NO_QUANTITY) + quantity) as Quantity);
}

/**
 * Adds a record to those of its contract that are there. The same id with the same content is there already; with other
 * content it is a conflict and changes nothing. One that takes back names a record of the same subscription, product and
 * period, and with all others that name it takes back no more than that has (domain.md §5 "Money families").
 */
export function mergeRecord(known: KnownRecords, placed: PlacedRecord): RecordOutcome {
  const { record } = placed;
  const same = known.byId.get(record.id);
  if (same) {
    if (contentOf(same.record) === contentOf(record)) return { result: 'DUPLICATE' };
    return { result: 'CONFLICT', message: `record ${record.id} was told otherwise: correct it by another record` };
  }
  const fault = record.corrects === undefined ? undefined : correctionFault(known, placed, record.corrects);
  if (fault) return { result: 'REFUSED', reason: 'NOT_CORRECTING', message: fault };
  addRecord(known, placed);
  return { result: 'ACCEPTED' };
}

function contentOf(record: UsageRecord): string {
  const { id, subscriptionId, productCode, quantity, start, end, inMinCommit } = record;
  const { proformaNumber, invoiceNumber, corrects } = record;
  return JSON.stringify([
    [id, subscriptionId, productCode, String(quantity), start, end, inMinCommit],
    [proformaNumber, invoiceNumber, corrects],
  ]);
}

function correctionFault(known: KnownRecords, { period, record }: PlacedRecord, corrects: string): string | undefined {
  const target = known.byId.get(corrects);
  const isSame =
    target !== undefined &&
    target.period === period &&
    target.record.corrects === undefined &&
    target.record.subscriptionId === record.subscriptionId &&
    target.record.productCode === record.productCode &&
    target.record.inMinCommit === record.inMinCommit;
  if (!isSame) return `there is no record ${corrects} of this subscription, product, period and commitment to correct`;
  const left = target.record.quantity + (known.takenBack.get(corrects) ?? NO_QUANTITY);
  return left + record.quantity < 0n ? `takes back more than is left of record ${corrects}` : undefined;
}
