import { isAdjusted } from '../../../lambdas/domain/billing-order/move.ts';
import type { Period } from '../../../lambdas/domain/calendar/period.ts';
import type { UsageLine } from '../../../lambdas/domain/usage/usage-line.ts';
import { approveAdjustment, endAdjustment, openAdjustment } from '../../../lambdas/use-cases/adjust-order.ts';
import type { Caller } from '../../../lambdas/use-cases/caller.ts';
import { type AskedOperation, editLine } from '../../../lambdas/use-cases/edit-usage.ts';
import type { ImportedContract } from '../../../lambdas/use-cases/import-programme.ts';
import type { Portal } from '../../../lambdas/use-cases/ports/portal.ts';
import { approveOrder, sendBackOrder } from '../../../lambdas/use-cases/review-order.ts';
import { submitOrder } from '../../../lambdas/use-cases/submit-order.ts';
import { takeReadings } from '../../../lambdas/use-cases/take-readings.ts';
import { daysLater, firstOf, lastOf, type Month } from '../lives/days.ts';
import { plainId } from '../plain-programme.ts';
import { daysOfWeek, type Provider, type Site, type Slot, type Track, type YearEvent } from './events.ts';
import { BY_HAND, codeOf, customerNumberAt, LABELS, METERED, meterIdOf } from './year-programme.ts';

/** Does what happens at a provider in the portal. @throws whatever the portal refuses */
export async function liveEvent(
  portal: Portal,
  { contract }: ImportedContract,
  { n, track }: Pick<Provider, 'n' | 'track'>,
  event: YearEvent,
): Promise<void> {
  const now = portal.clock();
  const provider = callerOf('SERVICE_PROVIDER', contract.serviceProviderId);
  const aggregator = callerOf('AGGREGATOR', contract.aggregatorId);
  if (event.do === 'UPLOAD') {
    const bytes = Buffer.from(event.slots.map((slot) => JSON.stringify(readingOf(slot, track))).join('\n'));
    const taken = await takeReadings(
      portal,
      { caller: provider, meterId: meterIdOf(n), now },
      {
        bytes,
        format: 'NDJSON',
        gzip: false,
      },
    );
    if (taken.counts.REFUSED + taken.counts.CONFLICT > 0) throw new Error(JSON.stringify(taken.runs));
    return;
  }
  const orderId = await orderIdOf(portal, contract.id, event.month);
  const move = { orderId, now, newId: portal.newId, comment: 'As agreed' };
  switch (event.do) {
    case 'ADD': {
      const { site, quantity } = event;
      const entry = { product: codeOf(BY_HAND, track), site, customer: customerNumberAt(n, track, site), quantity };
      await edit(portal, provider, orderId, { do: 'ADD', entry });
      return;
    }
    case 'EDIT':
      await edit(portal, provider, orderId, await changeOf(portal, orderId, codeOf(METERED, track), event));
      return;
    case 'SUBMIT':
      await submitOrder(portal, { ...move, caller: provider }, { serviceProviderPurchaseOrder: `PO-${event.month}` });
      return;
    case 'APPROVE':
      await approveOrder(portal, { ...move, caller: aggregator }, APPROVAL);
      return;
    case 'SEND_BACK':
      await sendBackOrder(portal, { ...move, caller: aggregator });
      return;
    case 'ADJUST':
      await openAdjustment(portal, { caller: provider, orderId, reason: 'Counted twice', now });
      await edit(portal, provider, orderId, await changeOf(portal, orderId, codeOf(METERED, track), event));
      await submitOrder(portal, { ...move, caller: provider }, { serviceProviderPurchaseOrder: 'PO' });
      return;
    case 'END_ADJUSTMENT': {
      const asked = { orderId, reason: 'As seen', now };
      if (event.how === 'WITHDRAW') {
        await endAdjustment(portal, 'withdraw', { ...asked, caller: provider });
        return;
      }
      await approveOrder(portal, { ...move, caller: aggregator }, APPROVAL);
      const vendor = callerOf('VENDOR', plainId(1, 0));
      if (event.how === 'APPROVE') await approveAdjustment(portal, { ...asked, caller: vendor });
      else await endAdjustment(portal, 'reject', { ...asked, caller: vendor });
      return;
    }
  }
}

const APPROVAL = {
  serviceProviderPurchaseOrder: 'PO',
  vendorPurchaseOrder: 'PO',
  billingOrderPreference: 'ONLINE',
} as const;

function callerOf(organizationType: Caller['organizationType'], organizationId: string): Caller {
  const roles: Caller['roles'] =
    organizationType === 'SERVICE_PROVIDER' ? ['Operations', 'Auto Report Operations'] : ['Operations'];
  return { userId: organizationType, organizationId, organizationType, roles };
}

async function orderIdOf(portal: Portal, contractId: string, month: Month): Promise<string> {
  const [order] = await portal.billingOrders.ofContract(contractId, [month as Period]);
  if (!order) throw new Error(`there is no order of ${month}`);
  return order.id;
}

async function edit(portal: Portal, caller: Caller, orderId: string, operation: AskedOperation): Promise<void> {
  const asked = { caller, orderId, now: portal.clock(), ifMatch: undefined, newId: portal.newId };
  await editLine(portal, asked, operation, ({ field }) => field);
}

async function changeOf(
  portal: Portal,
  orderId: string,
  code: string,
  { month, site, quantity }: { month: Month; site: Site; quantity: string },
): Promise<AskedOperation> {
  const [order] = await portal.billingOrders.getMany([orderId]);
  const lines = order ? await portal.billingOrders.linesOf(orderId, order.lineSet) : [];
  const line = lines.find((each) => each.usagePeriod === month && each.siteName === site && each.productCode === code);
  if (!line) throw new Error(`the order of ${month} has no line of ${site}`);
  return { do: 'CHANGE', lineId: line.id, quantity, reason: 'METER_ERROR' };
}

function readingOf({ source, month, week, sequence, site, configuredGb }: Slot, track: Track) {
  const [first, next] = daysOfWeek(week);
  const dayOf = (day: number) => daysLater(firstOf(month), day - 1);
  const end = next === undefined ? daysLater(lastOf(month), 1) : dayOf(next);
  return {
    source: `machine ${source}`,
    products: [codeOf(METERED, track)],
    from: `${dayOf(first)}T00:00:00Z`,
    to: `${end}T00:00:00Z`,
    sequence,
    site,
    ...(track === 'SOV' && { customer: LABELS[site] }),
    configuredGb,
  };
}

/** What the portal has of a month's usage: on its own order as it is billed or reported, and on others. */
export async function accountedFor(portal: Portal, contractId: string, month: Month): Promise<UsageLine[]> {
  const [own] = await portal.billingOrders.ofContract(contractId, [month as Period]);
  const carriers = await portal.billingOrders.getMany(
    await portal.billingOrders.carriersOf(contractId, month as Period),
  );
  const orders = [...(own ? [own] : []), ...carriers.filter(({ status }) => status !== 'CANCELLED')];
  const lines = await Promise.all(
    orders.map((order) =>
      portal.billingOrders.linesOf(
        order.id,
        order.billed && isAdjusted(order) && order.status !== 'PENDING_VENDOR_REFUND'
          ? order.billed.lineSet
          : order.lineSet,
      ),
    ),
  );
  return lines.flat().filter((line) => line.usagePeriod === month);
}
