import { adjusted, closedAgain, lapsesOn, lastDayToAdjust, refuseAdjustment } from '../domain/billing-order/adjust.ts';
import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { heldUsage } from '../domain/billing-order/held-usage.ts';
import { isAdjusted, moveOrder } from '../domain/billing-order/move.ts';
import type { BillingOrderActor, BillingOrderStatus } from '../domain/billing-order/status.ts';
import { addDays, dateOf } from '../domain/calendar/period.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { awaitsForfeit } from '../domain/contract/life-cycle.ts';
import type { ActionName } from '../manifest/actions.ts';
import type { Caller } from './caller.ts';
import { committed } from './committed.ts';
import { PortalError } from './errors.ts';
import { type OrderMove, orderChanged } from './order-changed.ts';
import { type OrderToldPortal, orderTold } from './order-told.ts';
import { ownOrder, refuseSealed } from './own-order.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import { tiersOf } from './tiers.ts';

export type AdjustPortal = Pick<
  Portal,
  'units' | 'newId' | 'audit' | 'outbox' | 'billingOrders' | 'contracts' | 'catalogue'
> &
  OrderToldPortal;

/** Who asks for what on an order, and why. */
export type AdjustmentAsked = { caller: Caller; orderId: string; reason: string; now: Date };

/**
 * Opens an adjustment of a closed order: its next revision, on a copy of the lines that were billed, which themselves never
 * change (domain.md §4 "Adjustment").
 *
 * @throws PortalError NOT_FOUND; TRANSITION_NOT_ALLOWED while one is open or the order isn't closed; NOT_ADJUSTABLE for
 *   families whose usage isn't the service provider's to report, and 90 days after the order was closed first
 */
export function openAdjustment(
  portal: AdjustPortal,
  { caller, orderId, reason, now }: AdjustmentAsked,
): Promise<BillingOrder> {
  return committed(portal, 'The order', async () => {
    const order = await ownOrder(portal, caller, 'adjustBillingOrder', orderId);
    refuseSealed(order);
    movedBy(order, 'adjust', 'SERVICE_PROVIDER');
    const found = await portal.contracts.get(order.contractId);
    const refused = found ? refuseAdjustment(order, found.contract.listing.familyType, dateOf(now)) : 'FAMILY';
    if (refused === 'FAMILY')
      throw new PortalError('NOT_ADJUSTABLE', 'Orders of this product family are not adjusted by the service provider');
    if (refused === 'TOO_LATE')
      throw new PortalError('NOT_ADJUSTABLE', `The order could be adjusted until ${lastDayToAdjust(order)}`);
    const lineSet = portal.newId();
    const after = adjusted(order, lineSet);
    await portal.billingOrders.putLines(order.id, lineSet, await portal.billingOrders.linesOf(order.id, order.lineSet));
    const move = { actor: caller.userId, organizationId: caller.organizationId, now, action: 'adjust', reason };
    const changes = [...orderChanged(portal, order, after, move), ...forfeitAgain(portal, found?.contract, now)];
    return { changes, result: after };
  });
}

/** What an adjustment gives back of an ended contract's prepayment is forfeited as the rest was: it is looked at anew. */
function forfeitAgain(portal: AdjustPortal, contract: Contract | undefined, now: Date): Change[] {
  if (!contract || !awaitsForfeit(contract) || contract.reviewOn !== undefined) return [];
  return [portal.contracts.changed({ ...contract, reviewOn: addDays(dateOf(now), 1) }, now)];
}

/** How an adjustment comes to nothing, and by whom. */
const ENDINGS = {
  withdraw: { action: 'withdrawAdjustment', by: 'SERVICE_PROVIDER' },
  reject: { action: 'rejectAdjustment', by: 'VENDOR' },
} as const satisfies Record<string, { action: ActionName; by: BillingOrderActor }>;

/**
 * Ends an open adjustment: withdrawn by the service provider, or rejected by the vendor. The order is closed again as it
 * was billed (domain.md §4 "Adjustment").
 * @throws PortalError NOT_FOUND; TRANSITION_NOT_ALLOWED once the vendor has approved, or where none is open
 */
export function endAdjustment(
  portal: AdjustPortal,
  verb: keyof typeof ENDINGS,
  { caller, orderId, reason, now }: AdjustmentAsked,
): Promise<BillingOrder> {
  return committed(portal, 'The order', async () => {
    const order = await ownOrder(portal, caller, ENDINGS[verb].action, orderId);
    refuseSealed(order);
    refuseOriginal(order);
    movedBy(order, verb, ENDINGS[verb].by);
    const after = closedAgain(order, await billedUsage(portal, order));
    const { userId: actor, organizationId } = caller;
    const move = { actor, organizationId, now, action: verb, reason };
    return { changes: await changedAndTold(portal, order, after, move), result: after };
  });
}

/**
 * The vendor approves an adjustment: the next close credits the invoice and bills the order anew.
 * @throws PortalError NOT_FOUND; TRANSITION_NOT_ALLOWED
 */
export function approveAdjustment(portal: AdjustPortal, asked: AdjustmentAsked): Promise<BillingOrder> {
  const { caller, orderId, reason, now } = asked;
  return committed(portal, 'The order', async () => {
    const order = await ownOrder(portal, caller, 'approveAdjustment', orderId);
    refuseOriginal(order);
    const after: BillingOrder = { ...order, status: movedBy(order, 'approve', 'VENDOR') };
    const { userId: actor, organizationId } = caller;
    const move = { actor, organizationId, now, action: 'approve', reason };
    return { changes: await changedAndTold(portal, order, after, move), result: after };
  });
}

/**
 * Closes an order again whose adjustment nobody has touched for 30 days (domain.md §4 "Adjustment").
 * @returns whether it has lapsed by this call
 */
export function lapseAdjustment(portal: AdjustPortal, orderId: string, now: Date): Promise<boolean> {
  return committed(portal, 'The order', async () => {
    const [order] = await portal.billingOrders.getMany([orderId]);
    const due = order && lapsesOn(order);
    if (!order || due === undefined || due > dateOf(now) || order.sealedBy !== undefined)
      return { changes: [], result: false };
    const after = closedAgain(order, await billedUsage(portal, order));
    const reason = 'Nobody has touched the adjustment for 30 days';
    const move = { actor: 'SYSTEM', organizationId: order.serviceProviderId, now, action: 'lapse', reason };
    return { changes: await changedAndTold(portal, order, after, move), result: true };
  });
}

async function changedAndTold(
  portal: AdjustPortal,
  before: BillingOrder,
  after: BillingOrder,
  move: OrderMove,
): Promise<Change[]> {
  return [...orderChanged(portal, before, after, move), ...(await orderTold(portal, after, move))];
}

async function billedUsage(portal: AdjustPortal, { id, usagePeriod, billed }: BillingOrder) {
  const lines = billed ? await portal.billingOrders.linesOf(id, billed.lineSet) : [];
  return heldUsage(usagePeriod, lines, await tiersOf(portal));
}

function refuseOriginal(order: BillingOrder): void {
  if (!isAdjusted(order)) throw new PortalError('TRANSITION_NOT_ALLOWED', 'No adjustment of the order is open');
}

function movedBy(order: BillingOrder, verb: string, by: BillingOrderActor): BillingOrderStatus {
  const moved = moveOrder(order, verb, by);
  if (moved.ok) return moved.to;
  throw new PortalError('TRANSITION_NOT_ALLOWED', `The order is ${order.status}: ${verb} is not possible now`);
}
