import { type Period, period } from '../../lambdas/domain/calendar/period.ts';
import { cutoffInstant } from '../../lambdas/domain/calendar/programme-calendar.ts';
import type { FamilyType } from '../../lambdas/domain/catalogue/family.ts';
import type { PriceList } from '../../lambdas/domain/catalogue/price-list.ts';
import type { Product } from '../../lambdas/domain/catalogue/product.ts';
import type { Contract } from '../../lambdas/domain/contract/contract.ts';
import { formatQuantity, pointsPerUnit, quantity, split, unitPrice } from '../../lambdas/domain/numbers/amounts.ts';
import { importCatalogue } from '../../lambdas/use-cases/import-catalogue.ts';
import { newOrder, orderCreated } from '../../lambdas/use-cases/new-order.ts';
import { runMeterDay } from '../../lambdas/use-cases/run-meter-day.ts';
import { startClose } from '../../lambdas/use-cases/start-close.ts';
import { skuOf } from '../domain/support/contracts.ts';
import { goThrough, withParts } from './close-portal.ts';
import { writerInto } from './document-writer.ts';
import { openOrderPortal } from './order-portal.ts';

export const OCTOBER = period('2026-10');
export const NOVEMBER = period('2026-11');

const product = (code: string, family: FamilyType, uom: string, ppu: string): Product => ({
  id: `product-${code}`,
  code,
  name: `Product ${code}`,
  category: 'Services',
  family,
  uom,
  pointsPerUnit: pointsPerUnit(ppu),
});

export const CONSULTING = product('CONSULTING', 'SRV', 'Hour', '180');
export const REVIEW = product('REVIEW', 'SRV', 'Review', '3200');
const TIERED: Product = {
  ...product('TIERED', 'SRV', 'Seat', '420'),
  tiers: [{ from: quantity('0'), pointsPerUnit: pointsPerUnit('420'), split: split('1') }],
};
export const EDGE = product('EDGE', 'VELO', 'Licence month', '0');

/** 5,000 points a month. */
export const SERVICES = skuOf('PAY-GO', '5000', 'SRV');
export const VELO = skuOf('PAY-GO', '0', 'VELO');

/** A list in USD by which a point costs 1. */
const pricesOf = (skus: readonly { code: string }[], version = 'USD-wide'): PriceList => ({
  currency: 'USD',
  version,
  validFrom: period('2026-01'),
  prices: Object.fromEntries(skus.map(({ code }) => [code, { listPrice: unitPrice('1') }])),
});

/**
 * The API of a portal with contracts whose usage comes from records that the vendor keeps; on 3 November 2026. A contract gets its
 * orders of October and November.
 */
export async function openServicePortal() {
  const opened = await openOrderPortal();
  const { portal, clock } = opened;
  await importCatalogue(portal, {
    products: [CONSULTING, REVIEW, TIERED, EDGE, product('ADVISOR', 'GSS', 'Day', '1150')],
  });
  await portal.units.commit([portal.catalogue.priceListCreated(pricesOf([SERVICES, VELO], 'USD-services'))]);

  async function addOrders(contract: Contract, ...months: Period[]) {
    for (const month of months) {
      const result = await portal.units.commit(
        orderCreated(portal, contract, newOrder(contract, month, clock.time), clock.time),
      );
      if (!result.ok) throw new Error(`there is an order of ${month} already`);
    }
  }

  async function orderOf(contractId: string, of: Period) {
    const [order] = await portal.billingOrders.ofContract(contractId, [of]);
    if (!order) throw new Error(`there is no order of ${of}`);
    return order;
  }

  return {
    ...opened,
    addOrders,
    orderOf,
    pricesOf,
    addContract: async (id: string, sku = SERVICES, more: Partial<Contract> = {}) => {
      const contract = await opened.addContract(id, sku, { billToAccountId: 'account-of-AGG-1', ...more });
      await addOrders(contract, OCTOBER, NOVEMBER);
      return contract;
    },
    /** Lines of a contract's order of a month as "product quantity", with the month where it is another. */
    linesOn: async (contractId: string, on: Period): Promise<string[]> => {
      const order = await orderOf(contractId, on);
      const lines = await portal.billingOrders.linesOf(order.id, order.lineSet);
      return lines
        .map((line) => {
          const late = line.usagePeriod === on ? '' : `${line.usagePeriod}: `;
          return `${late}${line.productCode} ${formatQuantity(line.quantity)}`;
        })
        .sort();
    },
    /** What is due by itself. */
    meterDay: async () => {
      const { failures, ...result } = await runMeterDay(portal);
      if (failures.length > 0) throw failures[0];
      return result;
    },
    /** Closes a month on its cutoff: lines of each new invoice as "description quantity: points = amount", by contract. */
    closeMonth: async (of: Period): Promise<Record<string, string[]>> => {
      clock.time = cutoffInstant(of, portal.settings.calendar);
      const whole = withParts(portal, { documentWriter: writerInto(portal) });
      const before = new Set(opened.documents.keys());
      const run = await startClose(whole, { period: of, mode: 'SCHEDULED', now: clock.time });
      await goThrough(whole, run, 'reconcile');
      await portal.units.commit(portal.closes.finished({ ...run, status: 'SUCCEEDED' }, 'COMPLETE'));
      const made = [...opened.documents].filter(([key]) => !before.has(key) && /^invoices.*json$/.test(key));
      return Object.fromEntries(made.map(([, text]) => printed(text)));
    },
  };
}

function printed(text: string): [contract: string, lines: string[]] {
  const { contract, lines } = JSON.parse(text) as {
    contract: { id: string };
    lines: { description: string; quantity?: string; points: string; amount: string }[];
  };
  const line = ({ description, quantity, points, amount }: (typeof lines)[number]) =>
    `${description}${quantity === undefined ? '' : ` ${quantity}`}: ${points} = ${amount}`;
  return [contract.id, lines.map(line)];
}

export type ServicePortal = Awaited<ReturnType<typeof openServicePortal>>;
