import { period, plainDate } from '../../lambdas/domain/calendar/period.ts';
import type { ContractSku } from '../../lambdas/domain/catalogue/price-list.ts';
import type { Contract } from '../../lambdas/domain/contract/contract.ts';
import { newDeal } from '../../lambdas/domain/deal/deal.ts';
import { quarterOf } from '../../lambdas/domain/deal/fiscal-quarter.ts';
import { type DocumentExport, finished } from '../../lambdas/domain/document-export/document-export.ts';
import {
  type MinorUnits,
  percent,
  points,
  pointsPerUnit,
  quantity,
  unitPrice,
} from '../../lambdas/domain/numbers/amounts.ts';
import type { OneOffOrder } from '../../lambdas/domain/one-off-order/one-off-order.ts';
import type { OrganizationType } from '../../lambdas/domain/organization/organization.ts';
import { segmentFrom } from '../../lambdas/domain/product-commitment/product-commitment.ts';
import type { RebateSheet } from '../../lambdas/domain/rebate/rebate-sheet.ts';
import type { ServiceDelivery } from '../../lambdas/domain/service-delivery/service-delivery.ts';
import type { Subscription } from '../../lambdas/domain/subscription/subscription.ts';
import type { UsageFile } from '../../lambdas/domain/usage-file/usage-file.ts';
import type { UsageMeter } from '../../lambdas/domain/usage-meter/usage-meter.ts';
import type { VeloOrder } from '../../lambdas/domain/velo-order/velo-order.ts';
import { licenseKeysPurpose } from '../../lambdas/use-cases/decide-one-off-order.ts';
import { webhookPurpose } from '../../lambdas/use-cases/keep-webhook.ts';
import { newOrder } from '../../lambdas/use-cases/new-order.ts';
import { oneOffOrderChanged } from '../../lambdas/use-cases/one-off-order-changed.ts';
import { subscriptionChanged } from '../../lambdas/use-cases/subscription-changed.ts';
import { plainProgramme } from '../../local/simulation/plain-programme.ts';
import { approved } from '../domain/support/contracts.ts';
import type { ApiPortal } from './portal.ts';

const OCTOBER = period('2026-10');

/**
 * What stands for the ids in the examples of routes, of each kind of organization that sees its own things only: things
 * of AGG-1 and SP-1. A thing that a GET route names is added by addExampleThings or by billOctober.
 */
const OWN: Readonly<Record<OrganizationType, Readonly<Record<string, string>>>> = {
  AGGREGATOR: {
    userId: 'user-of-agg-1',
    tokenId: 'token-user-of-agg-1',
    contractId: 'C-0001',
    requestId: 'request-1',
    orderId: 'order-1',
    ruleId: 'rule-1',
    usageSiteId: 'site-1',
    oneOffOrderId: 'C-0001_0',
    subscriptionId: 'C-0001_S1',
    deliveryNumber: 'SD-1',
    veloOrderId: 'velo-order-1',
    webhookId: 'webhook-of-agg-1',
    exportId: 'export-of-AGG-1',
    workGroupId: 'group-1',
    dealId: 'deal-1',
  },
  SERVICE_PROVIDER: {
    workGroupId: 'group-1',
    userId: 'user-of-sp-1',
    tokenId: 'token-user-of-sp-1',
    contractId: 'C-0001',
    orderId: 'order-1',
    usageSiteId: 'site-1',
    customerId: 'customer-1',
    commitmentId: 'commitment-1',
    oneOffOrderId: 'C-0001_0',
    subscriptionId: 'C-0001_S1',
    deliveryNumber: 'SD-1',
    veloOrderId: 'velo-order-1',
    webhookId: 'webhook-of-sp-1',
    fileId: 'file-1',
    meterId: 'meter-1',
    exportId: 'export-of-SP-1',
  },
  VENDOR: {},
};

/** The path parameters of an example, with the things of the organization that stands for its kind. */
export function ownParams(
  { organizationType }: { organizationType: OrganizationType },
  params: Readonly<Record<string, string>>,
): Record<string, string> {
  const own = OWN[organizationType];
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, own[name] ?? value]));
}

/** A contract of AGG-1 and SP-1, its terms, and the prices of the programme. */
function exampleContract() {
  const { contracts = [], priceLists = [] } = plainProgramme({ period: OCTOBER, contracts: 1, lines: 0 });
  const [plain] = contracts;
  if (!plain) throw new Error('the programme has no contract');
  const contract: Contract = { ...plain.contract, id: 'C-0001', aggregatorId: 'AGG-1', serviceProviderId: 'SP-1' };
  return { contract, priceLists, revisions: plain.revisions.map((each) => ({ ...each, contractId: contract.id })) };
}

