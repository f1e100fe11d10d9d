import type { RequestOf } from '../../client/portal-client.ts';
import { type Period, period } from '../../lambdas/domain/calendar/period.ts';
import { cutoffInstant } from '../../lambdas/domain/calendar/programme-calendar.ts';
import type { PriceList } from '../../lambdas/domain/catalogue/price-list.ts';
import type { Contract } from '../../lambdas/domain/contract/contract.ts';
import type { ContractRequest } from '../../lambdas/domain/contract-request/request.ts';
import { formatPoints, formatQuantity, pointsPerUnit, unitPrice } from '../../lambdas/domain/numbers/amounts.ts';
import { importCatalogue } from '../../lambdas/use-cases/import-catalogue.ts';
import { runContractDay } from '../../lambdas/use-cases/run-contract-day.ts';
import { runMeterDay } from '../../lambdas/use-cases/run-meter-day.ts';
import { runProgrammeDay } from '../../lambdas/use-cases/run-programme-day.ts';
import { startClose } from '../../lambdas/use-cases/start-close.ts';
import { openMemoryObjects } from '../../local/memory-objects.ts';
import type { Reply } from './api-requests.ts';
import { goThrough, withParts } from './close-portal.ts';
import { contractIdOf, NEGOTIATED, openContractPortal, skuId } from './contract-portal.ts';
import { writerInto } from './document-writer.ts';
import { ndjson } from './meter-portal.ts';
import { PURCHASE_ORDERS } from './order-portal.ts';

export const SP = { organizationId: 'SP-1' };
export const OTHER_SP = { organizationId: 'SP-2' };
export const AGGREGATOR = { organizationId: 'AGG-1' };
export const VENDOR = { organizationId: 'VENDOR' };

const PRODUCTS = [
  { code: 'HOST', name: 'Cloud host', category: 'Compute', uom: 'Host' },
  { code: 'DISK', name: 'Cloud disk', category: 'Storage', uom: 'GB' },
  { code: 'FREE', name: 'Without a price', category: 'Storage', uom: 'GB' },
].map((product) => ({
  ...product,
  id: `product-${product.code}`,
  family: 'MSP' as const,
  pointsPerUnit: pointsPerUnit('0'),
}));

/** A list by which a host costs so much, and a GB 0.000123. */
export const cloudPrices = (version: string, from: string, host: string): PriceList => ({
  currency: 'USD',
  version,
  validFrom: period(from),
  prices: { 'RENTAL-1800': { listPrice: unitPrice('0.88') } },
  productPrices: { HOST: unitPrice(host), DISK: unitPrice('0.000123') },
});

/**
 * The contract portal on a day, with cloud services of which a host costs 100.00 and a GB 0.000123. `negotiated` makes a
 * CUSTOM contract of SP-1 with 15 % off from the 1st of that month, a year with a minimum commit of 1,000.00 a month.
 */
