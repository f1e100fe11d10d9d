import type { BillingOrder } from '../../lambdas/domain/billing-order/billing-order.ts';
import { NOTHING_HELD } from '../../lambdas/domain/billing-order/held-usage.ts';
import { period } from '../../lambdas/domain/calendar/period.ts';
import type { FamilyType } from '../../lambdas/domain/catalogue/family.ts';
import type { Product } from '../../lambdas/domain/catalogue/product.ts';
import { pointsPerUnit, quantity, split } from '../../lambdas/domain/numbers/amounts.ts';
import type { UsageLine } from '../../lambdas/domain/usage/usage-line.ts';
import type { RouteId } from '../../lambdas/manifest/routes.ts';
import { changedLines } from '../../lambdas/use-cases/changed-lines.ts';
import { importCatalogue } from '../../lambdas/use-cases/import-catalogue.ts';
import { contractIdOf, openContractPortal, type Sender } from './contract-portal.ts';

export const OCTOBER = period('2026-10');
export const PROVIDER: Sender = { organizationId: 'SP-1', roles: ['Operations', 'Read Only'] };

const product = (code: string, family: FamilyType, ppu: string): Product => ({
  id: `product-${code}`,
  code,
  name: `Product ${code}`,
  category: 'Core',
  family,
  uom: 'GB vRAM',
  pointsPerUnit: pointsPerUnit(ppu),
});

const TIERED: Product = {
  ...product('TIERED', 'RENTAL', '3'),
  tiers: [
    { from: quantity('0'), to: quantity('100'), pointsPerUnit: pointsPerUnit('3'), split: split('1') },
    { from: quantity('100'), pointsPerUnit: pointsPerUnit('2'), split: split('1') },
  ],
};

/**
 * A portal in which SP-1 reports October on a RENTAL contract with two sites, West and East, and has another contract of
 * RENTAL without any site.
 */
export async function openUsagePortal() {
  const opened = await openContractPortal();
  const { portal, create, send } = opened;
  const products = [
    product('CORE', 'RENTAL', '7'),
    product('ADDON', 'RENTAL', '0.5'),
    TIERED,
    product('HOST', 'MSP', '0'),
  ];
  await importCatalogue(portal, { products });
  const contractId = contractIdOf(await create({ bolDate: '2026-10-01' }));
  const plainContractId = contractIdOf(await create({ bolDate: '2026-10-01' }));
  const sites: Record<string, string> = {};
  for (const name of ['West', 'East']) {
    const body = { name, countryRegion: 'US', address: 'x', postCode: '1' };
    const { body: site } = await send('createAggregatorUsageSite', { params: { contractId }, body });
    sites[name] = String(site.id);
  }

  async function orderOf(id: string): Promise<BillingOrder> {
    const [order] = await portal.billingOrders.ofContract(id, [OCTOBER]);
    if (!order) throw new Error('the contract has no order');
    return order;
  }
  const { id: orderId } = await orderOf(contractId);
  const { id: plainOrderId } = await orderOf(plainContractId);
  const order = async (id = orderId) => {
    const [found] = await portal.billingOrders.getMany([id]);
    return found as BillingOrder;
  };
  const lines = async (id = orderId) => portal.billingOrders.linesOf(id, (await order(id)).lineSet);

  return {
    ...opened,
    contractId,
    plainContractId,
    orderId,
    plainOrderId,
    west: sites.West as string,
    east: sites.East as string,
    order,
    lines,
    /** Changes the order past the use cases. */
    put: async (more: Partial<BillingOrder>, id = orderId) => {
      const result = await portal.units.commit([
        portal.billingOrders.changed({ ...(await order(id)), ...more }, opened.clock.time),
      ]);
      if (!result.ok) throw new Error('the order has changed');
    },
    /** Takes everything away from the order and gives it back to the service provider. */
    empty: async (id = orderId) => {
      const { zeroReported: _zero, sealedBy: _seal, billed: _billed, ...rest } = await order(id);
      const plain: BillingOrder = { ...rest, status: 'PENDING_SP', lineSet: `${rest.version}`, held: NOTHING_HELD };
      await portal.units.commit([portal.billingOrders.changed(plain, opened.clock.time)]);
    },
    /** Fills lines in as a meter does. */
    fill: async (filled: readonly UsageLine[], id = orderId) => {
      const before = await lines(id);
      const options = { before, after: [...before, ...filled], tiers: new Map(), newSet: 'filled' };
      const made = await changedLines(portal, await order(id), options);
      await portal.units.commit([portal.billingOrders.changed(made.order, opened.clock.time), ...made.changes]);
    },
    /** Sends a request of the service provider about the order, or another one. */
    write: (id: RouteId, body: unknown, params: Record<string, string> = {}, headers: Record<string, string> = {}) =>
      send(id, { params: { orderId, ...params }, body, headers }, PROVIDER),
  };
}

export type UsagePortal = Awaited<ReturnType<typeof openUsagePortal>>;

/** A line that a meter has filled in. */
export const metered = (id: string, amount: string, siteId: string, siteName: string): UsageLine => ({
  id,
  usagePeriod: OCTOBER,
  siteId,
  siteName,
  productCode: 'CORE',
  productName: 'Product CORE',
  customerNumber: '',
  uom: 'GB vRAM',
  quantity: quantity(amount),
  prefilled: quantity(amount),
  pointsPerUnit: pointsPerUnit('7'),
  inMinCommit: true,
  origin: 'METER',
});
