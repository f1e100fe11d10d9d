import { refuseAdjustment } from '../../lambdas/domain/billing-order/adjust.ts';
import type { BillingOrder } from '../../lambdas/domain/billing-order/billing-order.ts';
import { dateOf, type Period } from '../../lambdas/domain/calendar/period.ts';
import { type AdjustPortal, openAdjustment } from '../../lambdas/use-cases/adjust-order.ts';
import type { Caller } from '../../lambdas/use-cases/caller.ts';

/**
 * Opens an adjustment of a closed order of a period, the first by contract number of those that the service provider may
 * adjust: in mid-month it is what there is to change, submit and approve.
 *
 * @returns the order; undefined when there is none, or it is too late
 */
export async function openFirstAdjustment(
  portal: AdjustPortal,
  caller: Caller,
  { period, now }: { period: Period; now: Date },
): Promise<BillingOrder | undefined> {
  const rows = await portal.billingOrders.ofServiceProvider(caller.organizationId);
  const closed = rows.filter(({ usagePeriod, status }) => usagePeriod === period && status === 'CLOSED');
  const [orders, contracts] = await Promise.all([
    portal.billingOrders.getMany(closed.map(({ id }) => id)),
    portal.contracts.getMany(closed.map(({ contractId }) => contractId)),
  ]);
  const families = new Map(contracts.map(({ contract: { id, listing } }) => [id, listing.familyType]));
  const [order] = orders
    .filter((each) => {
      const family = families.get(each.contractId);
      return family !== undefined && refuseAdjustment(each, family, dateOf(now)) === undefined;
    })
    .sort((a, b) => (a.contractNumber < b.contractNumber ? -1 : 1));
  return order && openAdjustment(portal, { caller, orderId: order.id, reason: 'Usage of a site was missing', now });
}
