import { period } from '../../lambdas/domain/calendar/period.ts';
import type { FamilyType } from '../../lambdas/domain/catalogue/family.ts';
import { pointsPerUnit, unitPrice } from '../../lambdas/domain/numbers/amounts.ts';
import type { RouteId } from '../../lambdas/manifest/routes.ts';
import { importCatalogue } from '../../lambdas/use-cases/import-catalogue.ts';
import { runContractDay } from '../../lambdas/use-cases/run-contract-day.ts';
import type { Sent } from './api-requests.ts';
import { type ContractPortal, contractIdOf, NEGOTIATED, openContractPortal, skuId } from './contract-portal.ts';
import { CUSTOMER } from './customer-portal.ts';

/** What is read of answers. */
type Answered = { id: string; customerNumber: string; newContractId: string; usage: { id: string } };

const VENDOR = { organizationId: 'VENDOR' };
const OCTOBER = period('2026-10');
const RULE = { withoutEdits: true };
const METER = { name: 'um', version: '4.8.0.0' };

const product = (code: string, family: FamilyType) => ({
  ...{ id: `product-${code}`, code, name: `Product ${code}`, category: 'Any', family, uom: 'GB vRAM' },
  pointsPerUnit: pointsPerUnit('1'),
});

/** The contract portal with AGG-3 and SP-3, and with products of each family that service providers name things for. */
export async function openTenants(): Promise<ContractPortal> {
  const opened = await openContractPortal();
  const { portal } = opened;
  await opened.addOrganization('AGG-3', 'AGGREGATOR');
  await opened.addBillToAccount('AGG-3');
  await opened.addOrganization('SP-3', 'SERVICE_PROVIDER');
  const current = await portal.catalogue.current();
  await importCatalogue(portal, {
    ...current,
    products: [
      product('CORE', 'RENTAL'),
      product('ADDON', 'RENTAL'),
      product('HOST', 'MSP'),
      product('CLOUD', 'SOV'),
      product('DISK', 'SOV'),
      product('LCORE', 'LPCAAS'),
    ],
  });
  await portal.units.commit([
    portal.catalogue.priceListCreated({
      ...{ currency: 'USD', version: 'USD-products', validFrom: period('2026-01') },
      prices: Object.fromEntries(current.skus.map(({ code }) => [code, { listPrice: unitPrice('1') }])),
      productPrices: { HOST: unitPrice('100'), LCORE: unitPrice('2') },
    }),
  ]);
  return opened;
}

/**
 * Gives two organizations something of each kind that requests name, in a month that is reported.
 * @returns the ids
 */
