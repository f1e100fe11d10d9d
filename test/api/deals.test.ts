import { period } from '../../lambdas/domain/calendar/period.ts';
import { pointsPerUnit, quantity } from '../../lambdas/domain/numbers/amounts.ts';
import type { Role } from '../../lambdas/domain/organization/organization.ts';
import type { RouteId } from '../../lambdas/manifest/routes.ts';
import { narrowedPortal } from '../../lambdas/use-cases/narrowed-portal.ts';
import { runDealDay } from '../../lambdas/use-cases/run-deal-day.ts';
import { tellParties } from '../../lambdas/use-cases/tell-parties.ts';
import { type ContractPortal, contractIdOf, openContractPortal } from '../support/contract-portal.ts';

const DEALS = { organizationId: 'AGG-1', roles: ['Deal Administrator'] satisfies Role[] };
const OTHER = { ...DEALS, organizationId: 'AGG-2' };
const VENDOR = { organizationId: 'VENDOR', roles: ['Operations'] satisfies Role[] };

let opened: ContractPortal;
let contractId: string;
beforeEach(async () => {
  opened = await openContractPortal();
  await opened.addProducts('VSAN', 'CORE');
  contractId = contractIdOf(await opened.create());
});
afterEach(() => opened.close());

const FIELDS = {
  productSKU: 'VSAN',
  projectedDealValue: 10000.5,
  expectedCloseDate: '2026-12-23',
  serviceProviderContact: 'sp@sp.example',
  aggregatorSalesContactLead: 'lead@agg.example',
  aggregatorManager: 'manager@agg.example',
};
const register = (over: object = {}, sender: object = DEALS) =>
  opened.send('registerDeal', { body: { contractId, ...FIELDS, ...over } }, sender);
const of = (id: RouteId, dealId: string, sender: object = DEALS, body: object = {}) =>
  opened.send(id, { params: { dealId }, ...(/^(get|list)/.test(id) ? {} : { body }) }, sender);

async function registered(over: object = {}): Promise<string> {
  const { body } = await register(over);
  return String(body.id);
}

async function opportunity(): Promise<string> {
  const id = await registered();
  await of('submitDeal', id);
  await of('approveDeal', id, VENDOR);
  return id;
}

async function mailed(): Promise<string[]> {
  for (const notice of await opened.portal.notices.waiting()) await tellParties(opened.portal, notice);
  return opened.mails.splice(0).flatMap(({ subject, to }) => to.map(({ address }) => `${address}: ${subject}`));
}

async function use(product: string): Promise<void> {
  const [order] = await opened.portal.billingOrders.ofContract(contractId, [period('2026-11')]);
  if (!order) throw new Error('the contract has no order');
  await opened.portal.billingOrders.putLines(order.id, order.lineSet, [
    {
      id: 'line-1',
      usagePeriod: order.usagePeriod,
      siteName: '',
      productCode: product,
      productName: product,
      customerNumber: '',
      uom: 'GB',
      quantity: quantity('5'),
      pointsPerUnit: pointsPerUnit('1'),
      inMinCommit: true,
    },
  ]);
}

const at = (day: string) => {
  opened.clock.time = new Date(`${day}T00:30:00.000Z`);
};

