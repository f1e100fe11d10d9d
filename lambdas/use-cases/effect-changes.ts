import { moveOrder } from '../domain/billing-order/move.ts';
import type { Period } from '../domain/calendar/period.ts';
import type { Effect } from '../domain/contract-request/apply.ts';
import { postToLedger } from '../domain/prepayment/ledger.ts';
import { commitmentsEnd } from './move-due-commitments.ts';
import { newOrder, orderCreated } from './new-order.ts';
import { orderChanged } from './order-changed.ts';
import { initialLicenses } from './order-licenses.ts';
import type { Change } from './ports/changes.ts';
import type { MonthState } from './ports/contract-months.ts';
import type { Portal } from './ports/portal.ts';
import { requestRecorded } from './request-recorded.ts';

export type EffectPortal = Pick<
  Portal,
  | 'audit'
  | 'outbox'
  | 'notices'
  | 'organizations'
  | 'contracts'
  | 'contractRequests'
  | 'contractMonths'
  | 'prepayments'
  | 'billingOrders'
  | 'oneOffOrders'
  | 'customerCommitments'
>;

/** Who causes an effect and when, and what of it isn't stored yet. */
export type Effecting = {
  /** User id, "SYSTEM" for the daily job. */
  actor: string;
  now: Date;
  /** Where contract or request are new: they are created instead of changed. */
  made?: { contract?: boolean; request: { action: string; reason?: string } };
  /** How the months it touches stand for the contract; OPEN unless told. */
  months?: ReadonlyMap<Period, MonthState>;
};

/**
 * What a request does on its effective date, as changes of one transaction: contract, next revision, request, the
 * prepayment's credit, billing orders of the months that have begun, the order of a new contract's licences, the audit entry
 * and the event. Other open requests of
 * a contract that has ended are not stopped by it.
 *
 * The commit is refused when somebody else has changed contract, request or ledger meanwhile (load again, decide again),
 * and when one of the months it touches doesn't stand as given any more: nothing of a frozen month is changed.
 */
export async function effectChanges(
  portal: EffectPortal,
  effect: Effect,
  { actor, now, made, months }: Effecting,
): Promise<Change[]> {
  const { contract, request, revision } = effect;
  const stateOf = (period: Period): Exclude<MonthState, 'FROZEN'> =>
    months?.get(period) === 'SET_ASIDE' ? 'SET_ASIDE' : 'OPEN';
  const opened = [...effect.months, ...(await settlementOrder(portal, effect))];
  // The order of the next period is made from the roster of the running one, which must not have been handed on yet.
  const isHandedOn = effect.goesOn && !opened.includes(effect.running);
  const others = effect.touched.filter(
    (period) => !opened.includes(period) && !(isHandedOn && period === effect.running),
  );
  const moved = { actor, now, ...(made?.request ?? takenEffect(effect)) };
  return [
    ...(made?.contract
      ? portal.contracts.created(contract, revision ? [revision] : [])
      : [portal.contracts.changed(contract, now), ...(revision ? [portal.contracts.revisionAdded(revision)] : [])]),
    made ? portal.contractRequests.created(request) : portal.contractRequests.changed(request),
    ...requestRecorded(portal, request, made ? 1 : request.version + 1, moved),
    ...(request.payload.type === 'CREATE' ? [activeTold(portal, contract, now)] : []),
    ...(await creditChanges(portal, effect)),
    // A contract that is taken over has had them.
    ...(request.payload.type === 'CREATE' && !request.swapsWith ? await initialLicenses(portal, contract, now) : []),
    ...opened.flatMap((period) =>
      orderCreated(portal, contract, newOrder(contract, period, now, effect.running), now, stateOf(period)),
    ),
    ...others.map((period) => portal.contractMonths.still(contract.id, period, stateOf(period))),
    ...(await cancelled(portal, effect, actor, now)),
    ...effect.countedAnew.map((period) => portal.contracts.bearsOn(contract, period, now)),
    // Of one that goes on at another aggregator they go along.
    ...(effect.ended && !request.swapsWith ? commitmentsEnd(portal, contract, now) : []),
    ...(isHandedOn ? [portal.contractMonths.stillRuns(contract.id, effect.running)] : []),
  ];
}

/** The mail to the service provider of a contract that has begun. */
function activeTold(
  portal: Pick<Portal, 'notices'>,
  { id: contractId, contractNumber, serviceProviderId: recipientId, bolDate }: Effect['contract'],
  now: Date,
): Change {
  const about = { contractId, contractNumber, bolDate };
  const id = `ContractActive#${contractId}`;
  return portal.notices.queued({ id, time: now.toISOString(), recipientId, kind: 'CONTRACT_ACTIVE', ...about });
}

function takenEffect({ dueOn, request }: Effect) {
  const late = dueOn && `It was due on ${dueOn}, in a month that is frozen: it acts from ${request.effectiveDate}`;
  return { action: 'takeEffect', from: 'PENDING_EFFECTIVE_DATE', ...(late && { reason: late }) } as const;
}

/**
 * Orders of months in which a contract that has ended has no day any more, made before its end was known, are cancelled by the
 * system. One that carries late usage of other months stays: nothing but that is billed on it.
 */
async function cancelled(
  portal: EffectPortal,
  { contract, dropped }: Effect,
  actor: string,
  now: Date,
): Promise<Change[]> {
  if (dropped.length === 0) return [];
  const orders = await portal.billingOrders.ofContract(contract.id, dropped);
  return orders.flatMap((order) => {
    const moved = moveOrder(order, 'cancel', 'SYSTEM');
    if (!moved.ok || order.sealedBy !== undefined || order.held.arrearsPeriods.length > 0) return [];
    const reason = `The contract ended on ${contract.eolDate}, before ${order.usagePeriod}`;
    const move = { actor, organizationId: order.serviceProviderId, now, action: 'cancel', reason };
    return orderChanged(portal, order, { ...order, status: moved.to }, move);
  });
}

/** The month whose order bills a settlement, where it has none yet. */
async function settlementOrder(portal: EffectPortal, { contract, settledIn }: Effect): Promise<Period[]> {
  if (settledIn === undefined) return [];
  const orders = await portal.billingOrders.ofContract(contract.id, [settledIn]);
  return orders.length === 0 ? [settledIn] : [];
}

async function creditChanges(portal: EffectPortal, { contract, credit }: Effect): Promise<Change[]> {
  if (!credit) return [];
  const post = postToLedger(await portal.prepayments.balance(contract.id), credit);
  if (!post.ok) throw new Error(`the credit of contract ${contract.contractNumber} is negative`);
  return portal.prepayments.posted(post.entry, post.balance);
}
