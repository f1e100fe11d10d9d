import type { Effect } from '../domain/contract-request/apply.ts';
import { postToLedger } from '../domain/prepayment/ledger.ts';
import { newOrder } from './new-order.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import { requestRecorded } from './request-recorded.ts';

export type EffectPortal = Pick<
  Portal,
  'audit' | 'outbox' | 'contracts' | 'contractRequests' | 'prepayments' | 'billingOrders'
>;

/** What of an effect isn't stored yet, as it takes place in the transaction that makes it. */
export type MadeWith = { contract?: boolean; request?: { action: string; reason?: string } };

/**
 * What a request does on its effective date, as changes of one transaction: contract, next revision, request, the
 * prepayment's credit, billing orders of the months that have begun, the audit entry and the event. Other open requests of
 * a contract that has ended are not stopped by it.
 *
 * The commit is refused when somebody else has changed contract, request or ledger meanwhile (load again, decide again),
 * and when one of the months is frozen or the running one was over meanwhile.
 *
 * @param actor user id of who causes it, "SYSTEM" for the daily job
 * @param made where contract or request are new: they are created instead of changed
 */
export async function effectChanges(
  portal: EffectPortal,
  effect: Effect,
  actor: string,
  now: Date,
  made: MadeWith = {},
): Promise<Change[]> {
  const { contract, request, revision, months, running, goesOn } = effect;
  const moved = {
    actor,
    now,
    ...(made.request ?? ({ action: 'takeEffect', from: 'PENDING_EFFECTIVE_DATE' } as const)),
  };
  return [
    ...(made.contract
      ? portal.contracts.created(contract, revision ? [revision] : [])
      : [portal.contracts.changed(contract, now), ...(revision ? [portal.contracts.revisionAdded(revision)] : [])]),
    made.request ? portal.contractRequests.created(request) : portal.contractRequests.changed(request),
    ...requestRecorded(portal, request, made.request ? 1 : request.version + 1, moved),
    ...(await creditChanges(portal, effect)),
    ...months.flatMap((period) => portal.billingOrders.created(newOrder(contract, period, now, running))),
    // The order of the next period is made from the roster of the running one, which must not have been handed on yet.
    ...(goesOn && !months.includes(running) ? [portal.billingOrders.notOver(contract.id, running)] : []),
  ];
}

async function creditChanges(portal: EffectPortal, { contract, credit }: Effect): Promise<Change[]> {
  if (!credit) return [];
  const post = postToLedger(await portal.prepayments.balance(contract.id), credit);
  if (!post.ok) throw new Error(`the credit of contract ${contract.contractNumber} is negative`);
  return portal.prepayments.posted(post.entry, post.balance);
}