test('a deal is registered, submitted, revised, approved and won once its product is used', async () => {
  await mailed();
  const { status, body, headers } = await register();
  const id = String(body.id);
  expect([status, headers.location]).toEqual([201, `/api/aggregator/v1/deals/${id}`]);
  expect(body).toMatchObject({
    dealNumber: '20001',
    contract: { currency: 'USD' },
    serviceProvider: { prmId: expect.any(String), name: expect.any(String), countryRegion: expect.any(String) },
    productCategory: 'Any',
    projectedDealValue: 10000.5,
    status: 'DRAFT',
    extendStatus: 'NOT_EXTENDED',
    creationDate: '2026-11-10',
    expirationDate: '2027-05-09',
    fiscalQuarter: 'Q4FY2026',
  });
  expect((await of('convertDeal', id)).body).toMatchObject({ status: 409, code: 'TRANSITION_NOT_ALLOWED' });
  expect((await of('submitDeal', id)).body.status).toBe('PENDING_APPROVE');
  expect(await mailed()).toEqual(['mail@VENDOR.example: Deal 20001 waits for approval']);
  expect((await of('changeDeal', id, DEALS, { projectedDealValue: '5' })).body.code).toBe('TRANSITION_NOT_ALLOWED');
  expect((await opened.send('listVendorDeals', {}, VENDOR)).body).toMatchObject({
    total: 1,
    content: [{ id, contractId, aggregator: { prmId: expect.any(String) } }],
  });
  const said = { comment: 'Which value is it?' };
  expect((await of('askToReviseDeal', id, VENDOR, said)).body.status).toBe('PENDING_REVISION');
  expect(await mailed()).toEqual(['mail@AGG-1.example: Deal 20001 has to be revised']);
  const changed = await of('changeDeal', id, DEALS, { projectedDealValue: '12000.25', productSKU: 'CORE' });
  expect(changed.body).toMatchObject({
    projectedDealValue: 12000.25,
    productSKU: 'CORE',
    expectedCloseDate: '2026-12-23',
  });
  await of('submitDeal', id);
  expect((await of('approveDeal', id, VENDOR)).body.status).toBe('OPPORTUNITY');

  expect((await of('convertDeal', id)).body).toMatchObject({ status: 409, code: 'NOT_CONSUMED' });
  await use('VSAN');
  expect((await of('convertDeal', id)).body.code).toBe('NOT_CONSUMED');
  await use('CORE');
  expect((await of('convertDeal', id)).body).toMatchObject({ status: 'CLOSED_WON', closeDate: '2026-11-10' });
  const history = (await of('listDealHistory', id)).body.content as {
    action: string;
    actor?: string;
    reason?: string;
  }[];
  expect(history.map(({ action }) => action).sort()).toEqual(
    ['approveDeal', 'askToReviseDeal', 'changeDeal', 'convertDeal', 'registerDeal', 'submitDeal', 'submitDeal'].sort(),
  );
  expect(history.find(({ action }) => action === 'askToReviseDeal')).toMatchObject({ reason: said.comment });
  expect(history.find(({ action }) => action === 'approveDeal')).not.toHaveProperty('actor');
});

test('a deal is registered for a contract that the aggregator holds, by its Deal Administrators', async () => {
  expect((await register({}, OTHER)).status).toBe(404);
  expect((await register({ contractId: 'nothing' })).status).toBe(404);
  expect((await register({}, { ...DEALS, roles: ['Administrator', 'Operations', 'Read Only'] })).status).toBe(403);
  expect((await register({}, { organizationId: 'SP-1' })).status).toBe(403);
  const wrong = await register({ productSKU: 'NONE', projectedDealValue: '0.001', expectedCloseDate: '2026-11-09' });
  expect((wrong.body.errors as { field: string }[]).map(({ field }) => field)).toEqual([
    'productSKU',
    'projectedDealValue',
    'expectedCloseDate',
  ]);
  expect((await register({ expectedCloseDate: '2026-02-30' })).status).toBe(400);
  expect((await register({ promotionEvent: 'sale' })).status).toBe(400);
  expect((await register({ aggregatorManager: 'nobody' })).status).toBe(400);
  expect((await register({ more: 1 })).status).toBe(400);
});

test('another aggregator knows of none of it', async () => {
  const id = await opportunity();
  for (const route of ['getDeal', 'listDealHistory', 'submitDeal', 'loseDeal', 'requestDealExtension'] as const) {
    expect([route, (await of(route, id, OTHER)).status]).toEqual([route, 404]);
  }
  expect((await opened.send('listDeals', {}, OTHER)).body.total).toBe(0);
  expect((await of('approveDealExtension', id, DEALS)).status).toBe(403);
});

