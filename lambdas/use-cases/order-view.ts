import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { expectedSummary, type OrderSummary, withArrears } from '../domain/billing-order/summary.ts';
import type { PriceList } from '../domain/catalogue/price-list.ts';
import { billingTermsFor } from '../domain/charging/billing-terms.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { inParallel } from './in-parallel.ts';
import type { ContractWithRevisions } from './ports/contracts.ts';
import type { Portal } from './ports/portal.ts';
import { type PricingPortal, priceOrder } from './price-order.ts';

/** An order with its contract and totals, as answers are made of it. */
export type OrderView = {
  order: BillingOrder;
  contract: Contract;
  /** Absent for what is cancelled, and where the terms of the period can't be told. */
  summary?: OrderSummary;
};

export type OrderViewPortal = Pick<Portal, 'contracts' | 'catalogue'>;

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
  return orders.map((order) => {
    const contract = byId.get(order.contractId);
    if (!contract) throw new Error(`contract ${order.contractId} of an order does not exist`);
    const summary = summaryOf(order, contract, priceLists);
    return { order, contract: contract.contract, ...(summary && { summary }) };
  });
}

/** Whether an order's totals are not those of what was billed: while an adjustment is open they are. */
const isExpected = ({ billed, status }: BillingOrder): boolean => !billed && status !== 'CANCELLED';

function summaryOf(
  order: BillingOrder,
  { contract, revisions }: ContractWithRevisions,
  priceLists: readonly PriceList[],
): OrderSummary | undefined {
  if (!isExpected(order)) return order.billed?.summary;
  const result = billingTermsFor(contract, revisions, priceLists, order.usagePeriod);
  return result.ok ? expectedSummary(order.held, { ...result.terms, currency: contract.currency }) : undefined;
}
