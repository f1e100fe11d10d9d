import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import type { ActionName } from '../manifest/actions.ts';
import type { Caller } from './caller.ts';
import { PortalError } from './errors.ts';
import type { Portal } from './ports/portal.ts';
import { seenBy } from './scope.ts';

/**
 * The billing order of that id, if the caller may know of it.
 * @throws PortalError NOT_FOUND
 */
export async function ownOrder(
  portal: Pick<Portal, 'billingOrders'>,
  caller: Caller,
  action: ActionName,
  orderId: string,
): Promise<BillingOrder> {
  const [order] = await portal.billingOrders.getMany([orderId]);
  return seenBy(caller, action, order, `There is no billing order ${orderId}`);
}

/** @throws PortalError ORDER_SEALED while a close is billing the order */
export function refuseSealed({ sealedBy, usagePeriod }: BillingOrder): void {
  if (sealedBy === undefined) return;
  throw new PortalError(
    'ORDER_SEALED',
    `The order of ${usagePeriod} is being billed: what comes now is charged on a later order, or adjusted once it is closed`,
  );
}
