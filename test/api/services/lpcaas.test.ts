import { unitPrice } from '../../../lambdas/domain/numbers/amounts.ts';
import { importCatalogue } from '../../../lambdas/use-cases/import-catalogue.ts';
import { runContractDay } from '../../../lambdas/use-cases/run-contract-day.ts';
import { skuOf } from '../../domain/support/contracts.ts';
import { contractIdOf, NEGOTIATED } from '../../support/contract-portal.ts';
import { CUSTOMER } from '../../support/customer-portal.ts';
import { PURCHASE_ORDERS } from '../../support/order-portal.ts';
import { EDGE, NOVEMBER, OCTOBER, openServicePortal, type ServicePortal } from '../../support/service-portal.ts';

const SP = { organizationId: 'SP-1' };
const VENDOR = { organizationId: 'VENDOR' };
const SKU = skuOf('CUSTOM', '0', 'LPCAAS');

let opened: ServicePortal;
let contractId: string;
let customer: { id: string; customerNumber: string };
beforeEach(async () => {
  opened = await openServicePortal();
  const { portal } = opened;
  const family = { id: 'family-LPCAAS', code: 'LPCAAS', name: 'LPCaaS', description: '', type: 'LPCAAS' as const };
  const product = { ...EDGE, id: 'product-LCORE', code: 'LCORE', name: 'Core', family: 'LPCAAS' as const, uom: 'GB' };
  await importCatalogue(portal, { families: [family], skus: [SKU], products: [product] });
  const prices = { ...opened.pricesOf([SKU]), productPrices: { LCORE: unitPrice('2') } };
  await portal.units.commit([portal.catalogue.priceListCreated(prices)]);
  const made = await opened.create({
    contractSKUId: SKU.id,
    bolDate: '2026-10-01',
    ...NEGOTIATED,
    minCommits: Array(12).fill(300),
    discount: 10,
  });
  contractId = contractIdOf(made);
  await opened.as(VENDOR).approveRequest({ params: { requestId: String(made.body.id) }, body: {} });
  await runContractDay(portal);
  const { body } = await opened.send('createCustomer', { params: { contractId }, body: CUSTOMER }, SP);
  customer = { id: String(body.id), customerNumber: String(body.customerNumber) };
});
afterEach(() => opened.close());

async function say(quantity: string, usagePeriod = '2026-10'): Promise<void> {
  const usage = [{ customerNumber: customer.customerNumber, code: 'LCORE', quantity }];
  const { status } = await opened.send(
    'sayCustomerUse',
    { params: { contractId, usagePeriod }, body: { usage } },
    VENDOR,
  );
  expect(status).toBe(200);
  await opened.meterDay();
}

test('a month is billed by what is committed and what is used above it; late use costs what it would have', async () => {
  const body = { customerId: customer.id, product: 'LCORE', uom: 'GB', quantity: 100, bol: '2026-10', term: 'YEAR_1' };
  const commit = { ...body, name: 'mine', payment: 'MONTHLY' };
  expect((await opened.send('createProductCommitment', { params: { contractId }, body: commit }, SP)).status).toBe(200);
  await say('130');
  const { id } = await opened.orderOf(contractId, OCTOBER);
  const order = (await opened.of('getProviderOrder', id, SP)).body;
  expect(order).toMatchObject({ autoReportType: 'FIXED', summary: { reported: 234, underage: 66, total: 300 } });
  await opened.of('submitOrder', id, SP, { body: PURCHASE_ORDERS });
  await opened.of('approveOrder', id, {}, { body: PURCHASE_ORDERS });
  // 50 more of October, whose order is submitted: 90.00, of which 66.00 fill the minimum up.
  await say('180');
  expect(await opened.linesOn(contractId, OCTOBER)).toEqual(['LCORE 100', 'LCORE 30']);
  expect(await opened.linesOn(contractId, NOVEMBER)).toEqual(['2026-10: LCORE 50', 'LCORE 100']);
  // Lines of one product and customer stand in the order of their ids.
  expect((await opened.closeMonth(OCTOBER))[contractId]?.sort()).toEqual([
    'Core 100: 180 = 180.00',
    'Core 30: 54 = 54.00',
    'Minimum commit not reached: 66 = 66.00',
  ]);
  opened.clock.time = new Date('2026-12-01T00:00:00Z');
  expect((await opened.closeMonth(NOVEMBER))[contractId]?.sort()).toEqual([
    'Core 100: 180 = 180.00',
    'Core 50: 24 = 24.00',
    'Minimum commit not reached: 120 = 120.00',
  ]);
});

test('it is not written, and not adjusted, by its service provider', async () => {
  await say('130');
  const { id } = await opened.orderOf(contractId, OCTOBER);
  const written = await opened.of('addUsage', id, SP, { body: { code: 'LCORE', quantity: '1' } });
  expect(written.body).toMatchObject({ status: 409 });
  await opened.closeMonth(OCTOBER);
  const adjusted = await opened.of('adjustOrder', id, SP, { body: { comment: 'Miscounted' } });
  expect(adjusted.body).toMatchObject({ status: 409, code: 'NOT_ADJUSTABLE' });
});
