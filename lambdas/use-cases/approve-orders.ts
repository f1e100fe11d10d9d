import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import type { BillingOrderStatus } from '../domain/billing-order/status.ts';
import type { Caller } from './caller.ts';
import { PortalError, type ProblemCode, RetryableError } from './errors.ts';
import { inParallel } from './in-parallel.ts';
import type { MovePortal } from './move-order.ts';
import { ownOrder } from './own-order.ts';
import { type Approval, approveOrder } from './review-order.ts';

/** An order to approve; what isn't given is taken as the order has it. */
export type AskedApproval = { orderId: string; comment?: string | undefined } & {
  [Member in keyof Approval]?: Approval[Member] | undefined;
};

/** What became of one order: its status, or why it is as it was. */
export type ApprovalResult =
  | { orderId: string; ok: true; status: BillingOrderStatus }
  | { orderId: string; ok: false; code: ProblemCode; detail: string };

const AT_ONCE = 8;

/**
 * Approves orders of the aggregator, each by itself and by the rules of the single call (review-order.ts): one that is refused
 * is as it was and keeps no other from being approved. Asked again, those that were approved are refused by their status.
 *
 * @param asked each order once
 * @returns what became of each, in the order asked
 */
export function approveOrders(
  portal: MovePortal,
  by: { caller: Caller; now: Date; newId: () => string },
  asked: readonly AskedApproval[],
): Promise<ApprovalResult[]> {
  return inParallel(asked, AT_ONCE, async (one): Promise<ApprovalResult> => {
    const { orderId, comment } = one;
    try {
      const before = await ownOrder(portal, by.caller, 'reviewOrders', orderId);
      const { status } = await approveOrder(portal, { ...by, orderId, comment }, approvalOf(before, one));
      return { orderId, ok: true, status };
    } catch (error) {
      if (error instanceof PortalError) return { orderId, ok: false, code: error.code, detail: error.message };
      if (error instanceof RetryableError) return { orderId, ok: false, code: 'TRY_AGAIN', detail: 'Try again' };
      throw error;
    }
  });
}

/** @throws PortalError BAD_REQUEST when one of the purchase orders is neither given nor on the order */
function approvalOf(order: BillingOrder, asked: AskedApproval): Approval {
  const {
    serviceProviderPurchaseOrder = order.serviceProviderPurchaseOrder,
    vendorPurchaseOrder = order.vendorPurchaseOrder,
    billingOrderPreference = order.billingOrderPreference,
  } = asked;
  // An order that isn't there to be approved is refused for that, whatever else is missing.
  if (order.status === 'PENDING_AGGREGATOR') {
    if (serviceProviderPurchaseOrder === '') throw needed('serviceProviderPurchaseOrder');
    if (vendorPurchaseOrder === '') throw needed('vmwarePurchaseOrder');
  }
  return { serviceProviderPurchaseOrder, vendorPurchaseOrder, billingOrderPreference };
}

function needed(field: string): PortalError {
  return new PortalError('BAD_REQUEST', `${field} is needed: the order has none`);
}
