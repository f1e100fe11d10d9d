import type { VeloOrder } from '../domain/velo-order/velo-order.ts';
import type { ActionName } from '../manifest/actions.ts';
import type { Caller } from './caller.ts';
import type { ListQuery, Page } from './lists/definition.ts';
import { compileList } from './lists/list.ts';
import { VELO_ORDER_LIST } from './lists/velo-order-list.ts';
import type { Portal } from './ports/portal.ts';
import { type HistoryEntry, historyFor } from './read-order-history.ts';
import { seenBy } from './scope.ts';
import { veloOrderSubject } from './velo-order-changed.ts';

type ReadPortal = Pick<Portal, 'veloOrders' | 'audit'>;

/**
 * The VeloCloud order of that id, if the caller may know of it.
 * @throws PortalError NOT_FOUND
 */
export async function ownVeloOrder(
  portal: Pick<Portal, 'veloOrders'>,
  caller: Caller,
  action: ActionName,
  id: string,
): Promise<VeloOrder> {
  const [order] = await portal.veloOrders.getMany([id]);
  return seenBy(caller, action, order, `There is no VeloCloud order ${id}`);
}

/** VeloCloud orders on all contracts of the caller's organization, of the vendor all there are. @throws PortalError BAD_REQUEST */
export async function listVeloOrders(portal: ReadPortal, caller: Caller, query: ListQuery): Promise<Page<VeloOrder>> {
  const page = compileList(VELO_ORDER_LIST, query);
  const { content, total } = page(await rowsOf(portal, caller));
  const orders = await portal.veloOrders.getMany(content.map(({ id }) => id));
  const byId = new Map(orders.map((order) => [order.id, order]));
  return { content: content.flatMap(({ id }) => byId.get(id) ?? []), total };
}

function rowsOf({ veloOrders }: ReadPortal, { organizationId, organizationType }: Caller) {
  if (organizationType === 'VENDOR') return veloOrders.ofProgramme();
  return organizationType === 'AGGREGATOR'
    ? veloOrders.ofAggregator(organizationId)
    : veloOrders.ofServiceProvider(organizationId);
}

/** A VeloCloud order and what has happened to it, oldest first. @throws PortalError NOT_FOUND */
export async function findVeloOrder(
  portal: ReadPortal,
  caller: Caller,
  id: string,
): Promise<{ order: VeloOrder; history: HistoryEntry[] }> {
  const order = await ownVeloOrder(portal, caller, 'readVeloOrders', id);
  const entries = await portal.audit.ofSubject(veloOrderSubject(id));
  return {
    order,
    history: historyFor(
      caller,
      order,
      entries.sort((a, b) => (a.id < b.id ? -1 : 1)),
    ),
  };
}
