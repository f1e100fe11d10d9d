import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import type { Period } from '../domain/calendar/period.ts';
import type { OrderCharge } from '../domain/charging/charge-order.ts';
import type { Contract } from '../domain/contract/contract.ts';
import type { Caller } from './caller.ts';
import { PortalError } from './errors.ts';
import { ownOrder } from './own-order.ts';
import { type PricingPortal, priceOrder } from './price-order.ts';
import { refusePart } from './scope.ts';

/** What an order would be billed with, were it billed as it is now; without tax. */
export type Estimate = {
  order: BillingOrder;
  contract: Contract;
  charge: OrderCharge;
  /** Months it carries usage of whose own order is not billed yet: what that adds can't be told. */
  unknown: readonly Period[];
};

/**
 * What an open order would cost now, with what arrears on it add to their months: a running sum for its parties, that nobody
 * is held to (domain.md §6).
 * @throws PortalError NOT_FOUND; TRANSITION_NOT_ALLOWED when it is closed or cancelled; NOT_PRICED
 */
export async function estimateOrder(portal: PricingPortal, caller: Caller, orderId: string): Promise<Estimate> {
  const order = await ownOrder(portal, caller, 'readOrders', orderId);
  refusePart(caller, order.contractId);
  if (order.status === 'CLOSED' || order.status === 'CANCELLED') {
    throw new PortalError(
      'TRANSITION_NOT_ALLOWED',
      `The order of ${order.usagePeriod} is ${order.status}: only what is open has an estimate`,
    );
  }
  const [{ contract, charged, unknown }, lines] = await Promise.all([
    priceOrder(portal, order),
    portal.billingOrders.linesOf(order.id, order.lineSet),
  ]);
  return { order, contract, charge: charged(lines), unknown };
}
