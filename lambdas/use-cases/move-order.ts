import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { isAdjusted, moveOrder } from '../domain/billing-order/move.ts';
import type { BillingOrderActor, BillingOrderStatus } from '../domain/billing-order/status.ts';
import { isBilledExternally } from '../domain/charging/charge-external.ts';
import type { ActionName } from '../manifest/actions.ts';
import type { Caller } from './caller.ts';
import { committed } from './committed.ts';
import { contractOf } from './contract-of.ts';
import { PortalError } from './errors.ts';
import { type IfMatch, refuseOtherVersion } from './if-match.ts';
import { type OrderMove, orderChanged } from './order-changed.ts';
import { saidWith } from './order-comment.ts';
import { type OrderToldPortal, orderTold } from './order-told.ts';
import { ownOrder, refuseSealed } from './own-order.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';

export type MovePortal = Pick<
  Portal,
  'units' | 'audit' | 'outbox' | 'billingOrders' | 'orderComments' | 'users' | 'contracts' | 'settings'
> &
  OrderToldPortal;

/** Who moves which order, and what is said with it. */
export type OrderMoveRequest = {
  caller: Caller;
  orderId: string;
  now: Date;
  newId: () => string;
  ifMatch?: IfMatch;
  /** A comment that both parties read. */
  comment?: string | undefined;
};

/** One way an order is moved by a person. */
type MoveBy = {
  action: ActionName;
  by: BillingOrderActor;
  /** Its verb in each of the two tables of states; what has none for adjustments isn't done with them. */
  verb: { order: string; adjustment?: string };
};

/** An order as a move makes it, and what goes with it. */
type Moved = Pick<OrderMove, 'through'> & {
  order: BillingOrder;
  changes?: readonly Change[];
  /** For the history, where nothing was said. */
  reason?: string;
};

/**
 * Moves an order by its table of states; two who decide at once have one effect, the other is refused.
 * @param become what the move makes of the order beside its status
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; ORDER_SEALED; TRANSITION_NOT_ALLOWED; CHANGED_MEANWHILE
 */
export function movedOrder(
  portal: MovePortal,
  request: OrderMoveRequest,
  { action, verb, by }: MoveBy,
  become: (order: BillingOrder, to: BillingOrderStatus) => Moved | Promise<Moved>,
): Promise<BillingOrder> {
  const { caller, orderId, now, comment } = request;
  return committed(portal, 'The order', async () => {
    const before = await ownOrder(portal, caller, action, orderId);
    refuseOtherVersion(before.version, request.ifMatch);
    refuseSealed(before);
    if (verb.order !== 'cancel') await refuseMovedBySystem(portal, before);
    const to = statusAfter(before, verb, by);
    const { order, changes = [], reason = comment, through } = await become(before, to);
    const move: OrderMove = {
      actor: caller.userId,
      organizationId: caller.organizationId,
      now,
      action: verbOf(before, verb),
      reason: reason || undefined,
      ...(through && { through }),
    };
    const said = await saidWith(portal, { ...request, content: comment });
    return {
      changes: [
        ...orderChanged(portal, before, order, move),
        ...(await orderTold(portal, order, move)),
        ...said,
        ...changes,
      ],
      result: { ...order, version: before.version + 1, lastModifiedTime: now.toISOString() },
    };
  });
}

/** An order of a contract that another party bills is submitted and approved by the system alone (domain.md §5). */
async function refuseMovedBySystem(portal: MovePortal, { contractId, usagePeriod }: BillingOrder): Promise<void> {
  const { listing } = await contractOf(portal, contractId);
  if (!isBilledExternally(listing.familyType)) return;
  throw new PortalError(
    'TRANSITION_NOT_ALLOWED',
    `The order of ${usagePeriod} is submitted and approved by the system once AWS has billed the month: nobody moves it by hand`,
  );
}

const verbOf = ({ billed }: BillingOrder, { order, adjustment = '' }: MoveBy['verb']): string =>
  billed ? adjustment : order;

function statusAfter(order: BillingOrder, verb: MoveBy['verb'], by: BillingOrderActor): BillingOrderStatus {
  const to = moveOrder(order, verbOf(order, verb), by);
  if (to.ok) return to.to;
  const what = isAdjusted(order) ? 'adjustment' : 'order';
  throw new PortalError(
    'TRANSITION_NOT_ALLOWED',
    `The ${what} of ${order.usagePeriod} is ${order.status}: ${verb.order} is not possible then`,
  );
}
