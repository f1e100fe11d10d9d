import { addDays, addMonths, type Period, period, periodOf, plainDate } from '../../domain/calendar/period.ts';
import type { CanonicalInvoice } from '../canonical-invoice.ts';
import { usageWindow } from '../usage-window.ts';
import type { FocusRow } from './row.ts';

/** What all rows of a document have. */
export type OfDocument = Pick<FocusRow, 'document' | 'view' | 'billingPeriod' | 'daysOf'>;

/** The days of a document's usage periods, each looked up once. */
export function daysOfPeriods(document: CanonicalInvoice): FocusRow['daysOf'] {
  const known = new Map<Period, ReturnType<FocusRow['daysOf']>>();
  return (usagePeriod) => {
    const found = known.get(usagePeriod);
    if (found) return found;
    const { first, last } = usageWindow(document, usagePeriod);
    const days = { start: `${first}T00:00:00Z`, end: `${addDays(last, 1)}T00:00:00Z` };
    known.set(usagePeriod, days);
    return days;
  };
}

/** The month a document is billed in: of a correction not the month it corrects, but that of its run. */
export function billingPeriodOf(document: CanonicalInvoice): Period {
  if (!isCorrecting(document)) return period(document.usagePeriod);
  const month = periodOf(plainDate(document.invoiceDate));
  return document.lines.some(({ kind }) => kind === 'PREPAYMENT') ? month : addMonths(month, -1);
}

/** Whether it takes a document back, or comes in the place of one that was taken back. */
const isCorrecting = ({ corrects, source }: CanonicalInvoice): boolean =>
  corrects !== undefined || Number(source.revision) > 1;

/** A correction is what is billed of a month that was invoiced before. */
export function isCorrection({ document, billingPeriod }: OfDocument, chargePeriod: string): boolean {
  return (isCorrecting(document) || chargePeriod !== document.usagePeriod) && chargePeriod < billingPeriod;
}