test('a member of a work group lists the deals of contracts that are in view as a whole', async () => {
  await registered();
  const seen = async (contracts: [string, string[] | undefined][]) => {
    const view = { groupId: 'group', items: [{ contracts: new Map(contracts) }] };
    return (await narrowedPortal(opened.portal, view).deals.ofAggregator('AGG-1')).length;
  };
  expect(await seen([[contractId, undefined]])).toBe(1);
  expect(await seen([[contractId, ['site-1']]])).toBe(0);
  expect(await seen([['another', undefined]])).toBe(0);
});

test('deals are filtered by the published selectors', async () => {
  const id = await opportunity();
  await registered({ productSKU: 'CORE' });
  const { contractNumber, contractReferenceNumber } = (await opened.portal.contracts.get(contractId))!.contract;
  const filters = [
    `id==${id}`,
    'dealNumber==20001',
    'productSKU==VSAN;serviceProvider.prmId==*',
    'status==OPPORTUNITY;creationDate==2026-11-10;expirationDate==2027-05-09;closeDate!=*',
    `productSKU==VSAN;contract.contractNumber==${contractNumber};contract.contractReferenceNumber==${contractReferenceNumber};contract.currency==USD`,
  ];
  for (const filter of filters) {
    const { body } = await opened.send('listDeals', { query: { filter } }, DEALS);
    expect({ filter, body }).toMatchObject({ filter, body: { total: 1, content: [{ id }] } });
  }
});

test('the vendor extends an opportunity once, also after its days, when it was asked in time', async () => {
  const id = await opportunity();
  at('2027-05-08');
  expect((await of('requestDealExtension', id)).body.extendStatus).toBe('PENDING_EXTENSION');
  at('2027-06-01');
  expect((await runDealDay(opened.portal)).closed).toBe(0);
  const waiting = { status: 'OPPORTUNITY', filter: 'extendStatus==PENDING_EXTENSION' };
  expect((await opened.send('listVendorDeals', { query: waiting }, VENDOR)).body.total).toBe(1);
  expect((await of('approveDealExtension', id, VENDOR)).body).toMatchObject({
    extendStatus: 'EXTENDED',
    expirationDate: '2027-11-05',
  });
  expect((await of('requestDealExtension', id)).body.code).toBe('TRANSITION_NOT_ALLOWED');
  at('2027-11-05');
  await mailed();
  expect(await runDealDay(opened.portal)).toEqual({ closed: 1, failures: [] });
  expect(await runDealDay(opened.portal)).toEqual({ closed: 0, failures: [] });
  expect((await of('getDeal', id)).body).toMatchObject({ status: 'CLOSED_EXPIRED', closeDate: '2027-11-05' });
  expect(await mailed()).toEqual(['mail@AGG-1.example: Deal 20001 has expired']);
});

