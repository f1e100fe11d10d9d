import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { BILLING_ORDER_TRANSITIONS, type BillingOrderStatus } from '../domain/billing-order/status.ts';
import { isBilledExternally } from '../domain/charging/charge-external.ts';
import type { CloseRun } from '../domain/close/run.ts';
import { hasBillingOrder } from '../domain/contract/order-months.ts';
import { transition } from '../domain/transitions.ts';
import type { UsageLine } from '../domain/usage/usage-line.ts';
import { RetryableError } from './errors.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import type { Cause } from './set-aside.ts';
import { type CutoffPortal, holdUsageBack, usageAtCutoff } from './usage-at-cutoff.ts';

export type SealPortal = CutoffPortal & Pick<Portal, 'units'>;

export type Sealed =
  | {
      state: 'SEALED';
      order: BillingOrder;
      /** The lines it is billed with, where they are not those of its set: of a dry run, which holds nothing back. */
      lines?: readonly UsageLine[];
      /** Id of the order that carries what the cutoff has just held back. */
      heldBackBy?: string;
    }
  /** Closed meanwhile, by an earlier run that went on: nothing is left to do. */
  | { state: 'CLOSED' }
  | { state: 'REFUSED'; cause: Cause };

const ATTEMPTS = 8;

/**
 * Seals an order for a run, moving it on first where the cutoff has to (domain.md §3 "At cutoff"); one that nobody has
 * opened is opened and moved on at once, so that nothing billable is passed over. What the programme's policy holds back of
 * its usage goes on a later order in the transaction that seals it.
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
    const moves = movesAtCutoff(order);
    if (!moves) return refused('ORDER_NOT_BILLABLE', `The order is ${order.status} now`);
    const atCutoff = await usageAtCutoff(portal, order);
    const { order: billed, changes: carried } = await holdUsageBack(portal, atCutoff);
    const changes = [...cutoffChanges(portal, run, billed, moves, atCutoff.how), ...carried];
    if (await isReportMissed(portal, order, moves)) {
      changes.push(portal.contracts.delinquencyChanged(order.contractId, true));
    }
    const result = await portal.units.commit(changes);
    if (result.ok) {
      const heldBackBy = atCutoff.heldBack?.by.order.id;
      return {
        state: 'SEALED',
        order: { ...billed, status: 'PENDING_VENDOR', sealedBy: run.name, version: order.version + 1 },
        ...(heldBackBy !== undefined && { heldBackBy }),
      };
    }
  }
  throw new RetryableError(`order ${orderId} is being changed again and again while it is sealed`);
}

function refused(code: string, reason: string): Sealed {
  return { state: 'REFUSED', cause: { code, reason } };
}

type Move = { verb: 'open' | 'cutOff'; from: BillingOrderStatus; to: BillingOrderStatus };

/** Whether the cutoff moves an order on. */
export const isCutOff = (order: BillingOrder): boolean =>
  order.sealedBy === undefined && (movesAtCutoff(order) ?? []).length > 0;

/** The system's moves that bring an order to `PENDING_VENDOR`; undefined where there are none. */
function movesAtCutoff({ status, billed }: BillingOrder): Move[] | undefined {
  if (billed) return undefined;
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

function cutoffChanges(
  portal: SealPortal,
  run: CloseRun,
  order: BillingOrder,
  moves: readonly Move[],
  how: string,
): Change[] {
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
        reason: `The cutoff of ${order.usagePeriod} has passed: ${how}`,
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
