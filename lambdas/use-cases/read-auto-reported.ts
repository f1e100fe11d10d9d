import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import type { UsageLine } from '../domain/usage/usage-line.ts';
import type { Caller } from './caller.ts';
import { ownOrder } from './own-order.ts';
import type { MeteredOrder } from './ports/metered-orders.ts';
import type { Portal } from './ports/portal.ts';

/** What meters have reported for an order, and the lines they have filled in. */
export type AutoReported = { order: BillingOrder; metered: MeteredOrder | undefined; lines: UsageLine[] };

/** @throws PortalError NOT_FOUND */
export async function readAutoReported(
  portal: Pick<Portal, 'billingOrders' | 'meteredOrders'>,
  caller: Caller,
  orderId: string,
): Promise<AutoReported> {
  const order = await ownOrder(portal, caller, 'readAutoReportedData', orderId);
  const [metered, lines] = await Promise.all([
    portal.meteredOrders.get(orderId),
    portal.billingOrders.linesOf(orderId, order.lineSet),
  ]);
  return { order, metered, lines: lines.filter(({ prefilled }) => prefilled !== undefined) };
}