export async function addThings(opened: ContractPortal, aggregatorId: string, serviceProviderId: string) {
  const { portal } = opened;
  const [aggregator, provider] = [{ organizationId: aggregatorId }, { organizationId: serviceProviderId }];
  const billToAccountId = `account-of-${aggregatorId}`;
  const name = `${aggregatorId} and ${serviceProviderId}`;

  async function asked(id: RouteId, sent: Sent, sender: object): Promise<Answered> {
    const { status, body } = await opened.send(id, sent, sender);
    if (status >= 300) throw new Error(`${id} was refused: ${JSON.stringify(body)}`);
    return body as Answered;
  }
  const contract = (sku: string, over: object = {}) =>
    opened.create(
      { contractSKUId: skuId(sku), bolDate: '2026-10-01', serviceProviderId, billToAccountId, ...over },
      aggregator,
    );
  const orderOf = async (contractId: string) =>
    (await portal.billingOrders.ofContract(contractId, [OCTOBER]))[0]?.id as string;
  async function group(id: 'createAggregatorWorkGroup' | 'createProviderWorkGroup', sender: object) {
    return (await asked(id, { body: { name, items: [] } }, sender)).id;
  }
  async function webhook(id: 'createAggregatorWebhook' | 'createProviderWebhook', sender: { organizationId: string }) {
    const { id: webhookId } = await asked(id, { body: { url: 'http://127.0.0.1:1/', description: name } }, sender);
    const eventId = `event-${aggregatorId}-${serviceProviderId}-${id}`;
    const event = { id: eventId, type: 'ContractStatusChanged', time: '2026-11-10T00:00:00.000Z', detail: {} };
    const at = opened.clock.time;
    await portal.deliveries.queue({ id: webhookId, ...sender }, event as never, at);
    const delivery = await portal.deliveries.begin({ webhookId, eventId }, at);
    await portal.deliveries.ended(delivery as never, { status: 'DEAD', outcome: '500' }, at);
    return [webhookId, eventId] as const;
  }

  const contractId = contractIdOf(await contract('RENTAL-1800'));
  const orderId = await orderOf(contractId);
  const place = { name: 'West', countryRegion: 'US', address: 'x', postCode: '1' };
  const site = await asked('createAggregatorUsageSite', { params: { contractId }, body: place }, aggregator);
  const line = { code: 'CORE', siteId: site.id, quantity: '1' };
  const { usage } = await asked('addUsage', { params: { orderId }, body: line }, provider);

  const sov = await contract('SOV-CUSTOM', NEGOTIATED);
  await asked('approveRequest', { params: { requestId: String(sov.body.id) }, body: {} }, VENDOR);
  await runContractDay(portal);
  const sovContractId = contractIdOf(sov);
  const customer = await asked(
    'registerEndCustomer',
    { params: { contractId: sovContractId }, body: CUSTOMER },
    provider,
  );
  const lpcaasContractId = contractIdOf(await contract('LPCAAS'));
  const tenant = await asked('createCustomer', { params: { contractId: lpcaasContractId }, body: CUSTOMER }, provider);
  const cloudContractId = contractIdOf(await contract('MSP-PAYG', { threshold: 1_000_000 }));

  const revised = await contract('RENTAL-CUSTOM', NEGOTIATED);
  await asked('reviseRequest', { params: { requestId: String(revised.body.id) }, body: { comment: 'Less' } }, VENDOR);

  // What the aggregator may take over from another.
  const from = aggregatorId === 'AGG-2' ? 'AGG-3' : 'AGG-2';
  const given = await opened.create(
    { serviceProviderId, billToAccountId: `account-of-${from}` },
    { organizationId: from },
  );
  const swap = { aggregatorPrmId: `prm-${aggregatorId}`, effectiveDate: '2027-01-01' };
  const taken = await asked('askForSwap', { params: { contractId: contractIdOf(given) }, body: swap }, provider);

  const rule = await asked('createApprovalRule', { body: { ...RULE, name } }, aggregator);
  await asked('chooseAutomaticReporting', { body: { optedIn: true } }, provider);
  const meter = await asked(
    'registerUsageMeter',
    { body: { ...METER, instanceId: crypto.randomUUID(), contracts: [{ contractId, usageSiteId: site.id }] } },
    provider,
  );
  const [aggregatorWebhookId, aggregatorEventId] = await webhook('createAggregatorWebhook', aggregator);
  const [providerWebhookId, providerEventId] = await webhook('createProviderWebhook', provider);

  return {
    ...{ serviceProviderId, billToAccountId, contractId, orderId, siteId: site.id, usageId: usage.id },
    ...{ sovContractId, sovOrderId: await orderOf(sovContractId), lpcaasContractId, cloudContractId },
    ...{ customerId: customer.id, customerNumber: customer.customerNumber, tenantId: tenant.id },
    ...{
      revisedContractId: contractIdOf(revised),
      revisedId: String(revised.body.id),
      takenContractId: taken.newContractId,
    },
    ...{ ruleId: rule.id, meterId: meter.id, aggregatorWebhookId, aggregatorEventId },
    ...{ providerWebhookId, providerEventId },
    aggregatorGroupId: await group('createAggregatorWorkGroup', aggregator),
    providerGroupId: await group('createProviderWorkGroup', provider),
  };
}
