import type { PlainDate } from '../calendar/period.ts';
import { aggregatorDueDate, type ProgrammeCalendar, serviceProviderDueDate } from '../calendar/programme-calendar.ts';
import type { BillingOrder } from './billing-order.ts';

/**
 * The last day on which an order's next step is in time (domain.md §3): the service provider's while it is being reported,
 * the aggregator's while it is reviewed. An adjustment, and what waits for nobody, has none.
 */
export function dueDate(
  { status, usagePeriod, revision }: Pick<BillingOrder, 'status' | 'usagePeriod' | 'revision'>,
  calendar: ProgrammeCalendar,
): PlainDate | undefined {
  if (revision > 1) return undefined;
  if (status === 'PENDING_SP') return serviceProviderDueDate(usagePeriod, calendar);
  if (status === 'PENDING_AGGREGATOR') return aggregatorDueDate(usagePeriod, calendar);
  return undefined;
}
