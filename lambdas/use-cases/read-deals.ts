import type { Deal } from '../domain/deal/deal.ts';
import type { DealStatus } from '../domain/deal/status.ts';
import type { Organization } from '../domain/organization/organization.ts';
import type { ActionName } from '../manifest/actions.ts';
import type { Caller } from './caller.ts';
import { dealSubject } from './deal-changed.ts';
import { DEAL_LIST } from './lists/deal-list.ts';
import type { ListQuery, Page } from './lists/definition.ts';
import { compileList } from './lists/list.ts';
import { ORDER_HISTORY_LIST } from './lists/order-history-list.ts';
import type { Portal } from './ports/portal.ts';
import { type HistoryEntry, historyFor } from './read-order-history.ts';
import { seenBy } from './scope.ts';

type ReadPortal = Pick<Portal, 'deals' | 'organizations'>;

/** A deal and its parties. */
export type ToldDeal = { deal: Deal; serviceProvider: Organization; aggregator: Organization };

/**
 * The deal of that id, if the caller may know of it.
 * @throws PortalError NOT_FOUND
 */
export async function ownDeal(
  portal: Pick<Portal, 'deals'>,
  caller: Caller,
  action: ActionName,
  dealId: string,
): Promise<Deal> {
  return seenBy(caller, action, await portal.deals.get(dealId), `There is no deal ${dealId}`);
}

/** Deals that the caller's organization has registered. @throws PortalError BAD_REQUEST */
export async function listDeals(
  portal: ReadPortal,
  { organizationId }: Caller,
  query: ListQuery,
): Promise<Page<ToldDeal>> {
  const page = compileList(DEAL_LIST, query);
  const { content, total } = page(await portal.deals.ofAggregator(organizationId));
  const deals = await inOrder(portal, content);
  return {
    content: await withParties(
      portal,
      deals.filter((deal) => deal.aggregatorId === organizationId),
    ),
    total,
  };
}

/** Deals of the programme in a state, for the vendor. @throws PortalError BAD_REQUEST */
export async function listDealQueue(portal: ReadPortal, status: DealStatus, query: ListQuery): Promise<Page<ToldDeal>> {
  const page = compileList(DEAL_LIST, query);
  const { content, total } = page(await portal.deals.inStatus(status));
  return { content: await withParties(portal, await inOrder(portal, content)), total };
}

/** @throws PortalError NOT_FOUND */
export async function findDeal(portal: ReadPortal, caller: Caller, dealId: string): Promise<ToldDeal> {
  return told(portal, await ownDeal(portal, caller, 'readDeals', dealId));
}

/** What has happened to a deal. @throws PortalError NOT_FOUND; BAD_REQUEST */
export async function readDealHistory(
  portal: Pick<Portal, 'deals' | 'audit'>,
  caller: Caller,
  dealId: string,
  query: ListQuery,
): Promise<Page<HistoryEntry>> {
  const deal = await ownDeal(portal, caller, 'readDeals', dealId);
  const page = compileList(ORDER_HISTORY_LIST, query);
  return page(historyFor(caller, deal, await portal.audit.ofSubject(dealSubject(dealId))));
}

/** A deal with its parties. */
export async function told(portal: Pick<Portal, 'organizations'>, deal: Deal): Promise<ToldDeal> {
  const [only] = await withParties(portal, [deal]);
  return only as ToldDeal;
}

export async function withParties(portal: Pick<Portal, 'organizations'>, deals: readonly Deal[]): Promise<ToldDeal[]> {
  const ids = new Set(deals.flatMap(({ serviceProviderId, aggregatorId }) => [serviceProviderId, aggregatorId]));
  const parties = new Map((await portal.organizations.getMany([...ids])).map((each) => [each.id, each]));
  const partyOf = (id: string): Organization => {
    const party = parties.get(id);
    if (!party) throw new Error(`organization ${id} of a deal does not exist`);
    return party;
  };
  return deals.map((deal) => ({
    deal,
    serviceProvider: partyOf(deal.serviceProviderId),
    aggregator: partyOf(deal.aggregatorId),
  }));
}

async function inOrder(portal: Pick<Portal, 'deals'>, rows: readonly { id: string }[]): Promise<Deal[]> {
  const byId = new Map((await portal.deals.getMany(rows.map(({ id }) => id))).map((deal) => [deal.id, deal]));
  return rows.flatMap(({ id }) => byId.get(id) ?? []);
}
