import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import type { OrganizationType } from '../domain/organization/organization.ts';
import type { Caller } from './caller.ts';
import type { ListQuery, Page } from './lists/definition.ts';
import { compileList } from './lists/list.ts';
import { ORDER_HISTORY_LIST } from './lists/order-history-list.ts';
import { orderSubject } from './order-changed.ts';
import { ownOrder } from './own-order.ts';
import type { AuditEntry } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import { refusePart } from './scope.ts';

/** Something that has happened to an order. */
export type HistoryEntry = Pick<AuditEntry, 'id' | 'time' | 'action' | 'from' | 'to' | 'reason'> & {
  /** Whose people did it. */
  party: OrganizationType | 'SYSTEM';
  /** Id of the user; of the caller's own organization only, the vendor's people see all. */
  actor?: string;
};

/** With the name that the user has now, or the address where there is none; whoever may read a history need not read users. */
export type NamedHistoryEntry = HistoryEntry & { actorName?: string };

const SYSTEM = 'SYSTEM';

/**
 * What has happened to an order: by whom, when and why, from its audit trail. Whoever has to do with it sees all of it; who
 * of another organization did it is that organization's own business.
 *
 * @throws PortalError NOT_FOUND; BAD_REQUEST
 */
export async function readOrderHistory(
  portal: Pick<Portal, 'billingOrders' | 'audit' | 'users'>,
  caller: Caller,
  orderId: string,
  query: ListQuery,
): Promise<Page<NamedHistoryEntry>> {
  const order = await ownOrder(portal, caller, 'readOrders', orderId);
  refusePart(caller, order.contractId);
  const page = compileList(ORDER_HISTORY_LIST, query);
  const { content, total } = page(historyFor(caller, order, await portal.audit.ofSubject(orderSubject(orderId))));
  const names = await namesOf(portal, new Set(content.flatMap(({ actor }) => (actor === undefined ? [] : [actor]))));
  return { content: content.map((entry) => named(entry, names)), total };
}

async function namesOf(portal: Pick<Portal, 'users'>, ids: ReadonlySet<string>): Promise<Map<string, string>> {
  const users = await Promise.all([...ids].map((id) => portal.users.get(id)));
  return new Map(
    users.flatMap((user) => (user ? [[user.id, `${user.firstName} ${user.lastName}`.trim() || user.email]] : [])),
  );
}

function named(entry: HistoryEntry, names: ReadonlyMap<string, string>): NamedHistoryEntry {
  const actorName = entry.actor === undefined ? undefined : names.get(entry.actor);
  return { ...entry, ...(actorName !== undefined && { actorName }) };
}

type Parties = Pick<BillingOrder, 'serviceProviderId' | 'aggregatorId'>;

/** Entries of a thing of two parties as one of them, or the vendor, is told them. */
export function historyFor(caller: Caller, parties: Parties, entries: readonly AuditEntry[]): HistoryEntry[] {
  return entries.map(({ subject: _subject, organizationId, actor, ...entry }): HistoryEntry => {
    const party = actor === SYSTEM ? SYSTEM : partyOf(parties, organizationId);
    const isTold =
      party !== SYSTEM && (caller.organizationType === 'VENDOR' || organizationId === caller.organizationId);
    return { ...entry, party, ...(isTold && { actor }) };
  });
}

function partyOf({ serviceProviderId, aggregatorId }: Parties, organizationId: string): OrganizationType {
  if (organizationId === serviceProviderId) return 'SERVICE_PROVIDER';
  return organizationId === aggregatorId ? 'AGGREGATOR' : 'VENDOR';
}