test('what is to be decided of a deal is a task of who decides, until it is done or its days are over', async () => {
  const asks = { Aggregator: DEALS, Vendor: VENDOR };
  const tasks = async (who: keyof typeof asks, sender: object = asks[who]) => {
    const { body } = await opened.send(`list${who}Tasks`, { query: { filter: 'type==DEAL' } }, sender);
    return (body.content as Record<string, string>[]).map(
      ({ dealNumber, status, dueDate = '' }) => `${dealNumber} ${status} ${dueDate}`,
    );
  };
  const id = await registered();
  expect([await tasks('Aggregator'), await tasks('Vendor')]).toEqual([[], []]);
  await of('submitDeal', id);
  expect([await tasks('Aggregator'), await tasks('Vendor')]).toEqual([[], ['20001 PENDING_APPROVE 2027-05-08']]);
  await of('askToReviseDeal', id, VENDOR, { comment: 'Which value is it?' });
  expect([await tasks('Aggregator'), await tasks('Vendor')]).toEqual([['20001 PENDING_REVISION 2027-05-08'], []]);
  const operations: Role[] = ['Operations'];
  expect(await tasks('Aggregator', { ...DEALS, roles: operations })).toEqual([]);
  expect(await tasks('Aggregator', OTHER)).toEqual([]);
  const counts = (await opened.send('countAggregatorTasks', {}, DEALS)).body;
  expect(counts).toEqual({ count: 1, overdue: 0, byType: [{ type: 'DEAL', count: 1, overdue: 0 }] });
  at('2027-05-09');
  expect(await tasks('Aggregator')).toEqual([]);
  at('2027-05-08');
  await of('submitDeal', id);
  await of('approveDeal', id, VENDOR);
  expect(await tasks('Vendor')).toEqual([]);
  await of('requestDealExtension', id);
  at('2027-06-01');
  expect(await tasks('Vendor')).toEqual(['20001 PENDING_EXTENSION ']);
  await of('denyDealExtension', id, VENDOR, { comment: 'Not again' });
  expect(await tasks('Vendor')).toEqual([]);
});

test('a deal ends with its contract, and nothing more is done with it', async () => {
  const id = await opportunity();
  const draft = await registered();
  await opened.send('deactivateContract', { params: { contractId }, body: { reason: 'Fraud' } }, VENDOR);
  expect((await register()).body.code).toBe('CONTRACT_STATUS');
  expect((await of('submitDeal', draft)).body.code).toBe('CONTRACT_STATUS');
  expect((await runDealDay(opened.portal)).closed).toBe(2);
  for (const each of [id, draft]) {
    expect((await of('getDeal', each)).body.status).toBe('CLOSED_CONTRACT_TERMINATED');
    expect((await of('abandonDeal', each)).body.code).toBe('TRANSITION_NOT_ALLOWED');
  }
});

test('of two who decide at once one is done, and If-Match names a version', async () => {
  const id = await registered();
  await of('submitDeal', id);
  const both = await Promise.all([of('approveDeal', id, VENDOR), of('denyDeal', id, VENDOR, { comment: 'No' })]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  const stale = { params: { dealId: id }, body: {}, headers: { 'if-match': '"v1"' } };
  expect((await opened.send('abandonDeal', stale, DEALS)).body.code).toBe('VERSION_MISMATCH');
});

const sheet = (entries: object[], quarter = 'Q4FY2026', sender: object = VENDOR) =>
  opened.send('changeRebateSheet', { params: { fiscalQuarter: quarter }, body: { entries } }, sender);

test('the vendor keeps a sheet a quarter, whose entries aggregators see without rates', async () => {
  const entry = { productSKU: 'VSAN', geo: 'AMER', rate: 12.5 };
  expect((await sheet([entry])).body).toEqual({
    fiscalQuarter: 'Q4FY2026',
    entries: [
      {
        productSKU: 'VSAN',
        productDisplayName: 'Product VSAN',
        geo: 'AMER',
        startDate: '2026-10-01',
        endDate: '2026-12-31',
        rate: '12.5',
      },
    ],
  });
  const { body } = await opened.send('listRebateSheets', { query: { filter: 'startDate=ge=2026-10-01' } }, DEALS);
  expect(body).toEqual({
    total: 1,
    content: [
      {
        productSKU: 'VSAN',
        productDisplayName: 'Product VSAN',
        geo: 'AMER',
        startDate: '2026-10-01',
        endDate: '2026-12-31',
      },
    ],
  });
  expect((await sheet([entry], 'Q3FY2026')).body.code).toBe('REBATE_SHEET_FIXED');
  expect((await sheet([{ ...entry, productSKU: 'NONE' }])).body.code).toBe('BAD_REQUEST');
  expect((await sheet([entry], 'Q5FY2026')).status).toBe(404);
  expect((await sheet([entry], 'Q4FY2026', DEALS)).status).toBe(403);
});
