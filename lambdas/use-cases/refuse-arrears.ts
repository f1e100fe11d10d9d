import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import type { Period, PlainDate } from '../domain/calendar/period.ts';
import {
  carrierAmong,
  carryingPeriods,
  lastDayForArrears,
  type NoArrears,
  refuseArrears,
} from '../domain/usage/arrears.ts';
import { PortalError } from './errors.ts';
import type { Portal } from './ports/portal.ts';

/**
 * Refuses lines of earlier periods that somebody writes on an order in its service provider's hands, unless they are
 * arrears and this is the order to carry them (domain.md §3).
 *
 * @param periods usage periods of the lines that are new or become more
 * @returns the own orders of the earlier ones, as they were read
 * @throws PortalError USAGE_TOO_OLD; USAGE_NOT_HERE, naming the order that takes them
 */
export async function refuseArrearsElsewhere(
  portal: Pick<Portal, 'billingOrders'>,
  order: BillingOrder,
  periods: Iterable<Period>,
  today: PlainDate,
): Promise<BillingOrder[]> {
  const owns: BillingOrder[] = [];
  for (const usagePeriod of new Set(periods)) {
    if (usagePeriod === order.usagePeriod) continue;
    if (usagePeriod > order.usagePeriod) {
      throw new PortalError('USAGE_NOT_HERE', `Usage of ${usagePeriod} belongs on the order of that month`);
    }
    const orders = await portal.billingOrders.ofContract(order.contractId, [
      usagePeriod,
      ...carryingPeriods(usagePeriod, order.usagePeriod),
    ]);
    const own = orders.find((each) => each.usagePeriod === usagePeriod);
    refuse(usagePeriod, refuseArrears(usagePeriod, own, today));
    if (own) owns.push(own);
    const carrier = carrierAmong(usagePeriod, orders);
    if (carrier && carrier.id !== order.id) {
      throw new PortalError(
        'USAGE_NOT_HERE',
        `Usage of ${usagePeriod} goes on the order of ${carrier.usagePeriod}, the earliest that is not yet submitted`,
      );
    }
  }
  return owns;
}

function refuse(of: Period, reason: NoArrears | undefined): void {
  switch (reason) {
    case 'TOO_OLD':
      throw new PortalError('USAGE_TOO_OLD', `Usage of ${of} was taken until ${lastDayForArrears(of)}`);
    case 'NO_ORDER':
      throw new PortalError('USAGE_NOT_HERE', `The contract has no order of ${of}: it had no day in that month`);
    case 'ORDER_CANCELLED':
      throw new PortalError('USAGE_NOT_HERE', `The order of ${of} was cancelled: usage of that month is not billed`);
    case 'ORDER_OPEN':
      throw new PortalError('USAGE_NOT_HERE', `The order of ${of} is not submitted yet: report its usage there`);
    default:
  }
}
