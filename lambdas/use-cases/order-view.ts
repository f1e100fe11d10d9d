import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { expectedSummary, type OrderSummary, withArrears } from '../domain/billing-order/summary.ts';
import type { PriceList } from '../domain/catalogue/price-list.ts';
import { billingTermsFor } from '../domain/charging/billing-terms.ts';
import { sumOfMonth } from '../domain/charging/month-sum.ts';
import type { Contract } from '../domain/contract/contract.ts';
import type { CustomerMinimum } from '../domain/customer-commitment/customer-minimums.ts';
import type { Points } from '../domain/numbers/amounts.ts';
import { customerMinimumsOf } from './customer-minimums-of.ts';
import { inParallel } from './in-parallel.ts';
import type { ContractWithRevisions } from './ports/contracts.ts';
import type { Portal } from './ports/portal.ts';
import { type PricingPortal, priceOrder } from './price-order.ts';
import { tiersOf } from './tiers.ts';

/** An order with its contract and totals, as answers are made of it. */
export type OrderView = {
  order: BillingOrder;
  contract: Contract;
  /** Absent for what is cancelled, and where the terms of the period can't be told. */
  summary?: OrderSummary;
};

// Few are of contracts with commitments, whose lines have to be read.
const VIEWS_AT_ONCE = 8;

export type OrderViewPortal = Pick<Portal, 'contracts' | 'catalogue' | 'billingOrders' | 'customerCommitments'>;

// Few orders carry arrears; each needs what is printed of their months.
const CARRIERS_AT_ONCE = 8;

/**
 * The same with what arrears add to the totals of the open orders that carry them: as far as their months are billed.
 */
export async function fullViewsOf(portal: PricingPortal, orders: readonly BillingOrder[]): Promise<OrderView[]> {
  return inParallel(await viewsOf(portal, orders), CARRIERS_AT_ONCE, async (view) => {
    const { order, summary } = view;
    if (!summary || !isExpected(order) || order.held.arrearsPeriods.length === 0) return view;
    const [{ charged }, lines] = await Promise.all([
      priceOrder(portal, order),
      portal.billingOrders.linesOf(order.id, order.lineSet),
    ]);
    const { arrears } = charged(lines);
    return {
      ...view,
      summary: withArrears(
        summary,
        arrears.map(({ charge }) => charge),
      ),
    };
  });
}

/**
 * Orders with their contracts and totals, in the order given. What has been billed says its totals itself; of open orders
 * they are what the terms of the period make of the usage they hold, as the close would bill them now, arrears aside.
 */
export async function viewsOf(portal: OrderViewPortal, orders: readonly BillingOrder[]): Promise<OrderView[]> {
  if (orders.length === 0) return [];
  const [found, priceLists] = await Promise.all([
    portal.contracts.getMany([...new Set(orders.map(({ contractId }) => contractId))]),
    orders.some(isExpected) ? portal.catalogue.priceLists() : [],
  ]);
  const byId = new Map(found.map((each) => [each.contract.id, each]));
  return inParallel(orders, VIEWS_AT_ONCE, async (order) => {
    const contract = byId.get(order.contractId);
    if (!contract) throw new Error(`contract ${order.contractId} of an order does not exist`);
    const summary = await summaryOf(portal, order, contract, priceLists);
    return { order, contract: contract.contract, ...(summary && { summary }) };
  });
}

/** Whether an order's totals are not those of what was billed: while an adjustment is open they are. */
const isExpected = ({ billed, status }: BillingOrder): boolean => !billed && status !== 'CANCELLED';

async function summaryOf(
  portal: OrderViewPortal,
  order: BillingOrder,
  { contract, revisions }: ContractWithRevisions,
  priceLists: readonly PriceList[],
): Promise<OrderSummary | undefined> {
  if (!isExpected(order)) return order.billed?.summary;
  const customers = await customerMinimumsOf(portal, contract, order.usagePeriod);
  const result = billingTermsFor(contract, revisions, priceLists, order.usagePeriod, customers);
  if (!result.ok) return undefined;
  const used = customers.length === 0 ? order.held : await usedWith(portal, order, customers);
  return expectedSummary(used, { ...result.terms, currency: contract.currency });
}

/** What end customers' underage adds to what an order has reported, is told by its lines. */
async function usedWith(
  portal: OrderViewPortal,
  { id, lineSet, usagePeriod }: BillingOrder,
  customers: readonly CustomerMinimum[],
): Promise<{ reported: Points; outsideCommit: Points }> {
  const [lines, tiers] = await Promise.all([portal.billingOrders.linesOf(id, lineSet), tiersOf(portal)]);
  const own = lines.filter((line) => line.usagePeriod === usagePeriod);
  const { reported, outside: outsideCommit } = sumOfMonth(usagePeriod, own, { tiers, customers }).now();
  return { reported, outsideCommit };
}
