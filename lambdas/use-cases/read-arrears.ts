import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import type { Period } from '../domain/calendar/period.ts';
import { canonicalOrder } from '../domain/usage/canonical-order.ts';
import type { UsageLine } from '../domain/usage/usage-line.ts';
import type { Caller } from './caller.ts';
import { ownOrder } from './own-order.ts';
import type { Portal } from './ports/portal.ts';

export type OrderArrears = { usagePeriod: Period; lines: readonly { line: UsageLine; carrier: BillingOrder }[] };

/**
 * Usage of an order's month that came too late for it, and the orders that carry it (domain.md §3 "Arrears").
 * @throws PortalError NOT_FOUND
 */
export async function readArrears(
  portal: Pick<Portal, 'billingOrders'>,
  caller: Caller,
  orderId: string,
): Promise<OrderArrears> {
  const { contractId, usagePeriod } = await ownOrder(portal, caller, 'readAdjustments', orderId);
  const found = await portal.billingOrders.getMany(await portal.billingOrders.carriersOf(contractId, usagePeriod));
  // Nothing of a cancelled order is billed: what meters have told goes on another.
  const carriers = found.filter(({ status }) => status !== 'CANCELLED');
  carriers.sort((a, b) => (a.usagePeriod < b.usagePeriod ? -1 : 1));
  const lines = await Promise.all(
    carriers.map(async (carrier) => {
      const all = await portal.billingOrders.linesOf(carrier.id, carrier.lineSet);
      const late = all.filter((line) => line.usagePeriod === usagePeriod).sort(canonicalOrder(usagePeriod));
      return late.map((line) => ({ line, carrier }));
    }),
  );
  return { usagePeriod, lines: lines.flat() };
}
