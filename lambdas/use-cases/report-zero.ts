import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { committed } from './committed.ts';
import { contractOf } from './contract-of.ts';
import type { UsageEdit } from './edit-usage.ts';
import { PortalError } from './errors.ts';
import { refuseOtherVersion } from './if-match.ts';
import { orderChanged } from './order-changed.ts';
import { ownOrder } from './own-order.ts';
import type { Portal } from './ports/portal.ts';
import { refuseUnreportable } from './reportable-order.ts';
import { refusePart } from './scope.ts';

/**
 * Says that nothing was used in an order's month, or takes that back.
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; ORDER_SEALED; TRANSITION_NOT_ALLOWED; USAGE_NOT_EDITABLE; USAGE_REPORTED
 *   when the order has usage; CHANGED_MEANWHILE
 */
export function reportZero(
  portal: Pick<Portal, 'units' | 'audit' | 'outbox' | 'billingOrders' | 'contracts'>,
  { caller, orderId, now, ifMatch }: Omit<UsageEdit, 'newId'>,
  zero: boolean,
): Promise<BillingOrder> {
  return committed(portal, 'The order', async () => {
    const order = await ownOrder(portal, caller, 'reportUsage', orderId);
    refusePart(caller, order.contractId);
    refuseOtherVersion(order.version, ifMatch);
    const { listing } = await contractOf(portal, order.contractId);
    refuseUnreportable(order, listing.familyType);
    if (zero && order.held.quantity > 0n) {
      throw new PortalError(
        'USAGE_REPORTED',
        'The order has usage: take its lines away, then say that nothing was used',
      );
    }
    if (zero === (order.zeroReported ?? false)) return { changes: [], result: order };
    const { zeroReported: _, ...rest } = order;
    const after: BillingOrder = zero ? { ...rest, zeroReported: true } : rest;
    const action = zero ? 'reportZero' : 'takeZeroReportBack';
    const move = { actor: caller.userId, organizationId: caller.organizationId, now, action };
    return { changes: orderChanged(portal, order, after, move), result: { ...after, version: order.version + 1 } };
  });
}