function exampleMeter({ id: contractId, contractNumber, aggregatorId, serviceProviderId }: Contract): UsageMeter {
  return {
    id: 'meter-1',
    serviceProviderId,
    instanceId: 'de16af2a-0c1d-4e5f-8a9b-8cd5d5bdad1e',
    name: 'my_um',
    softwareVersion: '4.8.0.0',
    mode: 'PRODUCTION',
    connection: 'ONLINE',
    contracts: [{ contractId, contractNumber, familyType: 'RENTAL', aggregatorId }],
    shared: false,
    registeredTime: '2026-10-01T00:00:00.000Z',
    lastModifiedTime: '2026-10-01T00:00:00.000Z',
    edits: 1,
    version: 1,
  };
}

function exampleOneOffOrder({ id, contractNumber, aggregatorId, serviceProviderId }: Contract): OneOffOrder {
  return {
    id: 'C-0001_0',
    orderNumber: `${contractNumber}-0`,
    contractId: id,
    contractNumber,
    serviceProviderId,
    aggregatorId,
    kind: 'INITIAL',
    status: 'FULFILLED',
    description: 'Licences',
    licenses: [],
    requesterId: 'SYSTEM',
    licenseKeys: 1,
    createdTime: '2026-10-01T00:00:00.000Z',
    lastModifiedTime: '2026-10-01T00:00:00.000Z',
    version: 1,
  };
}

function exampleSubscription({ id, contractNumber, aggregatorId, serviceProviderId, bolDate }: Contract): Subscription {
  return {
    id: 'C-0001_S1',
    subscriptionNumber: `${contractNumber}-S1`,
    contractId: id,
    contractNumber,
    serviceProviderId,
    aggregatorId,
    customerNumber: 'CUST-1001',
    customerName: 'Customer Corp',
    productCode: 'HOST',
    productName: 'Cloud host',
    uom: 'Host',
    quantity: quantity('4'),
    from: bolDate,
    cancelled: false,
    commitments: [],
    createdTime: '2026-10-01T00:00:00.000Z',
    lastModifiedTime: '2026-10-01T00:00:00.000Z',
    version: 1,
  };
}

function exampleCustomer(
  { customers, customerCommitments, productCommitments }: ApiPortal['portal'],
  { id: contractId, contractNumber, serviceProviderId, aggregatorId }: Contract,
) {
  const [customerId, customerNumber] = ['customer-1', '4711000815'];
  const written = { lastModifiedTime: '2026-10-01T00:00:00.000Z', version: 1 };
  const address = { name: 'Steven', address1: '1 S Main St', countryRegion: 'DE', postalCode: '10041' };
  return [
    ...customers.created({ id: customerId, customerNumber, serviceProviderId, ...address, ...written }),
    customers.added({ contractId, customerId, customerNumber, labels: [], siso: {}, ...written }),
    productCommitments.created({
      id: 'commitment-1',
      contractId,
      contractNumber,
      serviceProviderId,
      aggregatorId,
      customerId,
      customerNumber,
      product: { id: 'product-1', code: 'LCORE', name: 'Core' },
      uom: 'GB vRAM',
      name: 'my_commitment_1',
      term: 'YEAR_1',
      payment: 'MONTHLY',
      segments: [segmentFrom(period('2026-12'), 'YEAR_1', quantity('100'))],
      status: 'ACTIVE',
      nextMonth: period('2026-12'),
      createdTime: written.lastModifiedTime,
      ...written,
    }),
    customerCommitments.created({
      id: 'commitment-1',
      contractId,
      contractNumber,
      serviceProviderId,
      aggregatorId,
      customerId,
      customerNumber,
      name: 'my_commitment',
      from: period('2026-12'),
      until: period('2026-12'),
      commitment: points('10'),
      minCommits: { [period('2026-12')]: points('10') },
      status: 'PENDING_EFFECTIVE_PERIOD',
      createdTime: written.lastModifiedTime,
      ...written,
    }),
  ];
}

const RECORDED = {
  productCode: 'ANY',
  productName: 'Any',
  uom: 'Hour',
  createdTime: '2026-10-01T00:00:00.000Z',
  lastModifiedTime: '2026-10-01T00:00:00.000Z',
  version: 1,
} as const;

type OfContract = Pick<ServiceDelivery, 'contractId' | 'contractNumber' | 'serviceProviderId' | 'aggregatorId'>;

const exampleDelivery = (own: OfContract): ServiceDelivery => ({
  ...RECORDED,
  ...own,
  number: 'SD-1',
  status: 'PENDING_ACCEPTANCE',
  measure: 'HOURS',
  quantity: quantity('7.5'),
  pointsPerUnit: pointsPerUnit('180'),
  deliveryDate: plainDate('2026-09-14'),
  description: 'Workshop',
});

