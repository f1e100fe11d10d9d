import { gzipSync } from 'node:zlib';
import { type Period, period } from '../../lambdas/domain/calendar/period.ts';
import { formatQuantity, pointsPerUnit } from '../../lambdas/domain/numbers/amounts.ts';
import { importCatalogue } from '../../lambdas/use-cases/import-catalogue.ts';
import { newOrder } from '../../lambdas/use-cases/new-order.ts';
import { runMeterDay } from '../../lambdas/use-cases/run-meter-day.ts';
import { openMemoryObjects } from '../../local/memory-objects.ts';
import type { Reply } from './api-requests.ts';
import { contractIdOf, openContractPortal } from './contract-portal.ts';

export const SP = { organizationId: 'SP-1' };
export const OCTOBER = period('2026-10');

const PRODUCTS = [
  { code: 'CORE', name: 'Core', uom: 'GB vRAM', metering: 'VRAM', replaces: ['OLD-BUNDLE'] },
  { code: 'NET', name: 'Network', uom: 'GB vRAM', metering: 'VRAM', replaces: ['OLD-BUNDLE'] },
  { code: 'APP', name: 'Platform', uom: 'Core', metering: 'HOST_CORES' },
  { code: 'DISK', name: 'Storage', uom: 'GB', metering: 'CAPACITY' },
  { code: 'DESK', name: 'Desktop', uom: 'User' },
] as const;

/**
 * The contract portal on 2 November 2026, with metered products and a rental contract of SP-1 from 1 January that has the
 * usage sites A and B, its order of October in the service provider's hands.
 */
export async function openMeterPortal() {
  const opened = await openContractPortal();
  const { portal, clock, send } = opened;
  clock.time = new Date('2026-11-02T02:00:00Z');
  const documents = openMemoryObjects();
  portal.documents = {
    ...documents,
    link: async (key) => ({ url: `https://files.example/${key}`, expires: '2026-11-02T03:00:00.000Z' }),
  };
  const current = await portal.catalogue.current();
  await importCatalogue(portal, {
    ...current,
    products: PRODUCTS.map((product, at) => ({
      id: `product-${at}`,
      category: 'Any',
      family: 'RENTAL' as const,
      pointsPerUnit: pointsPerUnit('1'),
      ...product,
    })),
  });
  const made = await opened.create({ bolDate: '2026-01-01', fillPurchaseOrderInMBO: false });
  const contractId = contractIdOf(made);
  const sites: Record<string, string> = {};
  for (const name of ['A', 'B']) {
    const site = { name, countryRegion: 'US', address: '1 Main Street', postCode: '1' };
    const { body } = await send('createProviderUsageSite', { params: { contractId }, body: site }, SP);
    sites[name] = String(body.id);
  }

  const contract = async () =>
    (await portal.contracts.get(contractId))?.contract as never as Parameters<typeof newOrder>[0];
  async function openOrder(of: Period) {
    const [known] = await portal.billingOrders.ofContract(contractId, [of]);
    if (known) return known;
    await portal.units.commit(portal.billingOrders.created(newOrder(await contract(), of, clock.time)));
    return (await portal.billingOrders.ofContract(contractId, [of]))[0] as ReturnType<typeof newOrder>;
  }

  const register = (over: object = {}): Promise<Reply> =>
    send(
      'registerUsageMeter',
      {
        body: {
          instanceId: 'de16af2a-0c1d-4e5f-8a9b-8cd5d5bdad1e',
          name: 'um',
          version: '4.8.0.0',
          contracts: [{ contractId, usageSiteId: sites.A }],
          ...over,
        },
      },
      SP,
    );

  return {
    ...opened,
    objects: documents,
    contractId,
    sites,
    contract,
    openOrder,
    register,
    optIn: () => send('chooseAutomaticReporting', { body: { optedIn: true } }, SP),
    upload: (meterId: string, readings: readonly object[], over: object = {}) =>
      send('uploadReadings', { params: { meterId }, body: ndjson(readings), ...over }, SP),
    /** The job, and the lines of October's order after it as "product site customer: quantity". */
    applied: async (of = OCTOBER) => {
      const { failures } = await runMeterDay(portal);
      if (failures[0]) throw failures[0];
      const [order] = await portal.billingOrders.ofContract(contractId, [of]);
      const lines = order ? await portal.billingOrders.linesOf(order.id, order.lineSet) : [];
      return lines.map((line) => `${line.productCode} ${line.siteName} ${formatQuantity(line.quantity)}`).sort();
    },
  };
}

export const ndjson = (readings: readonly object[]): string =>
  readings.map((each) => `${JSON.stringify(each)}\n`).join('');
export const gzipped = (readings: readonly object[]): Uint8Array => gzipSync(ndjson(readings));

/** A VM of 32 GB at product CORE that is on for an hour of 1 October: 16 billed GB. */
export const vm = (over: object = {}) => ({
  source: 'vm-1',
  products: ['CORE'],
  hour: '2026-10-01T05:00:00Z',
  sequence: 1,
  configuredGb: 32,
  ...over,
});
