import { addDays, dateOf, type PlainDate } from '../domain/calendar/period.ts';
import { Faults } from '../domain/contract-request/checks.ts';
import { readHosts, renewedUntil } from '../domain/subscription/check-order.ts';
import { type CommitmentTerm, lastDayOf } from '../domain/subscription/host-commitment.ts';
import { SUBSCRIPTION_TRANSITIONS, type SubscriptionVerb, subscriptionStatus } from '../domain/subscription/status.ts';
import type { Subscription } from '../domain/subscription/subscription.ts';
import { transition } from '../domain/transitions.ts';
import type { Caller } from './caller.ts';
import { commitHosts, commitmentMade } from './commit-hosts.ts';
import { committed } from './committed.ts';
import { PortalError } from './errors.ts';
import { type IfMatch, refuseOtherVersion } from './if-match.ts';
import type { ContractWithRevisions } from './ports/contracts.ts';
import type { Portal } from './ports/portal.ts';
import { ownSubscription } from './read-subscriptions.ts';
import { contractStatusRefusal, notValid } from './requested-change.ts';
import { type SubscriptionPortal, subscriptionChanged } from './subscription-changed.ts';

type ChangePortal = SubscriptionPortal &
  Pick<Portal, 'units' | 'contracts' | 'catalogue' | 'feedHeads' | 'meteredMonths'>;

/** Who changes which subscription. */
export type SubscriptionChange = {
  caller: Caller;
  subscriptionId: string;
  now: Date;
  ifMatch: IfMatch;
  reason?: string | undefined;
};

/** For how long it is renewed: months on demand, or a commitment. */
export type Renewal = { termMonths?: number | undefined; commitment?: CommitmentTerm | undefined };

/**
 * Changes how much is subscribed, from now on.
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; TRANSITION_NOT_ALLOWED; SUBSCRIPTION_TERM while it is committed;
 *   BAD_REQUEST; CHANGED_MEANWHILE
 */
export function amendSubscription(
  portal: ChangePortal,
  change: SubscriptionChange & { quantity: string },
): Promise<Subscription> {
  return changed(portal, change, 'amend', async ({ subscription, charged, today }) => {
    refuseCommitted(subscription, charged, today);
    const faults = new Faults();
    const checked = faults.answer(readHosts(faults, change.quantity));
    if (!checked.ok) throw notValid(checked.errors);
    return { ...subscription, quantity: checked.value };
  });
}

/**
 * Renews a subscription before it ends: the new term follows the last day there was.
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; TRANSITION_NOT_ALLOWED; CONTRACT_STATUS; SUBSCRIPTION_TERM where it has no
 *   end, or the contract ends before; NOT_PRICED; CHANGED_MEANWHILE
 */
export function renewSubscription(portal: ChangePortal, change: SubscriptionChange & Renewal): Promise<Subscription> {
  const { termMonths, commitment } = change;
  return changed(portal, change, 'renew', async ({ subscription, charged }) => {
    const { until } = subscription;
    if (charged.contract.status !== 'ACTIVE') throw contractStatusRefusal(charged.contract);
    if (until === undefined) {
      throw new PortalError('SUBSCRIPTION_TERM', 'The subscription has no end: there is nothing to renew');
    }
    if (commitment) return commitHosts(portal, charged, subscription, commitment, addDays(until, 1));
    return { ...subscription, until: renewedUntil(until, termMonths ?? 1) };
  });
}

/**
 * Cancels a subscription: today is its last day.
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; TRANSITION_NOT_ALLOWED; SUBSCRIPTION_TERM while it is committed;
 *   CHANGED_MEANWHILE
 */
export function cancelSubscription(portal: ChangePortal, change: SubscriptionChange): Promise<Subscription> {
  return changed(portal, change, 'cancel', async ({ subscription, charged, today }) => {
    refuseCommitted(subscription, charged, today);
    return { ...subscription, cancelled: true, until: today };
  });
}

type Changing = { subscription: Subscription; charged: ContractWithRevisions; today: PlainDate };

const ACTIONS: Readonly<Record<SubscriptionVerb, string>> = {
  amend: 'amendSubscription',
  renew: 'renewSubscription',
  cancel: 'cancelSubscription',
};

function changed(
  portal: ChangePortal,
  { caller, subscriptionId, now, ifMatch, reason }: SubscriptionChange,
  verb: SubscriptionVerb,
  after: (changing: Changing) => Promise<Subscription>,
): Promise<Subscription> {
  return committed(portal, 'The subscription', async () => {
    const before = await ownSubscription(portal, caller, 'orderSubscriptions', subscriptionId);
    refuseOtherVersion(before.version, ifMatch);
    const today = dateOf(now);
    const status = subscriptionStatus(before, today);
    const moved = transition(SUBSCRIPTION_TRANSITIONS, status, verb, 'SERVICE_PROVIDER');
    if (!moved.ok) {
      throw new PortalError('TRANSITION_NOT_ALLOWED', `The subscription is ${status}: ${verb} is not possible then`);
    }
    const [feed, charged] = await Promise.all([
      portal.feedHeads.version(before.contractId),
      portal.contracts.get(before.contractId),
    ]);
    if (!charged) throw new Error(`contract ${before.contractId} of a subscription does not exist`);
    const subscription = await after({ subscription: before, charged, today });
    const move = { actor: caller.userId, organizationId: caller.organizationId, now, action: ACTIONS[verb], reason };
    const isCommitted = subscription.commitments !== before.commitments;
    const changes = [
      ...subscriptionChanged(portal, before, subscription, move),
      portal.contracts.unchanged(charged.contract),
      ...(isCommitted ? commitmentMade(portal, charged.contract, subscription, { feed, now }) : []),
    ];
    return { changes, result: { ...subscription, version: before.version + 1, lastModifiedTime: now.toISOString() } };
  });
}

/** What is committed runs to its end as it was ordered. */
function refuseCommitted(
  { commitments }: Subscription,
  { contract: { anniversary } }: ContractWithRevisions,
  today: PlainDate,
): void {
  const latest = commitments.at(-1);
  const until = latest && anniversary && lastDayOf(latest, anniversary);
  if (!until || until < today) return;
  throw new PortalError('SUBSCRIPTION_TERM', `The subscription is committed until ${until}: order another beside it`);
}