const exampleVeloOrder = (own: OfContract): VeloOrder => ({
  ...RECORDED,
  ...own,
  id: 'velo-order-1',
  sid: 'SID-1',
  orderNumber: 'VO-1',
  currency: 'USD',
  terms: [
    { from: plainDate('2026-11-12'), quantity: quantity('40'), unitPrice: unitPrice('65'), discount: percent('10') },
  ],
});

const sealedKeys = ({ secrets }: ApiPortal['portal']) =>
  secrets.seal(JSON.stringify([{ productCode: 'CORE', key: 'KEY-1' }]), licenseKeysPurpose('C-0001_0'));

function exampleWebhooks({ webhooks, secrets }: ApiPortal['portal']) {
  const parties = [
    ['AGG-1', 'AGGREGATOR'],
    ['SP-1', 'SERVICE_PROVIDER'],
    ['VENDOR', 'VENDOR'],
  ] as const;
  return Promise.all(
    parties.map(async ([organizationId, organizationType]) => {
      const id = `webhook-of-${organizationId.toLowerCase()}`;
      const time = '2026-10-01T00:00:00.000Z';
      const present = await secrets.seal('whsec_AAAA', webhookPurpose(id));
      return webhooks.created(
        {
          id,
          organizationId,
          organizationType,
          url: 'http://127.0.0.1:1/hooks',
          description: 'Ours',
          eventTypes: [],
          status: 'ACTIVE',
          createdTime: time,
          lastModifiedTime: time,
          version: 1,
        },
        { present },
      );
    }),
  );
}

/** A deal of that number, which earns a rebate where it was won. */
function exampleDeal(contract: Contract, n: number, now: Date) {
  const person = 'ada@person.example';
  return newDeal(
    {
      productSKU: 'CORE',
      productCategory: 'Compute',
      projectedDealValue: 1_000_000n as MinorUnits,
      expectedCloseDate: plainDate('2026-12-23'),
      serviceProviderContact: person,
      aggregatorSalesContactLead: person,
      aggregatorManager: person,
    },
    {
      id: `deal-${n}`,
      dealNumber: String(20_000 + n),
      registrantId: 'user-of-agg-1',
      contract,
      on: plainDate('2026-10-01'),
      now,
    },
  );
}

function exampleSheet({ region: geo }: Contract): RebateSheet {
  const [startDate, endDate] = [plainDate('2026-10-01'), plainDate('2026-12-31')];
  const entry = { productSKU: 'CORE', productDisplayName: 'Core', geo, startDate, endDate, rate: percent('10') };
  return { quarter: quarterOf(startDate), entries: [entry], version: 0 };
}

const GIVEN = { id: 'C-0000', contractNumber: '39999999', aggregatorId: 'AGG-2' };

