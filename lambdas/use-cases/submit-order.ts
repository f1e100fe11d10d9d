import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { isInTime } from '../domain/billing-order/deadlines.ts';
import { dateOf } from '../domain/calendar/period.ts';
import { type MovePortal, movedOrder, type OrderMoveRequest } from './move-order.ts';
import type { Change } from './ports/changes.ts';
import { type ReviewPortal, reviewSubmitted } from './review-submitted.ts';

const NOTHING_REPORTED = 'No usage was reported';

/**
 * The service provider submits an order, or an adjustment, with its purchase order. One without any line is taken, and its
 * history says so unless the service provider has said that nothing was used. What is all that a rule of the aggregator asks
 * for is approved in the same moment.
 *
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; ORDER_SEALED; TRANSITION_NOT_ALLOWED; CHANGED_MEANWHILE
 */
export async function submitOrder(
  portal: MovePortal & ReviewPortal,
  request: OrderMoveRequest,
  { serviceProviderPurchaseOrder }: Pick<BillingOrder, 'serviceProviderPurchaseOrder'>,
): Promise<BillingOrder> {
  return movedOrder(
    portal,
    request,
    { action: 'submitOrders', by: 'SERVICE_PROVIDER', verb: { order: 'submit', adjustment: 'submit' } },
    async (order, status) => ({
      ...(await reviewSubmitted(portal, { ...order, status, serviceProviderPurchaseOrder })),
      changes: await reportedInTime(portal, order, request.now),
      ...(order.held.lines === 0 && !order.zeroReported && { reason: NOTHING_REPORTED }),
    }),
  );
}

/** A report that is in on time ends a delinquency (domain.md §3 "At cutoff"). */
async function reportedInTime(portal: MovePortal, order: BillingOrder, now: Date): Promise<Change[]> {
  if (order.billed || !isInTime(order.usagePeriod, portal.settings.calendar, dateOf(now))) return [];
  const found = await portal.contracts.get(order.contractId);
  return found?.contract.delinquent ? [portal.contracts.delinquencyChanged(order.contractId, false)] : [];
}
