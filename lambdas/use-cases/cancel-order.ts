import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { takesUsage } from '../domain/billing-order/in-hands.ts';
import type { Tiers } from '../domain/charging/line-points.ts';
import { NO_QUANTITY } from '../domain/numbers/amounts.ts';
import { isAsFed } from '../domain/usage/arrears.ts';
import { isArrears, type UsageLine } from '../domain/usage/usage-line.ts';
import { changedLines, MOST_IN_PLACE } from './changed-lines.ts';
import { PortalError } from './errors.ts';
import { type MovePortal, movedOrder, type OrderMoveRequest } from './move-order.ts';
import { orderChanged } from './order-changed.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import { tiersOf } from './tiers.ts';

type CancelPortal = MovePortal & Pick<Portal, 'outbox' | 'catalogue'>;

/** A later order with lines of the month that is cancelled. */
type Carrier = { order: BillingOrder; lines: UsageLine[] };

/**
 * The vendor cancels an open order for good: nothing is billed for its month, late usage of it neither. That is taken off
 * the orders that carry it in the same step; where one of them can't be changed the order isn't cancelled. Nor is it while it
 * carries late usage of other months that a person has written or changed, as that would be lost; what meters have told goes
 * on the next order (docs/decisions/0014).
 *
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; ORDER_SEALED; TRANSITION_NOT_ALLOWED; ARREARS_STAND, naming the months;
 *   CHANGED_MEANWHILE
 */
export function cancelOrder(
  portal: CancelPortal,
  request: OrderMoveRequest & { comment: string },
): Promise<BillingOrder> {
  return movedOrder(
    portal,
    request,
    { action: 'decideOrders', by: 'VENDOR', verb: { order: 'cancel' } },
    async (order, status) => {
      const [carriers] = await Promise.all([carriersOf(portal, order), refuseCarrying(portal, order)]);
      const tiers = await tiersOf(portal);
      const inPlace = Math.floor(MOST_IN_PLACE / Math.max(1, carriers.length));
      const taken = carriers.map((carrier) => withoutMonth(portal, order, carrier, { request, tiers, inPlace }));
      return { order: { ...order, status }, changes: (await Promise.all(taken)).flat() };
    },
  );
}

/** The orders that carry usage of its month. @throws PortalError ARREARS_STAND where one of them can't be changed */
async function carriersOf(portal: CancelPortal, { contractId, usagePeriod }: BillingOrder): Promise<Carrier[]> {
  const ids = await portal.billingOrders.carriersOf(contractId, usagePeriod);
  const live = (await portal.billingOrders.getMany(ids)).filter(({ status }) => status !== 'CANCELLED');
  const found = await Promise.all(
    live.map(async (order) => ({ order, lines: await portal.billingOrders.linesOf(order.id, order.lineSet) })),
  );
  const carriers = found.filter(({ lines }) => lines.some((line) => line.usagePeriod === usagePeriod));
  const fixed = carriers.find(({ order }) => !takesUsage(order))?.order;
  if (!fixed) return carriers;
  throw new PortalError(
    'ARREARS_STAND',
    `Usage of ${usagePeriod} stands on the order of ${fixed.usagePeriod}, which is ${fixed.status}: have that sent back or ` +
      'cancelled first',
  );
}

/** @throws PortalError ARREARS_STAND where a person has written or changed usage of another month on it */
async function refuseCarrying(portal: CancelPortal, order: BillingOrder): Promise<void> {
  if (order.held.arrearsPeriods.length === 0) return;
  const lines = await portal.billingOrders.linesOf(order.id, order.lineSet);
  const byHand = lines.filter(
    (line) => isArrears(order.usagePeriod, line) && !isAsFed(line) && line.quantity !== NO_QUANTITY,
  );
  if (byHand.length === 0) return;
  const months = [...new Set(byHand.map(({ usagePeriod }) => usagePeriod))].sort().join(', ');
  throw new PortalError(
    'ARREARS_STAND',
    `The order carries usage of ${months} that a person has written or changed: it has to be taken off first`,
  );
}

async function withoutMonth(
  portal: CancelPortal,
  { usagePeriod }: BillingOrder,
  { order, lines: before }: Carrier,
  { request, tiers, inPlace }: { request: OrderMoveRequest; tiers: Tiers; inPlace: number },
): Promise<Change[]> {
  const after = before.filter((line) => line.usagePeriod !== usagePeriod);
  const staged = { before, after, tiers, newSet: request.newId(), inPlace };
  const changed = await changedLines(portal, order, staged);
  const { userId: actor, organizationId } = request.caller;
  const reason = `The order of ${usagePeriod} was cancelled: usage of that month is not billed`;
  const move = { actor, organizationId, now: request.now, action: 'cancelArrears', reason };
  return [...changed.changes, ...orderChanged(portal, order, changed.order, move)];
}
