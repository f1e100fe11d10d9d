import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { takesUsage } from '../domain/billing-order/in-hands.ts';
import type { Period } from '../domain/calendar/period.ts';
import type { Contract } from '../domain/contract/contract.ts';
import type { UsageLine } from '../domain/usage/usage-line.ts';
import { PortalError } from './errors.ts';
import type { Portal } from './ports/portal.ts';

type OrdersPortal = Pick<Portal, 'billingOrders'>;

/**
 * The order of a month that a feed says usage of, whatever takes that usage.
 * @throws PortalError USAGE_NOT_HERE where there is none, or it was cancelled: nothing of its month is billed then
 */
export async function orderTaking(portal: OrdersPortal, { id }: Contract, of: Period): Promise<BillingOrder> {
  const [order] = await portal.billingOrders.ofContract(id, [of]);
  if (!order) throw new PortalError('USAGE_NOT_HERE', `The contract has no order of ${of}`);
  if (order.status === 'CANCELLED') {
    throw new PortalError('USAGE_NOT_HERE', `The order of ${of} was cancelled: usage of that month is not billed`);
  }
  return order;
}

/** The orders that have usage of a month, cancelled ones aside: its own and those that carry arrears of it. */
export async function ordersWith(portal: OrdersPortal, own: BillingOrder): Promise<BillingOrder[]> {
  const ids = await portal.billingOrders.carriersOf(own.contractId, own.usagePeriod);
  const carriers = await portal.billingOrders.getMany(ids.filter((id) => id !== own.id));
  return [own, ...carriers].filter(({ status }) => status !== 'CANCELLED');
}

/** Of some orders, the first that has such a line of a month. */
export async function orderWithLine(
  portal: OrdersPortal,
  orders: readonly BillingOrder[],
  of: Period,
  isIt: (line: UsageLine) => boolean,
): Promise<BillingOrder | undefined> {
  for (const order of orders) {
    const lines = await portal.billingOrders.linesOf(order.id, order.lineSet);
    if (lines.some((line) => line.usagePeriod === of && isIt(line))) return order;
  }
  return undefined;
}

/**
 * Refuses to take usage back that has left the service provider's hands.
 * @throws PortalError USAGE_SUBMITTED, naming the order it stands on
 */
export async function refuseSubmitted(
  portal: OrdersPortal,
  own: BillingOrder,
  isIt: (line: UsageLine) => boolean,
): Promise<void> {
  const submitted = (await ordersWith(portal, own)).filter((order) => !takesUsage(order));
  const order = await orderWithLine(portal, submitted, own.usagePeriod, isIt);
  if (!order) return;
  throw new PortalError(
    'USAGE_SUBMITTED',
    `It stands on the order of ${order.usagePeriod}, which is ${order.status}: while that is not billed it can be sent back`,
  );
}
