import { addDays, type Period, type PlainDate, periodOf, periodsFromTo } from '../domain/calendar/period.ts';
import { periodAt } from '../domain/contract/billing-period.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { awaitsForfeit, dueLifeCycle } from '../domain/contract/life-cycle.ts';
import { hasBillingOrder, lastBilledDay } from '../domain/contract/order-months.ts';
import type { ContractRequest } from '../domain/contract-request/request.ts';
import { forfeitOf } from '../domain/prepayment/forfeit.ts';
import { postToLedger } from '../domain/prepayment/ledger.ts';
import { contractMoved } from './contract-moved.ts';
import type { Change } from './ports/changes.ts';
import type { Notice } from './ports/messages.ts';
import type { Portal } from './ports/portal.ts';
import { openRequestsStopped } from './stop-requests.ts';

export type ReviewPortal = Pick<
  Portal,
  | 'clock'
  | 'audit'
  | 'outbox'
  | 'notices'
  | 'contracts'
  | 'contractRequests'
  | 'prepayments'
  | 'billingOrders'
  | 'closes'
>;

/** `on`: the day the contract is looked at as of; `today`: the day it is done, later where days were missed. */
export type ReviewDays = { on: PlainDate; today: PlainDate };

/**
 * What time alone brings about on a contract, as changes of one transaction: alerts before its end, grace, expiry with the
 * stop of its open requests, the forfeit of a balance (domain.md §4 "Contract", §5 "PRE-PAY").
 *
 * @param requests all of the contract
 */
export async function reviewChanges(
  portal: ReviewPortal,
  contract: Contract,
  requests: readonly ContractRequest[],
  { on, today }: ReviewDays,
): Promise<Change[]> {
  if (awaitsForfeit(contract)) return forfeitChanges(portal, contract, today);
  const now = portal.clock();
  const life = dueLifeCycle(contract, on);
  const { reviewOn: _before, ...rest } = contract;
  const after: Contract = {
    ...rest,
    status: life.status,
    ...(life.reviewOn === undefined ? {} : { reviewOn: life.reviewOn }),
  };
  const last = life.steps.at(-1);
  const moved = last
    ? contractMoved(portal, after, { actor: 'SYSTEM', now, action: last.verb, from: contract.status })
    : [portal.contracts.changed(after, now)];
  const stopped = life.ended ? requests : [];
  const alerts = life.alertDays === undefined ? [] : alertsOf(contract, life.alertDays, today, now);
  return [
    ...moved,
    ...openRequestsStopped(portal, stopped, { actor: 'SYSTEM', now, reason: 'The contract has expired' }),
    ...alerts.map((notice) => portal.notices.queued(notice)),
  ];
}

/** None when the end has passed by the day that the alert would go out. */
function alertsOf(contract: Contract, days: number, today: PlainDate, now: Date): Notice[] {
  const { id: contractId, contractNumber, eolDate, aggregatorId, serviceProviderId } = contract;
  if (eolDate === undefined || eolDate < today) return [];
  return [aggregatorId, serviceProviderId].map((recipientId) => ({
    id: `CONTRACT_EXPIRING#${contractId}#${eolDate}#${days}#${recipientId}`,
    kind: 'CONTRACT_EXPIRING',
    time: now.toISOString(),
    recipientId,
    contractId,
    contractNumber,
    eolDate,
  }));
}

async function forfeitChanges(portal: ReviewPortal, contract: Contract, today: PlainDate): Promise<Change[]> {
  const now = portal.clock();
  const [balance, unbilled] = await Promise.all([
    portal.prepayments.balance(contract.id),
    hasUnbilledOrders(portal, contract, today),
  ]);
  const forfeit = forfeitOf(contract, balance, unbilled);
  if (!forfeit.settled) return [portal.contracts.changed({ ...contract, reviewOn: addDays(today, 1) }, now)];
  const { reviewOn: _none, ...after } = contract;
  const { status: from } = contract;
  const changes = contractMoved(portal, after, { actor: 'SYSTEM', now, action: 'settlePrepayment', from });
  if (!forfeit.movement) return changes;
  const post = postToLedger(balance, forfeit.movement);
  if (!post.ok) throw new Error(`the forfeit of contract ${contract.contractNumber} exceeds its balance`);
  return [...changes, ...portal.prepayments.posted(post.entry, post.balance)];
}

const DONE: ReadonlySet<string> = new Set(['CLOSED', 'CANCELLED']);

/**
 * Whether an order of an ended contract is still to be billed, also one after its end that carries late usage alone; that of
 * its last month may not have been made yet.
 */
async function hasUnbilledOrders(portal: ReviewPortal, contract: Contract, today: PlainDate): Promise<boolean> {
  const last = monthsWithOrders(contract).at(-1);
  if (!last) return false;
  const orders = await portal.billingOrders.ofContract(
    contract.id,
    periodsFromTo(periodOf(contract.bolDate), periodOf(today)),
  );
  if (orders.some(({ status }) => !DONE.has(status))) return true;
  return !orders.some(({ usagePeriod }) => usagePeriod === last) && (await portal.closes.get(last)) === undefined;
}

function monthsWithOrders(contract: Contract): Period[] {
  const last = periodAt(contract.anniversary, lastBilledDay(contract) ?? contract.bolDate);
  return periodsFromTo(periodOf(contract.bolDate), last).filter((of) => hasBillingOrder(contract, of));
}
