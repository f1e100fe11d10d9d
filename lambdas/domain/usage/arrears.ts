import type { BillingOrder } from '../billing-order/billing-order.ts';
import { takesUsage } from '../billing-order/in-hands.ts';
import { addDays, addMonths, lastDay, type Period, type PlainDate } from '../calendar/period.ts';
import type { UsageLine } from './usage-line.ts';

export const DAYS_OF_ARREARS = 90;

/** The last day usage of a period is taken at all (domain.md §3 "Arrears"). */
export function lastDayForArrears(of: Period): PlainDate {
  return addDays(lastDay(of), DAYS_OF_ARREARS);
}

type Order = Pick<BillingOrder, 'usagePeriod' | 'status' | 'sealedBy' | 'billed'>;

/**
 * Why usage of a period can't be arrears: too old; the contract has no order of that month, or it was cancelled; or the
 * order is still in its service provider's hands, so that the usage belongs on it.
 */
export type NoArrears = 'TOO_OLD' | 'NO_ORDER' | 'ORDER_CANCELLED' | 'ORDER_OPEN';

/**
 * Whether usage that comes in on a day is arrears of a period (domain.md §3).
 * @param own the order of that period
 */
export function refuseArrears(of: Period, own: Order | undefined, today: PlainDate): NoArrears | undefined {
  if (today > lastDayForArrears(of)) return 'TOO_OLD';
  if (!own) return 'NO_ORDER';
  if (own.status === 'CANCELLED') return 'ORDER_CANCELLED';
  return takesUsage(own) ? 'ORDER_OPEN' : undefined;
}

/** The months whose orders may carry arrears of a period: those after it up to the running one. */
export function carryingPeriods(of: Period, running: Period): Period[] {
  const periods: Period[] = [];
  for (let next = addMonths(of, 1); next <= running; next = addMonths(next, 1)) periods.push(next);
  return periods;
}

/** The order that arrears of a period go on: the earliest of a later period that is not yet submitted (domain.md §3). */
export function carrierAmong<Each extends Order>(of: Period, orders: readonly Each[]): Each | undefined {
  const open = orders.filter((order) => order.usagePeriod > of && takesUsage(order));
  return open.sort((a, b) => (a.usagePeriod < b.usagePeriod ? -1 : 1))[0];
}

/** Whether a line is as a feed left it: no person has written, edited or adjusted it. */
export function isAsFed({ origin, edit }: Pick<UsageLine, 'origin' | 'edit'>): boolean {
  return (origin === 'METER' || origin === 'FEED') && edit === undefined;
}
