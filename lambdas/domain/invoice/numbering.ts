import type { PlainDate } from '../calendar/period.ts';
import { compareCodePoints } from '../usage/canonical-order.ts';
import type { InvoiceKind } from './invoice.ts';

/** A series of consecutive numbers: kind of paper and year of the invoice date (domain.md §7), e.g. "INV-2026". */
export type Series = `${SeriesKind}-${string}`;
export type SeriesKind = 'INV' | 'CRN';

/** The kind of paper a document is numbered as. */
export function seriesKindOf(kind: InvoiceKind): SeriesKind {
  return kind === 'CREDIT_NOTE' ? 'CRN' : 'INV';
}

/** The series a document of that kind and date is numbered in. */
export function seriesOf(kind: InvoiceKind, invoiceDate: PlainDate): Series {
  return `${seriesKindOf(kind)}-${invoiceDate.slice(0, 4)}`;
}

/** The position-th number of a series, counted from 1: "INV-2026-000001". */
export function documentNumber(series: Series, position: number): string {
  return `${series}-${String(position).padStart(6, '0')}`;
}

/** What decides a document's place among those numbered in one run. */
export type NumberingKey = { aggregatorNumber: string; contractNumber: string; usagePeriod: string; revision: number };

/** Canonical order of numbering: aggregator, contract, usage period, revision, by code point (domain.md §6.4). */
export function compareNumbering(a: NumberingKey, b: NumberingKey): number {
  return (
    compareCodePoints(a.aggregatorNumber, b.aggregatorNumber) ||
    compareCodePoints(a.contractNumber, b.contractNumber) ||
    compareCodePoints(a.usagePeriod, b.usagePeriod) ||
    a.revision - b.revision
  );
}
