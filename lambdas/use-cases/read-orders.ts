import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { isPeriod, type Period, period } from '../domain/calendar/period.ts';
import { seesWholeContract } from '../domain/work-group/work-group.ts';
import type { Caller } from './caller.ts';
import { PortalError } from './errors.ts';
import { inParallel } from './in-parallel.ts';
import type { ListQuery, Page } from './lists/definition.ts';
import { requiredValue } from './lists/filter.ts';
import { compileList } from './lists/list.ts';
import { AGGREGATOR_ORDER_LIST, type ListedOrder, PROVIDER_ORDER_LIST, VENDOR_ORDER_LIST } from './lists/order-list.ts';
import { type OrderView, type OrderViewPortal, viewsOf } from './order-view.ts';
import { ownOrder } from './own-order.ts';
import type { OrderRow } from './ports/billing-orders.ts';
import type { ContractRow } from './ports/contracts.ts';
import type { Portal } from './ports/portal.ts';

export type ReadOrdersPortal = OrderViewPortal & Pick<Portal, 'billingOrders'>;

// An aggregator's partitions are 16 queries: a few at once keep the function busy.
const AGGREGATORS_AT_ONCE = 4;

/** Billing orders of the contracts that the caller's organization holds. @throws PortalError BAD_REQUEST */
export async function listAggregatorOrders(
  portal: ReadOrdersPortal,
  caller: Caller,
  query: ListQuery,
): Promise<Page<OrderView>> {
  const { organizationId } = caller;
  const page = compileList(AGGREGATOR_ORDER_LIST, query);
  const { content, total } = page(await rowsOfAggregator(portal, organizationId, periodIn(query)));
  const views = await viewsInOrder(portal, content, (order) => order.aggregatorId === organizationId);
  return { content: views.map((each) => seenView(caller, each)), total };
}

/** Billing orders of the contracts that the caller's organization uses. @throws PortalError BAD_REQUEST */
export async function listProviderOrders(
  portal: ReadOrdersPortal,
  caller: Caller,
  query: ListQuery,
): Promise<Page<OrderView>> {
  const { organizationId } = caller;
  const page = compileList(PROVIDER_ORDER_LIST, query);
  const [rows, contracts] = await Promise.all([
    portal.billingOrders.ofServiceProvider(organizationId),
    portal.contracts.ofServiceProvider(organizationId),
  ]);
  const { content, total } = page(joined(rows, contracts));
  const views = await viewsInOrder(portal, content, (order) => order.serviceProviderId === organizationId);
  return { content: views.map((each) => seenView(caller, each)), total };
}

/**
 * Billing orders of the programme: of a period, of an aggregator, or of both.
 * @throws PortalError BAD_REQUEST, also when neither is named
 */
export async function listVendorOrders(
  portal: ReadOrdersPortal & Pick<Portal, 'organizations'>,
  {
    usagePeriod,
    aggregatorId,
    ...query
  }: ListQuery & { usagePeriod?: Period | undefined; aggregatorId?: string | undefined },
): Promise<Page<OrderView>> {
  const page = compileList(VENDOR_ORDER_LIST, query);
  const of = usagePeriod ?? periodIn(query);
  if (of === undefined && aggregatorId === undefined) {
    throw new PortalError(
      'BAD_REQUEST',
      'The list is of a period or of an aggregator: name usagePeriod, aggregatorId',
      [{ field: 'usagePeriod', message: 'is needed, or aggregatorId' }],
    );
  }
  const aggregators = aggregatorId === undefined ? await allAggregators(portal) : [aggregatorId];
  const rows = await inParallel(aggregators, AGGREGATORS_AT_ONCE, (id) => rowsOfAggregator(portal, id, of));
  const { content, total } = page(rows.flat());
  return { content: await viewsInOrder(portal, content, () => true), total };
}

/** @throws PortalError NOT_FOUND */
export async function findOrder(portal: ReadOrdersPortal, caller: Caller, orderId: string): Promise<OrderView> {
  const [view] = await viewsOf(portal, [await ownOrder(portal, caller, 'readOrders', orderId)]);
  return seenView(caller, view as OrderView);
}

/** Totals add up all of an order: who sees a part of it is told none. */
function seenView({ view }: Caller, { summary, ...rest }: OrderView): OrderView {
  return summary && seesWholeContract(view, rest.order.contractId) ? { ...rest, summary } : rest;
}

async function allAggregators(portal: Pick<Portal, 'organizations'>): Promise<string[]> {
  const organizations = await portal.organizations.rows();
  return organizations.filter(({ type }) => type === 'AGGREGATOR').map(({ id }) => id);
}

async function rowsOfAggregator(
  portal: ReadOrdersPortal,
  aggregatorId: string,
  of: Period | undefined,
): Promise<ListedOrder[]> {
  const [rows, contracts] = await Promise.all([
    portal.billingOrders.ofAggregator(aggregatorId, of),
    portal.contracts.ofAggregator(aggregatorId),
  ]);
  return joined(rows, contracts);
}

/** The period that a filter asks for, so that its orders alone are read. */
function periodIn({ filter = '' }: ListQuery): Period | undefined {
  const value = requiredValue(filter, 'usagePeriod');
  return value !== undefined && isPeriod(value) ? period(value) : undefined;
}

/** What lists show of a contract is what its own row says, which is never behind an order's. */
function joined(rows: readonly OrderRow[], contracts: readonly ContractRow[]): ListedOrder[] {
  const byId = new Map(contracts.map((contract) => [contract.id, contract]));
  return rows.map((row) => {
    const contract = byId.get(row.contractId);
    return contract ? { ...row, contract } : row;
  });
}

async function viewsInOrder(
  portal: ReadOrdersPortal,
  rows: readonly ListedOrder[],
  isOwn: (order: BillingOrder) => boolean,
): Promise<OrderView[]> {
  const found = await portal.billingOrders.getMany(rows.map(({ id }) => id));
  const byId = new Map(found.map((order) => [order.id, order]));
  const orders = rows.flatMap(({ id }) => byId.get(id) ?? []);
  return viewsOf(portal, orders.filter(isOwn));
}
