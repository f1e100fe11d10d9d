import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { BILLING_ORDER_TRANSITIONS, type BillingOrderStatus } from '../domain/billing-order/status.ts';
import { isBilledExternally } from '../domain/charging/charge-external.ts';
import type { CloseRun } from '../domain/close/run.ts';
import { hasBillingOrder } from '../domain/contract/order-months.ts';
import { transition } from '../domain/transitions.ts';
import { RetryableError } from './errors.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import type { Cause } from './set-aside.ts';

export type SealPortal = Pick<Portal, 'clock' | 'units' | 'audit' | 'billingOrders' | 'contracts'>;

export type Sealed =
  | { state: 'SEALED'; order: BillingOrder }
  /** Closed meanwhile, by an earlier run that went on: nothing is left to do. */
  | { state: 'CLOSED' }
  | { state: 'REFUSED'; cause: Cause };

const ATTEMPTS = 8;

/**
 * Seals an order for a run, moving it on first where the cutoff has to (domain.md §3 "At cutoff"); one that nobody has
 * opened is opened and moved on at once, so that nothing billable is passed over.
 *
 * @throws RetryableError when others keep changing the order
 */
export async function sealOrder(portal: SealPortal, run: CloseRun, orderId: string): Promise<Sealed> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const sealed = await portal.billingOrders.seal(orderId, run.name);
    if (sealed.ok) return { state: 'SEALED', order: sealed.order };
    const { order } = sealed;
    if (!order) return refused('ORDER_MISSING', 'The order does not exist');
    if (order.status === 'CLOSED') return { state: 'CLOSED' };
    const moves = order.billed ? undefined : movesAtCutoff(order.status);
    if (!moves) return refused('ORDER_NOT_BILLABLE', `The order is ${order.status} now`);
    const changes = cutoffChanges(portal, run, order, moves);
    if (await isReportMissed(portal, order, moves)) {
      changes.push(portal.contracts.delinquencyChanged(order.contractId, true));
    }
    const result = await portal.units.commit(changes);
    if (result.ok)
      return {
        state: 'SEALED',
        order: { ...order, status: 'PENDING_VENDOR', sealedBy: run.name, version: order.version + 1 },
      };
  }
  throw new RetryableError(`order ${orderId} is being changed again and again while it is sealed`);
}

function refused(code: string, reason: string): Sealed {
  return { state: 'REFUSED', cause: { code, reason } };
}

type Move = { verb: 'open' | 'cutOff'; from: BillingOrderStatus; to: BillingOrderStatus };

/** The system's moves that bring an order to `PENDING_VENDOR`; undefined where there are none. */
function movesAtCutoff(status: BillingOrderStatus): Move[] | undefined {
  const moves: Move[] = [];
  let from = status;
  for (const verb of ['open', 'cutOff'] as const) {
    const moved = transition(BILLING_ORDER_TRANSITIONS, from, verb, 'SYSTEM');
    if (!moved.ok) continue;
    moves.push({ verb, from, to: moved.to });
    from = moved.to;
  }
  return from === 'PENDING_VENDOR' ? moves : undefined;
}

function cutoffChanges(portal: SealPortal, run: CloseRun, order: BillingOrder, moves: readonly Move[]): Change[] {
  const time = portal.clock().toISOString();
  const changes = [portal.billingOrders.cutOff(order, run.name, portal.clock())];
  for (const { verb, from, to } of moves) {
    changes.push(
      portal.audit.recorded({
        organizationId: order.serviceProviderId,
        subject: `ORDER#${order.id}`,
        id: `${order.revision}#${verb}`,
        time,
        actor: 'SYSTEM',
        action: verb,
        from,
        to,
        reason: `The cutoff of ${order.usagePeriod} has passed: billed as reported`,
      }),
    );
  }
  return changes;
}

/**
 * Whether the service provider has not reported a month it had to: an order of a contract that has ended is there for late
 * usage alone, of which nothing is to be reported; one that another party bills is the system's to submit.
 */
async function isReportMissed(
  portal: SealPortal,
  { contractId, usagePeriod }: BillingOrder,
  moves: readonly Move[],
): Promise<boolean> {
  if (!moves.some(({ from }) => from === 'PENDING_SP')) return false;
  const found = await portal.contracts.get(contractId);
  if (!found || isBilledExternally(found.contract.listing.familyType)) return false;
  return hasBillingOrder(found.contract, usagePeriod);
}
