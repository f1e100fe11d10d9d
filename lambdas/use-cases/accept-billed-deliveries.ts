import { lastDay } from '../domain/calendar/period.ts';
import { latestClosablePeriod } from '../domain/calendar/programme-calendar.ts';
import { deliveryMonth, isOfDelivery, type ServiceDelivery } from '../domain/service-delivery/service-delivery.ts';
import { SERVICE_DELIVERY_TRANSITIONS } from '../domain/service-delivery/status.ts';
import { transition } from '../domain/transitions.ts';
import { committed } from './committed.ts';
import { type DeliveryChangedPortal, deliveryChanged } from './delivery-changed.ts';
import { ordersWith, orderWithLine } from './order-taking.ts';
import type { Portal } from './ports/portal.ts';

export type AcceptPortal = DeliveryChangedPortal &
  Pick<Portal, 'settings' | 'clock' | 'units' | 'billingOrders' | 'serviceDeliveries'>;

/** Numbers of deliveries of a shard that nobody has decided of and whose month is past its cutoff. */
export function undecidedDeliveries(portal: AcceptPortal, shard: number): Promise<string[]> {
  const latest = latestClosablePeriod(portal.clock(), portal.settings.calendar);
  return portal.serviceDeliveries.undecided(shard, lastDay(latest));
}

/**
 * Accepts a delivery that nobody has disputed before the order it stands on was billed, and withdraws one whose month's order
 * was cancelled; one on an order that is not billed yet stays as it is.
 * @returns whether it was moved
 */
export function acceptBilledDelivery(portal: AcceptPortal, number: string): Promise<boolean> {
  return committed(portal, 'The delivery', async () => {
    const [before] = await portal.serviceDeliveries.getMany([number]);
    const verb = before && (await verbOf(portal, before));
    if (!verb) return { changes: [], result: false };
    const moved = transition(SERVICE_DELIVERY_TRANSITIONS, before.status, verb, 'SYSTEM');
    if (!moved.ok) return { changes: [], result: false };
    const now = portal.clock();
    const changes = deliveryChanged(
      portal,
      before,
      { ...before, status: moved.to },
      { actor: 'SYSTEM', organizationId: before.serviceProviderId, now, action: verb, reason: REASONS[verb] },
    );
    return { changes, result: true };
  });
}

const REASONS = {
  acceptBilled: 'It is billed, and nobody has disputed it before',
  withdrawCancelled: 'The order of its month was cancelled: nothing of it is billed',
} as const;

async function verbOf(portal: AcceptPortal, delivery: ServiceDelivery): Promise<keyof typeof REASONS | undefined> {
  const of = deliveryMonth(delivery);
  const [own] = await portal.billingOrders.ofContract(delivery.contractId, [of]);
  if (!own) return undefined;
  if (own.status === 'CANCELLED') return 'withdrawCancelled';
  const billed = (await ordersWith(portal, own)).filter(({ billed: each }) => each !== undefined);
  const order = await orderWithLine(portal, billed, of, (line) => isOfDelivery(line, delivery));
  return order && 'acceptBilled';
}
