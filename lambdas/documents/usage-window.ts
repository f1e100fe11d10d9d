import { period, plainDate } from '../domain/calendar/period.ts';
import { type PeriodWindow, periodWindow } from '../domain/contract/billing-period.ts';
import type { CanonicalInvoice } from './canonical-invoice.ts';

/** First and last day of a usage period of a document's contract: a calendar month, or by the contract's anniversary. */
export function usageWindow({ contract }: Pick<CanonicalInvoice, 'contract'>, usagePeriod: string): PeriodWindow {
  const { anniversary } = contract;
  return periodWindow(anniversary === undefined ? undefined : plainDate(anniversary), period(usagePeriod));
}
