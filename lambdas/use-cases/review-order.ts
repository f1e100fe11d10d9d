import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { moveOrder } from '../domain/billing-order/move.ts';
import { type MovePortal, movedOrder, type OrderMoveRequest } from './move-order.ts';

/** What an aggregator fills in when it approves. */
export type Approval = Pick<
  BillingOrder,
  'serviceProviderPurchaseOrder' | 'vendorPurchaseOrder' | 'billingOrderPreference'
>;

/**
 * The aggregator approves an order, which the next close bills, or an adjustment, which the vendor decides of then.
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; ORDER_SEALED; TRANSITION_NOT_ALLOWED; CHANGED_MEANWHILE
 */
export function approveOrder(portal: MovePortal, request: OrderMoveRequest, approval: Approval): Promise<BillingOrder> {
  return movedOrder(
    portal,
    request,
    { action: 'reviewOrders', by: 'AGGREGATOR', verb: { order: 'approve', adjustment: 'approve' } },
    (order, status) => ({ order: { ...order, status, ...approval } }),
  );
}

/**
 * The aggregator gives an order, or an adjustment, back to the service provider.
 * @throws PortalError as approveOrder
 */
export function sendBackOrder(
  portal: MovePortal,
  request: OrderMoveRequest & { comment: string },
): Promise<BillingOrder> {
  return movedOrder(
    portal,
    request,
    { action: 'reviewOrders', by: 'AGGREGATOR', verb: { order: 'sendBack', adjustment: 'reject' } },
    (order, status) => ({ order: { ...order, status } }),
  );
}

/**
 * The vendor refuses an approved order, which goes back to the aggregator at once (domain.md §4).
 * @throws PortalError as approveOrder
 */
export function rejectOrder(
  portal: MovePortal,
  request: OrderMoveRequest & { comment: string },
): Promise<BillingOrder> {
  return movedOrder(
    portal,
    request,
    { action: 'decideOrders', by: 'VENDOR', verb: { order: 'reject' } },
    (order, status) => {
      const action = 'returnToAggregator';
      const returned = moveOrder({ ...order, status }, action, 'SYSTEM');
      if (!returned.ok) throw new Error(`an order that is ${status} can't be returned`);
      return { order: { ...order, status: returned.to }, through: { status, action } };
    },
  );
}
