import { addMonths, firstDay, type Period, type PlainDate, periodOf } from '../calendar/period.ts';
import type { ContractRequest, ContractRequestType } from './request.ts';

/** When a request is put into effect. */
export type EffectTime = {
  /** The day it is done. */
  today: PlainDate;
  /** Months that are frozen for its contract: their price and minimum are as they were when they were billed. */
  frozen: readonly Period[];
};

// They change neither price nor minimum of a month.
const CHANGES_NO_MONTH: ReadonlySet<ContractRequestType> = new Set(['THRESHOLD_UPDATE', 'BASIC_INFO_UPDATE']);

/** Whether it changes what a month is charged. */
export function changesMonths({ payload }: Pick<ContractRequest, 'payload'>): boolean {
  return !CHANGES_NO_MONTH.has(payload.type);
}

/**
 * The day a request acts from: its own, or where it was put into effect so late that its month is frozen, the 1st of the
 * first month after all that are (domain.md §4 "never in a frozen period"; docs/decisions/0011).
 */
export function actingDay(
  request: Pick<ContractRequest, 'payload' | 'effectiveDate'>,
  frozen: readonly Period[],
): PlainDate {
  const { effectiveDate } = request;
  const [last] = [...frozen].sort().reverse();
  if (last === undefined || last < periodOf(effectiveDate) || !changesMonths(request)) return effectiveDate;
  return firstDay(addMonths(last, 1));
}
