import type { OneOffOrder } from '../domain/one-off-order/one-off-order.ts';
import type { OneOffOrderStatus } from '../domain/one-off-order/status.ts';
import type { ActionName } from '../manifest/actions.ts';
import type { Caller } from './caller.ts';
import type { ListQuery, Page } from './lists/definition.ts';
import { compileList } from './lists/list.ts';
import { ONE_OFF_ORDER_LIST } from './lists/one-off-order-list.ts';
import { oneOffOrderSubject, VIEW_ENTRY } from './one-off-order-changed.ts';
import type { OneOffOrderRow } from './ports/one-off-orders.ts';
import type { Portal } from './ports/portal.ts';
import { ownContract } from './read-contracts.ts';
import { type HistoryEntry, historyFor } from './read-order-history.ts';
import { seenBy } from './scope.ts';

type ReadPortal = Pick<Portal, 'oneOffOrders' | 'contracts' | 'audit'>;

/**
 * The one-off order of that id, if the caller may know of it.
 * @throws PortalError NOT_FOUND
 */
export async function ownOneOffOrder(
  portal: Pick<Portal, 'oneOffOrders'>,
  caller: Caller,
  action: ActionName,
  orderId: string,
): Promise<OneOffOrder> {
  return seenBy(caller, action, await portal.oneOffOrders.get(orderId), `There is no one-off order ${orderId}`);
}

/** One-off orders of a contract. @throws PortalError NOT_FOUND; BAD_REQUEST */
export async function listContractOneOffOrders(
  portal: ReadPortal,
  caller: Caller,
  contractId: string,
  query: ListQuery,
): Promise<Page<OneOffOrder>> {
  const page = compileList(ONE_OFF_ORDER_LIST, query);
  await ownContract(portal, caller, 'readOneOffOrders', contractId);
  const orders = await portal.oneOffOrders.ofContract(contractId);
  return inOrder(page(orders), orders);
}

/** One-off orders of all contracts of the caller's organization. @throws PortalError BAD_REQUEST */
export async function listOneOffOrders(
  portal: ReadPortal,
  { organizationId, organizationType }: Caller,
  query: ListQuery,
): Promise<Page<OneOffOrder>> {
  const page = compileList(ONE_OFF_ORDER_LIST, query);
  const isAggregator = organizationType === 'AGGREGATOR';
  const { content, total } = page(
    await (isAggregator
      ? portal.oneOffOrders.ofAggregator(organizationId)
      : portal.oneOffOrders.ofServiceProvider(organizationId)),
  );
  const orders = await portal.oneOffOrders.getMany(content.map(({ id }) => id));
  const own = orders.filter((order) => organizationId === order[isAggregator ? 'aggregatorId' : 'serviceProviderId']);
  return inOrder({ content, total }, own);
}

/** One-off orders of the programme in a state, for the vendor. @throws PortalError BAD_REQUEST */
export async function listOneOffOrderQueue(
  portal: ReadPortal,
  status: OneOffOrderStatus,
  query: ListQuery,
): Promise<Page<OneOffOrder>> {
  const page = compileList(ONE_OFF_ORDER_LIST, query);
  const { content, total } = page(await portal.oneOffOrders.inStatus(status));
  return inOrder({ content, total }, await portal.oneOffOrders.getMany(content.map(({ id }) => id)));
}

/** A one-off order and what has happened to it, oldest first. @throws PortalError NOT_FOUND */
export async function findOneOffOrder(
  portal: ReadPortal,
  caller: Caller,
  orderId: string,
): Promise<{ order: OneOffOrder; history: HistoryEntry[] }> {
  const order = await ownOneOffOrder(portal, caller, 'readOneOffOrders', orderId);
  const entries = await portal.audit.ofSubject(oneOffOrderSubject(orderId));
  // Who looks at keys is the service provider's affair, and the vendor's.
  const told = caller.organizationType === 'AGGREGATOR' ? entries.filter(({ id }) => !isView(id)) : entries;
  const sorted = told.sort((a, b) => (a.time < b.time || (a.time === b.time && a.id < b.id) ? -1 : 1));
  return { order, history: historyFor(caller, order, sorted) };
}

const isView = (entryId: string): boolean => entryId.startsWith(VIEW_ENTRY);

function inOrder(
  { content, total }: Page<Pick<OneOffOrderRow, 'id'>>,
  orders: readonly OneOffOrder[],
): Page<OneOffOrder> {
  const byId = new Map(orders.map((order) => [order.id, order]));
  return { content: content.flatMap(({ id }) => byId.get(id) ?? []), total };
}
