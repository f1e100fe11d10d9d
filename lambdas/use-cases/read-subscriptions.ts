import { dateOf } from '../domain/calendar/period.ts';
import { subscriptionStatus } from '../domain/subscription/status.ts';
import type { Subscription } from '../domain/subscription/subscription.ts';
import type { ActionName } from '../manifest/actions.ts';
import type { Caller } from './caller.ts';
import type { ListQuery, Page } from './lists/definition.ts';
import { compileList } from './lists/list.ts';
import { SUBSCRIPTION_LIST } from './lists/subscription-list.ts';
import type { Portal } from './ports/portal.ts';
import type { SubscriptionRow } from './ports/subscriptions.ts';
import { type HistoryEntry, historyFor } from './read-order-history.ts';
import { seenBy } from './scope.ts';
import { subscriptionSubject } from './subscription-changed.ts';

/**
 * The subscription of that id, if the caller may know of it.
 * @throws PortalError NOT_FOUND
 */
export async function ownSubscription(
  portal: Pick<Portal, 'subscriptions'>,
  caller: Caller,
  action: ActionName,
  id: string,
): Promise<Subscription> {
  return seenBy(caller, action, await portal.subscriptions.get(id), `There is no subscription ${id}`);
}

/** Subscriptions of the caller's organization, to the vendor all. @throws PortalError BAD_REQUEST */
export async function listSubscriptions(
  portal: Pick<Portal, 'subscriptions'>,
  caller: Caller,
  query: ListQuery,
  now: Date,
): Promise<Page<Subscription>> {
  const page = compileList(SUBSCRIPTION_LIST, query);
  const today = dateOf(now);
  const rows = await rowsFor(portal, caller);
  const { content, total } = page(rows.map((row) => ({ ...row, status: subscriptionStatus(row, today) })));
  const found = await portal.subscriptions.getMany(content.map(({ id }) => id));
  const byId = new Map(found.filter((each) => isOf(caller, each)).map((each) => [each.id, each]));
  return { content: content.flatMap(({ id }) => byId.get(id) ?? []), total };
}

function rowsFor(
  { subscriptions }: Pick<Portal, 'subscriptions'>,
  { organizationId, organizationType }: Caller,
): Promise<readonly SubscriptionRow[]> {
  if (organizationType === 'VENDOR') return subscriptions.all();
  return organizationType === 'AGGREGATOR'
    ? subscriptions.ofAggregator(organizationId)
    : subscriptions.ofServiceProvider(organizationId);
}

function isOf({ organizationId, organizationType }: Caller, of: Subscription): boolean {
  if (organizationType === 'VENDOR') return true;
  return organizationId === (organizationType === 'AGGREGATOR' ? of.aggregatorId : of.serviceProviderId);
}

/** A subscription and what has happened to it, oldest first. @throws PortalError NOT_FOUND */
export async function findSubscription(
  portal: Pick<Portal, 'subscriptions' | 'audit'>,
  caller: Caller,
  id: string,
): Promise<{ subscription: Subscription; history: HistoryEntry[] }> {
  const subscription = await ownSubscription(portal, caller, 'readSubscriptions', id);
  const entries = await portal.audit.ofSubject(subscriptionSubject(id));
  entries.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { subscription, history: historyFor(caller, subscription, entries) };
}
