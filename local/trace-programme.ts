import { createReadStream } from 'node:fs';
import { FIRST_LINE_SET } from '../lambdas/domain/billing-order/billing-order.ts';
import { heldUsage } from '../lambdas/domain/billing-order/held-usage.ts';
import { addMonths, daysIn, firstDay, type Period } from '../lambdas/domain/calendar/period.ts';
import type { ContractSku } from '../lambdas/domain/catalogue/price-list.ts';
import type { Product } from '../lambdas/domain/catalogue/product.ts';
import { meteredQuantity } from '../lambdas/domain/metering/rules.ts';
import { addPowerOn, type VramUse } from '../lambdas/domain/metering/vram.ts';
import { NO_QUANTITY, percent, points, pointsPerUnit, unitPrice } from '../lambdas/domain/numbers/amounts.ts';
import type { Organization } from '../lambdas/domain/organization/organization.ts';
import type { UsageLine } from '../lambdas/domain/usage/usage-line.ts';
import { readVmTrace } from '../lambdas/feeds/vm-trace.ts';
import type { ImportedContract, ImportedOrder, Programme } from '../lambdas/use-cases/import-programme.ts';

/** Use of each provider's sites in the period: `uses[provider][site]`, sites in the order of TRACE_SITES. */
export type MeteredTrace = { machines: number; uses: readonly (readonly VramUse[])[] };

/** Sites of each provider's contract. */
export const TRACE_SITES = ['A', 'B', 'C'] as const;
const SECONDS_PER_DAY = 86_400;
const MACHINES_PER_TELLING = 10_000;

/**
 * Meters a trace of virtual machines: the window starts with the period's first second, a machine runs from its start for
 * its duration, cut at the period's end; its tenant batch decides whose it is and at which site (domain.md §5 "vRAM
 * metering"). The file is streamed.
 *
 * @param onProgress is told now and then how many machines are read
 * @throws FeedError when the file is no such trace
 */
export async function meterTrace(options: {
  file: string;
  period: Period;
  providers: number;
  onProgress?: (machines: number) => void;
}): Promise<MeteredTrace> {
  const { file, providers, onProgress } = options;
  const end = daysIn(options.period) * SECONDS_PER_DAY;
  const uses = Array.from({ length: providers }, () => TRACE_SITES.map((): VramUse => ({ twiceGbSeconds: 0n })));
  let machines = 0;
  for await (const { batch, startSeconds, durationSeconds, memory } of readVmTrace(createReadStream(file), file)) {
    machines++;
    if (machines % MACHINES_PER_TELLING === 0) onProgress?.(machines);
    const seconds = Math.min(startSeconds + durationSeconds, end) - startSeconds;
    if (seconds <= 0) continue;
    const site = Math.floor(batch / providers) % TRACE_SITES.length;
    addPowerOn(uses[batch % providers]?.[site] as VramUse, memory, NO_QUANTITY, BigInt(seconds));
  }
  onProgress?.(machines);
  return { machines, uses };
}

export const AGGREGATORS = 4;
export const CURRENCY = 'USD';

const sku = (code: string, minimum: string): ContractSku => ({
  code,
  contractType: 'PAY-GO',
  family: 'RENTAL',
  minimumPoints: points(minimum),
});
const SKUS = [
  {
    id: '00000000-0000-4000-8000-000000000001',
    sku: sku('VSPP3-360-C', '360'),
    price: { listPrice: unitPrice('0.95') },
  },
  {
    id: '00000000-0000-4000-8000-000000000002',
    sku: sku('VSPP3-1800-C', '1800'),
    price: { listPrice: unitPrice('0.88') },
  },
  {
    id: '00000000-0000-4000-8000-000000000003',
    sku: sku('VSPP3-3600-C', '3600'),
    price: { listPrice: unitPrice('0.84') },
  },
] as const;
const skuOf = (provider: number): ContractSku => (SKUS[provider % SKUS.length] as (typeof SKUS)[number]).sku;

const FLEX_CORE: Product = {
  id: '00000000-0000-4000-8000-000000000009',
  code: 'FLEX-CORE',
  name: 'Flex Core',
  category: 'Compute',
  family: 'RENTAL',
  uom: 'GB vRAM',
  pointsPerUnit: pointsPerUnit('4'),
};

const four = (index: number): string => String(index).padStart(4, '0');
const eight = (index: number): string => String(index).padStart(8, '0');
const aggregatorId = (aggregator: number): string => `aggregator-${aggregator}`;
export const contractId = (provider: number): string => `contract-${four(provider)}`;

/** The aggregators that hold a contract: provider i's is i mod 4. */
export const aggregatorsOf = (providers: number): number[] =>
  Array.from({ length: Math.min(providers, AGGREGATORS) }, (_, index) => index);

/**
 * A programme for a metered trace: one RENTAL PAY-GO contract a provider, in USD, whose order of the period waits for the
 * close with a usage line for each site. A site whose quantity is 0.000000 has no line: nothing was used there; an order
 * without any line is billed its minimum.
 */
