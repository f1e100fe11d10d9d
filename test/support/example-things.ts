import { period } from '../../lambdas/domain/calendar/period.ts';
import type { Contract } from '../../lambdas/domain/contract/contract.ts';
import { type DocumentExport, finished } from '../../lambdas/domain/document-export/document-export.ts';
import type { MinorUnits } from '../../lambdas/domain/numbers/amounts.ts';
import type { OneOffOrder } from '../../lambdas/domain/one-off-order/one-off-order.ts';
import type { OrganizationType } from '../../lambdas/domain/organization/organization.ts';
import type { UsageFile } from '../../lambdas/domain/usage-file/usage-file.ts';
import type { UsageMeter } from '../../lambdas/domain/usage-meter/usage-meter.ts';
import { licenseKeysPurpose } from '../../lambdas/use-cases/decide-one-off-order.ts';
import { webhookPurpose } from '../../lambdas/use-cases/keep-webhook.ts';
import { newOrder } from '../../lambdas/use-cases/new-order.ts';
import { oneOffOrderChanged } from '../../lambdas/use-cases/one-off-order-changed.ts';
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
    webhookId: 'webhook-of-agg-1',
    exportId: 'export-of-AGG-1',
    workGroupId: 'group-1',
  },
  SERVICE_PROVIDER: {
    workGroupId: 'group-1',
    userId: 'user-of-sp-1',
    tokenId: 'token-user-of-sp-1',
    contractId: 'C-0001',
    orderId: 'order-1',
    usageSiteId: 'site-1',
    oneOffOrderId: 'C-0001_0',
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

const sealedKeys = ({ secrets }: ApiPortal['portal']) =>
  secrets.seal(JSON.stringify([{ productCode: 'CORE', key: 'KEY-1' }]), licenseKeysPurpose('C-0001_0'));

function exampleWebhooks({ webhooks, secrets }: ApiPortal['portal']) {
  const parties = [
    ['AGG-1', 'AGGREGATOR'],
    ['SP-1', 'SERVICE_PROVIDER'],
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

/** Adds them; the organizations are there already. */
export async function addExampleThings({ portal, addUser, addBillToAccount }: ApiPortal): Promise<void> {
  await addUser({ id: 'user-of-agg-1', organizationId: 'AGG-1', roles: ['Operations'] });
  await addUser({ id: 'user-of-sp-1', organizationId: 'SP-1', roles: ['Operations'] });
  await addBillToAccount('AGG-1');
  for (const organizationId of ['AGG-1', 'SP-1']) await addExport(portal, organizationId);
  const { contract, priceLists, revisions } = exampleContract();
  const { id: contractId, contractNumber, contractReferenceNumber, serviceProviderId, aggregatorId } = contract;
  const own = { contractId, contractNumber, serviceProviderId, aggregatorId };
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
    portal.oneOffOrders.keysGiven('C-0001_0', await sealedKeys(portal)),
    ...(await exampleWebhooks(portal)),
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