export async function openCloudPortal(day: string) {
  const opened = await openContractPortal();
  const { portal, clock, send } = opened;
  const objects = openMemoryObjects();
  portal.documents = {
    ...objects,
    link: async (key) => ({ url: `https://files.example/${key}`, expires: '2028-11-02T03:00:00.000Z' }),
  };
  await importCatalogue(portal, { products: PRODUCTS });
  await portal.units.commit([portal.catalogue.priceListCreated(cloudPrices('USD-cloud', '2026-01', '100'))]);

  /** What is due by itself at a time, "YYYY-MM-DD" at 02:00. */
  async function moveTo(date: string): Promise<void> {
    clock.time = new Date(`${date}T02:00:00Z`);
    for (const { failures } of [
      await runContractDay(portal),
      await runProgrammeDay(portal),
      await runMeterDay(portal),
    ]) {
      if (failures[0]) throw failures[0];
    }
  }

  async function meterDay(): Promise<void> {
    const { failures } = await runMeterDay(portal);
    if (failures[0]) throw failures[0];
  }

  async function approve(contractId: string): Promise<void> {
    const request = (await portal.contractRequests.ofContract(contractId)).at(-1) as ContractRequest;
    const approved = { ...request, status: 'PENDING_EFFECTIVE_DATE' } as const;
    await portal.units.commit([portal.contractRequests.changed(approved)]);
    const { failures } = await runContractDay(portal);
    if (failures[0]) throw failures[0];
  }

  async function orderOf(contractId: string, of: Period) {
    const [order] = await portal.billingOrders.ofContract(contractId, [of]);
    if (!order) throw new Error(`there is no order of ${of}`);
    return order;
  }

  await moveTo(day);
  return {
    ...opened,
    objects,
    moveTo,
    meterDay,
    approve,
    orderOf,
    contract: async (id: string) => (await portal.contracts.get(id))?.contract as Contract,
    negotiated: async (over: Partial<RequestOf<'createContract'>['body']> = {}): Promise<string> => {
      const id = contractIdOf(
        await opened.create({
          contractSKUId: skuId('MSP-CUSTOM'),
          ...NEGOTIATED,
          bolDate: `${day.slice(0, 7)}-01`,
          minCommits: Array.from({ length: 12 }, () => 1000),
          discount: 15,
          threshold: 1_000_000,
          ...over,
        }),
      );
      await approve(id);
      return id;
    },
    subscribe: (
      contractId: string | undefined,
      over: object = {},
      sent: object = {},
      sender: object = SP,
    ): Promise<Reply> =>
      send(
        'orderSubscription',
        {
          body: {
            ...(contractId !== undefined && { contractId }),
            customer: { number: 'CUST-1', name: 'Customer One' },
            productCode: 'HOST',
            quantity: '5',
            ...over,
          },
          ...sent,
        },
        sender,
      ),
    feed: (records: readonly object[], sent: object = {}): Promise<Reply> =>
      send('sendUsageRecords', { body: ndjson(records), ...sent }, VENDOR),
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
    submitted: async (contractId: string, of: Period): Promise<void> => {
      const { id: orderId } = await orderOf(contractId, of);
      const body = { serviceProviderPurchaseOrder: 'SP-PO-1' };
      await opened.as(SP).submitOrder({ params: { orderId }, body });
      await opened.as(AGGREGATOR).approveOrder({ params: { orderId }, body: PURCHASE_ORDERS as never });
    },
    /** Closes a month on its cutoff: lines of each new invoice as "description quantity = amount", and its total. */
    closeMonth: async (of: Period): Promise<string[][]> => {
      clock.time = cutoffInstant(of, portal.settings.calendar);
      const whole = withParts(portal, { documentWriter: writerInto(portal) });
      const before = new Set(objects.contents.keys());
      const run = await startClose(whole, { period: of, mode: 'SCHEDULED', now: clock.time });
      await goThrough(whole, run, 'reconcile');
      await portal.units.commit(portal.closes.finished({ ...run, status: 'SUCCEEDED' }, 'COMPLETE'));
      const made = [...objects.contents].filter(([key]) => !before.has(key) && /^invoices.*json$/.test(key));
      return made.map(([, bytes]) => printed(new TextDecoder().decode(bytes)));
    },
    spentThreshold: async (contractId: string) => {
      const crossed = (await portal.contracts.get(contractId))?.contract.crossed;
      return crossed && `${crossed.period} ${formatPoints(crossed.threshold)}`;
    },
  };
}

function printed(text: string): string[] {
  const { lines, net } = JSON.parse(text) as {
    net: string;
    lines: { description: string; quantity?: string; amount: string }[];
  };
  const line = ({ description, quantity, amount }: (typeof lines)[number]) =>
    `${description}${quantity === undefined ? '' : ` ${quantity}`} = ${amount}`;
  // Lines of one product and customer stand in the order of their ids, which are other ones in each test.
  return [...lines.map(line).sort(), net];
}

export type CloudPortal = Awaited<ReturnType<typeof openCloudPortal>>;

/** A record of five hosts on a day, in USD. */
export const recordOf = (subscriptionId: string, id: string, day: string, over: object = {}) => ({
  id,
  subscriptionId,
  product: 'HOST',
  quantity: '5',
  start: `${day}T00:00:00Z`,
  end: `${day}T01:00:00Z`,
  currency: 'USD',
  ...over,
});