export function traceProgramme(options: { metered: MeteredTrace; period: Period; providers: number }): Programme {
  const { metered, period, providers } = options;
  const start = addMonths(period, -12);
  const indices = Array.from({ length: providers }, (_, provider) => provider);
  return {
    organizations: [
      organization('VENDOR', 'vendor', 'Vendor', 'V-0001'),
      ...aggregatorsOf(providers).map((index) =>
        organization('AGGREGATOR', aggregatorId(index), `Aggregator ${index}`, `A-${four(index)}`),
      ),
      ...indices.map((index) =>
        organization('SERVICE_PROVIDER', `provider-${four(index)}`, `Provider ${four(index)}`, `P-${eight(index)}`),
      ),
    ],
    billToAccounts: aggregatorsOf(providers).map((index) => ({
      id: `bill-to-${index}`,
      aggregatorId: aggregatorId(index),
      accountNumber: `BT-${four(index)}`,
      siteId: `S-${four(index)}`,
      location: 'Head office',
      countryRegion: 'US',
      name: `Aggregator ${index}`,
      address: [`${index + 1} Market Street`],
      currency: CURRENCY,
      taxRate: '0',
      active: true,
      version: 1,
    })),
    skus: SKUS.map(({ id, sku }) => ({
      ...sku,
      id,
      bolDate: start,
      termMonths: 12,
      discount: percent('0'),
      commitType: 'MONTHLY',
      commitValue: 0,
    })),
    products: [FLEX_CORE],
    priceLists: [
      {
        currency: CURRENCY,
        version: 'USD-1',
        validFrom: start,
        prices: Object.fromEntries(SKUS.map((entry) => [entry.sku.code, entry.price])),
      },
    ],
    contracts: indices.map((index) => contractOf(index, start)),
    orders: ordersOf(metered, period),
  };
}

function organization(type: Organization['type'], id: string, name: string, prmId: string): Organization {
  return {
    id,
    type,
    name,
    prmId,
    region: 'AMER',
    countryRegion: 'US',
    address: ['1 Main Street'],
    email: `billing@${id}.example`,
    awsResell: false,
    status: 'ACTIVE',
    version: 1,
  };
}

function contractOf(provider: number, start: Period): ImportedContract {
  const id = contractId(provider);
  const contact = { email: `operations@provider-${four(provider)}.example`, firstName: '', lastName: '' };
  return {
    contract: {
      id,
      contractNumber: eight(40_000_000 + provider),
      businessNumber: four(provider),
      contractReferenceNumber: `AMER${four(provider)}RENTAL`,
      serviceProviderId: `provider-${four(provider)}`,
      aggregatorId: aggregatorId(provider % AGGREGATORS),
      status: 'ACTIVE',
      region: 'AMER',
      currency: CURRENCY,
      contacts: { serviceProvider: contact, aggregator: contact, system: contact, license: contact },
      bolDate: firstDay(start),
      termFrom: firstDay(start),
      graceTermMonths: 0,
      revision: 1,
      listing: {
        serviceProviderPrmId: `P-${eight(provider)}`,
        aggregatorPrmId: `A-${four(provider % AGGREGATORS)}`,
        billToAccountNumber: `BT-${four(provider % AGGREGATORS)}`,
        skuCode: skuOf(provider).code,
        contractType: 'PAY-GO',
        familyType: 'RENTAL',
        familyCode: 'RENTAL',
        familyName: 'Rental',
      },
      billToAccountId: `bill-to-${provider % AGGREGATORS}`,
      billingOrderPreference: 'ONLINE',
      vendorPurchaseOrder: vendorPurchaseOrder(provider),
      fillPurchaseOrderInMbo: true,
      tags: [],
      delinquent: false,
      requests: 0,
      version: 1,
      lastModifiedTime: `${firstDay(start)}T00:00:00.000Z`,
    },
    revisions: [{ contractId: id, revision: 1, from: firstDay(start), sku: skuOf(provider) }],
  };
}

const vendorPurchaseOrder = (provider: number): string => `PO-A-${eight(provider)}`;

function* ordersOf({ uses }: MeteredTrace, period: Period): Generator<ImportedOrder> {
  for (const [provider, ofSites] of uses.entries()) {
    const lines = ofSites.flatMap((use, site) => lineOf(use, TRACE_SITES[site] as string, period));
    const order: ImportedOrder['order'] = {
      id: `order-${period}-${four(provider)}`,
      contractId: contractId(provider),
      contractNumber: eight(40_000_000 + provider),
      serviceProviderId: `provider-${four(provider)}`,
      aggregatorId: aggregatorId(provider % AGGREGATORS),
      usagePeriod: period,
      revision: 1,
      status: 'PENDING_VENDOR',
      autoReportType: 'AUTOMATED',
      serviceProviderPurchaseOrder: `PO-P-${eight(provider)}`,
      vendorPurchaseOrder: vendorPurchaseOrder(provider),
      billingOrderPreference: 'ONLINE',
      lineSet: FIRST_LINE_SET,
      held: heldUsage(period, lines, new Map()),
      lastModifiedTime: `${firstDay(period)}T00:00:00.000Z`,
      version: 1,
    };
    yield { order, lines };
  }
}

function lineOf(use: VramUse, siteName: string, period: Period): UsageLine[] {
  const used = meteredQuantity(use.twiceGbSeconds, period);
  if (used === NO_QUANTITY) return [];
  const { code, name, uom, pointsPerUnit } = FLEX_CORE;
  const product = { productCode: code, productName: name, uom, pointsPerUnit };
  const line = { id: `site-${siteName}`, usagePeriod: period, siteName, customerNumber: '', inMinCommit: true };
  return [{ ...line, ...product, quantity: used }];
}
