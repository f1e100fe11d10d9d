import type { FamilyType } from '../../../lambdas/domain/catalogue/family.ts';
import { pointsPerUnit } from '../../../lambdas/domain/numbers/amounts.ts';
import { importCatalogue } from '../../../lambdas/use-cases/import-catalogue.ts';
import { runContractDay } from '../../../lambdas/use-cases/run-contract-day.ts';
import { skuOf } from '../../domain/support/contracts.ts';
import { contractIdOf, NEGOTIATED } from '../../support/contract-portal.ts';
import { PURCHASE_ORDERS } from '../../support/order-portal.ts';
import { NOVEMBER, OCTOBER, openServicePortal, type ServicePortal } from '../../support/service-portal.ts';

const SP = { organizationId: 'SP-1' };
const VENDOR = { organizationId: 'VENDOR' };

/** Reported by the service provider, and not. */
const BY_HAND = ['ISV', 'RENTAL_MAAS'] as const;
const BY_RECORD = ['GSS', 'SRV', 'VELO'] as const;
const SKUS = [...BY_HAND, 'GSS', 'SRV'].flatMap((family) => [
  { ...skuOf('PAY-GO', '100', family as FamilyType), code: `${family}-100` },
  { ...skuOf('CUSTOM', '0', family as FamilyType), code: `${family}-CUSTOM` },
]);
const ALL_SKUS = [...SKUS, { ...skuOf('PAY-GO', '0', 'VELO'), code: 'VELO-PLAIN' }];

let opened: ServicePortal;
beforeEach(async () => {
  opened = await openServicePortal();
  const { portal } = opened;
  await importCatalogue(portal, {
    families: [...BY_HAND, 'GSS', 'SRV'].map((type) => ({
      id: `family-${type}`,
      code: type,
      name: `${type} family`,
      description: '',
      type: type as FamilyType,
    })),
    skus: ALL_SKUS,
    products: BY_HAND.map((family) => ({
      id: `product-${family}`,
      code: `${family}-CORE`,
      name: `${family} core`,
      category: 'Any',
      family,
      uom: 'GB vRAM',
      pointsPerUnit: pointsPerUnit('5'),
      ...(family === 'RENTAL_MAAS' && { metering: 'VRAM' as const }),
    })),
  });
  await portal.units.commit([portal.catalogue.priceListCreated(opened.pricesOf(ALL_SKUS))]);
});
afterEach(() => opened.close());

const create = async (code: string, over: object = {}) =>
  contractIdOf(
    await opened.create({
      contractSKUId: ALL_SKUS.find((sku) => sku.code === code)?.id ?? '',
      bolDate: '2026-10-01',
      ...over,
    }),
  );

test.each(BY_HAND)('%s is contracted, reported, billed and adjusted as rental is', async (family) => {
  const contractId = await create(`${family}-100`);
  const { id } = await opened.orderOf(contractId, OCTOBER);
  const usage = await opened.of('addUsage', id, SP, { body: { code: `${family}-CORE`, quantity: '30' } });
  expect(usage.status).toBe(201);
  const { body } = await opened.of('getProviderOrder', id, SP);
  expect(body).toMatchObject({ autoReportType: 'NONE', summary: { reported: 150, overage: 50, total: 150 } });
  await opened.of('submitOrder', id, SP, { body: PURCHASE_ORDERS });
  expect((await opened.of('approveOrder', id, {}, { body: PURCHASE_ORDERS })).status).toBe(200);
  expect(await opened.closeMonth(OCTOBER)).toEqual({ [contractId]: [`${family} core 30: 150 = 150.00`] });
  expect((await opened.of('adjustOrder', id, SP, { body: { comment: 'Miscounted' } })).status).toBe(200);
  const [line] = await opened.portal.billingOrders.linesOf(id, (await opened.order(id)).lineSet);
  const changed = await opened.send(
    'changeUsage',
    {
      params: { orderId: id, usageId: line?.id ?? '' },
      body: { quantity: '28', reason: 'OTHER', comment: 'Miscounted' },
    },
    SP,
  );
  expect(changed.status).toBe(200);
  await opened.of('submitOrder', id, SP, { body: PURCHASE_ORDERS });
  await opened.of('approveOrder', id, {}, { body: PURCHASE_ORDERS });
  expect((await opened.of('approveAdjustment', id, VENDOR, { body: { comment: 'As counted' } })).body).toMatchObject({
    status: 'PENDING_VENDOR_REFUND',
  });
  const lines = Object.values(await opened.closeMonth(NOVEMBER)).flat();
  expect(lines).toContain(`${family} core 28: 140 = 140.00`);
});

test('usage meters report for RENTAL_MAAS, not for ISV', async () => {
  const [maas, isv] = [await create('RENTAL_MAAS-100'), await create('ISV-100')];
  await opened.send('chooseAutomaticReporting', { body: { optedIn: true } }, SP);
  const register = (contractId: string, instanceId: string) =>
    opened.send(
      'registerUsageMeter',
      { body: { instanceId, name: 'um', version: '4.8.0.0', contracts: [{ contractId }] } },
      SP,
    );
  const refused = await register(isv, 'de16af2a-0c1d-4e5f-8a9b-8cd5d5bdad1e');
  expect(refused.body).toMatchObject({ status: 400, errors: [{ field: 'contracts[0].contractId' }] });
  expect((await register(maas, 'de16af2a-0c1d-4e5f-8a9b-8cd5d5bdad1f')).status).toBe(201);
  const { id } = await opened.orderOf(maas, OCTOBER);
  expect((await opened.of('getProviderOrder', id, SP)).body.autoReportType).toBe('AUTOMATED');
});

test.each(BY_RECORD)('%s is contracted, reviewed and billed, and not adjusted', async (family) => {
  const contractId = await create(family === 'VELO' ? 'VELO-PLAIN' : `${family}-100`);
  const { id } = await opened.orderOf(contractId, OCTOBER);
  expect((await opened.of('getProviderOrder', id, SP)).body.autoReportType).toBe('FIXED');
  await opened.of('submitOrder', id, SP, { body: PURCHASE_ORDERS });
  await opened.of('approveOrder', id, {}, { body: PURCHASE_ORDERS });
  const billed = family === 'VELO' ? {} : { [contractId]: ['Minimum commit not reached: 100 = 100.00'] };
  expect(await opened.closeMonth(OCTOBER)).toEqual(billed);
  const adjusted = await opened.of('adjustOrder', id, SP, { body: { comment: 'Miscounted' } });
  expect(adjusted.body).toMatchObject({ status: 409, code: 'NOT_ADJUSTABLE' });
});

test.each(['GSS', 'SRV', ...BY_HAND])('%s has negotiated contracts, too', async (family) => {
  const made = await opened.create({
    contractSKUId: ALL_SKUS.find((sku) => sku.code === `${family}-CUSTOM`)?.id ?? '',
    bolDate: '2026-10-01',
    ...NEGOTIATED,
  });
  const contractId = contractIdOf(made);
  await opened.as(VENDOR).approveRequest({ params: { requestId: String(made.body.id) }, body: {} });
  await runContractDay(opened.portal);
  const { id } = await opened.orderOf(contractId, OCTOBER);
  expect((await opened.of('getAggregatorOrder', id, {})).body).toMatchObject({ summary: { minimumCommit: 10 } });
});