/** Adds them; the organizations are there already. */
export async function addExampleThings({ portal, addUser, addBillToAccount }: ApiPortal): Promise<void> {
  await addUser({ id: 'user-of-agg-1', organizationId: 'AGG-1', roles: ['Operations'] });
  await addUser({ id: 'user-of-sp-1', organizationId: 'SP-1', roles: ['Operations'] });
  await addBillToAccount('AGG-1');
  for (const organizationId of ['AGG-1', 'SP-1']) await addExport(portal, organizationId);
  const { contract, priceLists, revisions } = exampleContract();
  const { id: contractId, contractNumber, contractReferenceNumber, serviceProviderId, aggregatorId } = contract;
  const own = { contractId, contractNumber, serviceProviderId, aggregatorId };
  const time = new Date('2026-10-01T00:00:00Z');
  await portal.usageReports.put({
    serviceProviderId,
    period: OCTOBER,
    status: 'REQUESTED',
    requestedTime: '2026-11-01T00:00:00.000Z',
  });
  await portal.units.commit([
    ...portal.contracts.created(contract, revisions),
    ...[aggregatorId, serviceProviderId].map((organizationId) =>
      portal.workGroups.created({ id: 'group-1', organizationId, name: 'Group', items: [], version: 1 }),
    ),
    portal.reviews.ruleCreated({
      id: 'rule-1',
      aggregatorId,
      name: 'Untouched',
      active: true,
      withoutEdits: true,
      families: [],
      serviceProviderIds: [],
      version: 1,
    }),
    ...priceLists.map((list) => portal.catalogue.priceListCreated(list)),
    ...portal.usageMeters.created(exampleMeter(contract), new Date('2026-10-01T00:00:00Z')),
    portal.contractRequests.created(
      approved({ type: 'TERMINATE', reason: 'COVID Impact' }, '2027-01-01', { ...own, status: 'PENDING_APPROVAL' }),
    ),
    ...oneOffOrderChanged(portal, undefined, exampleOneOffOrder(contract), {
      actor: 'user-of-sp-1',
      organizationId: serviceProviderId,
      now: new Date('2026-10-01T00:00:00Z'),
      action: 'orderLicenses',
    }),
    ...subscriptionChanged(portal, undefined, exampleSubscription(contract), {
      actor: 'user-of-sp-1',
      organizationId: serviceProviderId,
      now: new Date('2026-10-01T00:00:00Z'),
      action: 'orderSubscription',
    }),
    portal.deals.created(exampleDeal(contract, 1, time)),
    portal.deals.created({
      ...exampleDeal(contract, 2, time),
      status: 'CLOSED_WON',
      closeDate: plainDate('2026-10-20'),
    }),
    portal.rebateSheets.changed(exampleSheet(contract)),
    // It has come from another aggregator.
    ...portal.contracts.created({ ...contract, ...GIVEN, status: 'TERMINATED', swappedTo: contractId }, []),
    portal.contractRequests.created(
      approved({ type: 'CREATE', sku: revisions[0]?.sku as ContractSku }, '2026-01-01', {
        ...own,
        id: 'request-0',
        status: 'COMPLETED',
        swapsWith: { contractId: GIVEN.id, requestId: 'request-of-the-other' },
      }),
    ),
    portal.oneOffOrders.keysGiven('C-0001_0', await sealedKeys(portal)),
    ...portal.serviceDeliveries.created(exampleDelivery(own)),
    ...portal.veloOrders.created(exampleVeloOrder(own)),
    ...(await exampleWebhooks(portal)),
    ...exampleCustomer(portal, contract),
    portal.costReports.taken({
      ...{ contractId, serviceProviderId, aggregatorId, usagePeriod: OCTOBER, format: 'CUR2', currency: 'USD' },
      ...{ accountId: '123456789012', rows: 0, services: [], total: 0n as MinorUnits, bills: [], isBilled: false },
      ...{ hash: '', userId: 'nobody', time: '2026-11-01T00:00:00.000Z', version: 1 },
    }),
    portal.usageSites.created({
      id: 'site-1',
      contractId,
      serviceProviderId,
      contractReferenceNumber,
      name: 'my_site',
      countryRegion: 'US',
      address: '1 S Main St',
      postCode: '94105',
      lastModifiedTime: '2026-10-01T00:00:00.000Z',
      version: 1,
    }),
  ]);
  // The order that examples name, and some that nobody moves: to report, to review, and of the running month.
  const now = new Date('2026-11-01T00:00:00.000Z');
  for (const [id, month, status] of [
    ['order-1', '2026-10', 'PENDING_SP'],
    ['order-2', '2026-09', 'PENDING_AGGREGATOR'],
    ['order-3', '2026-08', 'PENDING_SP'],
    ['order-4', '2026-11', 'NOT_OPEN'],
  ] as const) {
    await portal.units.commit(portal.billingOrders.created({ ...newOrder(contract, period(month), now), id, status }));
  }
  const said = { organizationId: 'SP-1', userId: 'user-of-sp-1', firstName: 'Ada', lastName: 'Person' };
  await portal.units.commit([
    portal.orderComments.added({
      ...said,
      id: 'comment-1',
      orderId: 'order-1',
      email: 'ada@person.example',
      createdTime: now.toISOString(),
      content: 'All as usual',
    }),
    portal.usageFiles.created(exampleFile(serviceProviderId, now)),
  ]);
}

/** An export of an organization that is done, with nothing in it. */
async function addExport(portal: ApiPortal['portal'], organizationId: string): Promise<void> {
  const asked: DocumentExport = {
    id: `export-of-${organizationId}`,
    organizationId,
    userId: 'nobody',
    status: 'RUNNING',
    request: { from: OCTOBER, to: OCTOBER, kinds: ['STATEMENT'], forms: ['pdf'] },
    createdTime: '2026-11-10T00:00:00.000Z',
    attempts: 1,
    parts: 0,
    files: 0,
    version: 1,
  };
  await portal.units.commit(portal.documentExports.created(asked));
  const done = finished(asked, new Date('2026-11-10T00:01:00.000Z'));
  await portal.units.commit(portal.documentExports.changed(done));
}

function exampleFile(serviceProviderId: string, now: Date): UsageFile {
  return {
    id: 'file-1',
    serviceProviderId,
    userId: 'user-of-sp-1',
    createdTime: now.toISOString(),
    name: 'usage.csv',
    format: 'CSV',
    mode: 'MERGE',
    size: 1,
    status: 'INVALID',
    attempt: 1,
    errors: 1,
    orders: [],
    lastModifiedTime: now.toISOString(),
    version: 1,
  };
}
