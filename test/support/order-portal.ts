import type { BilledOrder, BillingOrder } from '../../lambdas/domain/billing-order/billing-order.ts';
import { heldUsage } from '../../lambdas/domain/billing-order/held-usage.ts';
import { NOTHING_BILLED } from '../../lambdas/domain/billing-order/summary.ts';
import { period } from '../../lambdas/domain/calendar/period.ts';
import type { OrderableSku } from '../../lambdas/domain/catalogue/catalogue.ts';
import type { Product } from '../../lambdas/domain/catalogue/product.ts';
import type { Contract } from '../../lambdas/domain/contract/contract.ts';
import { pointsPerUnit, quantity, split } from '../../lambdas/domain/numbers/amounts.ts';
import type { UsageLine } from '../../lambdas/domain/usage/usage-line.ts';
import type { RouteId } from '../../lambdas/manifest/routes.ts';
import { importCatalogue } from '../../lambdas/use-cases/import-catalogue.ts';
import { newOrder } from '../../lambdas/use-cases/new-order.ts';
import { tiersOf } from '../../lambdas/use-cases/tiers.ts';
import { usageLine } from '../domain/support/builders.ts';
import { signed, skuOf } from '../domain/support/contracts.ts';
import type { Sent } from './api-requests.ts';
import { openContractPortal, type Sender } from './contract-portal.ts';

/** Worked example 7 of domain.md §10: [0,100) counts 3 points, what is above 2. */
const TIERED: Product = {
  id: 'product-tiered',
  code: 'P-TIERED',
  name: 'Tiered product',
  category: 'Compute',
  family: 'RENTAL',
  uom: 'GB vRAM',
  pointsPerUnit: pointsPerUnit('3'),
  tiers: [
    { from: quantity('0'), to: quantity('100'), pointsPerUnit: pointsPerUnit('3'), split: split('1') },
    { from: quantity('100'), pointsPerUnit: pointsPerUnit('2'), split: split('1') },
  ],
};

export const AGGREGATOR: Sender = { organizationId: 'AGG-1', roles: ['Operations'] };
export const PROVIDER: Sender = { organizationId: 'SP-1', roles: ['Operations'] };
export const VENDOR: Sender = { organizationId: 'VENDOR', roles: ['Operations'] };

/** What a close has made of an order without usage. */
export const CLOSED_EMPTY: BilledOrder = {
  revision: 1,
  outcome: 'NOTHING_TO_BILL',
  closedTime: '2026-10-10T02:00:00.000Z',
  lineSet: '1',
  summary: NOTHING_BILLED,
};

/** What an order is to be like, where it isn't an open one of October without usage. */
type Wanted = { lines?: readonly UsageLine[]; month?: string; billed?: BilledOrder } & Partial<BillingOrder>;

/** The API of a portal with contracts of AGG-1 and SP-1 that have orders; on 3 November 2026. */
export async function openOrderPortal() {
  const opened = await openContractPortal();
  const { portal, clock } = opened;
  clock.time = new Date('2026-11-03T09:00:00.000Z');
  await importCatalogue(portal, { products: [TIERED] });

  async function addContract(id: string, sku: OrderableSku, more: Partial<Contract> = {}, minCommits?: string[]) {
    const made = signed(sku, '2026-01-01', 36, minCommits);
    const contract: Contract = {
      ...made.contract,
      id,
      contractNumber: `number-of-${id}`,
      contractReferenceNumber: `EMEA-${id}`,
      serviceProviderId: 'SP-1',
      aggregatorId: 'AGG-1',
      ...more,
    };
    const revisions = made.revisions.map((revision) => ({ ...revision, contractId: id }));
    await portal.units.commit(portal.contracts.created(contract, revisions));
    return contract;
  }

  async function addOrder(contract: Contract, id: string, { lines = [], month = '2026-10', ...more }: Wanted = {}) {
    const made = newOrder(contract, period(month), clock.time);
    const held = heldUsage(made.usagePeriod, lines, await tiersOf(portal));
    const order: BillingOrder = { ...made, id, status: 'PENDING_SP', held, ...more };
    await portal.billingOrders.putLines(id, order.lineSet, lines);
    const result = await portal.units.commit(portal.billingOrders.created(order));
    if (!result.ok) throw new Error(`order ${id} is there already`);
    return order;
  }

  return {
    ...opened,
    addContract,
    addOrder,
    /** Asks for something to be done with an order. */
    of: (id: RouteId, orderId: string, sender: Sender, sent: Sent = {}) =>
      opened.send(id, { params: { orderId }, ...sent }, sender),
    order: async (id: string) => (await portal.billingOrders.getMany([id]))[0] as BillingOrder,
    /** Who has done what with an order, the oldest first. */
    story: async (orderId: string) => {
      const { body } = await opened.send('readVendorOrderHistory', { params: { orderId } }, VENDOR);
      return (body.content as Record<string, string>[])
        .toReversed()
        .map(
          ({ party, action, from, to, reason }) =>
            `${party} ${action}${from ? `: ${from} → ${to}` : ''}${reason ? ` (${reason})` : ''}`,
        );
    },
  };
}

export type OrderPortal = Awaited<ReturnType<typeof openOrderPortal>>;

/** 1,800 points a month; 0.88 USD a point. */
export const PAYG_1800 = { ...skuOf('PAY-GO', '1800'), code: 'RENTAL-1800' };

/** Worked example 1 of domain.md §10: 30 + 1,800 points. */
export const EXAMPLE_LINES: readonly UsageLine[] = [
  usageLine('a', '10', '3', { siteId: 'site-1', siteName: 'my_site' }),
  usageLine('b', '400', '4.5', { siteName: 'other', customerNumber: '1111' }),
];

export const PURCHASE_ORDERS = {
  serviceProviderPurchaseOrder: 'SP-PO-1',
  vmwarePurchaseOrder: 'PO-100000',
  billingOrderPreference: 'EDI',
};
