import { period } from '../../../lambdas/domain/calendar/period.ts';
import type { ContractRequest } from '../../../lambdas/domain/contract-request/request.ts';
import type { RouteId } from '../../../lambdas/manifest/routes.ts';
import { runContractDay } from '../../../lambdas/use-cases/run-contract-day.ts';
import {
  type ContractPortal,
  contractIdOf,
  NEGOTIATED,
  openContractPortal,
  skuId,
  WANTED,
} from '../../support/contract-portal.ts';

let portal: ContractPortal;
beforeEach(async () => {
  portal = await openContractPortal();
});
afterEach(() => portal.close());

const payGo = async (over: object = {}) => contractIdOf(await portal.create(over));

/** Stores the contract's only request as approved and invoiced, and puts it into effect. */
async function approve(contractId: string) {
  const request = (await portal.portal.contractRequests.ofContract(contractId)).at(-1) as ContractRequest;
  const approved = { ...request, status: 'PENDING_EFFECTIVE_DATE' } as const;
  await portal.portal.units.commit([portal.portal.contractRequests.changed(approved)]);
  const day = await runContractDay(portal.portal);
  if (day.failures[0]) throw day.failures[0];
}

async function negotiated(sku: 'RENTAL-PREPAY' | 'RENTAL-CUSTOM' | 'MSP-CUSTOM', over: object = {}) {
  const id = await payGo({ contractSKUId: skuId(sku), ...NEGOTIATED, ...over });
  await approve(id);
  return id;
}
const prepaid = () => negotiated('RENTAL-PREPAY', { prepayment: 120, triggerPoint: 30 });

async function refusal(route: RouteId, contractId: string, body: object) {
  const reply = await portal.ask(route, contractId, body);
  const errors = (reply.body.errors ?? []) as { field: string }[];
  return [reply.status, reply.body.code, ...errors.map(({ field }) => field)].join(' ');
}
const contractOf = async (id: string) => (await portal.ask('getAggregatorContract', id)).body;

test('an upgrade from the 1st of this month acts at once, one from later waits', async () => {
  const id = await payGo();
  const now = { contractSKUId: skuId('RENTAL-3600'), effectiveDate: '2026-11-01', comment: 'More customers' };
  const done = await portal.ask('upgradeContract', id, now);
  expect(done.body).toMatchObject({
    status: 'COMPLETED',
    requestType: 'UPGRADE',
    token: expect.stringMatching(/-0000002$/),
  });
  expect(done.body.requestContractSKU).toMatchObject({ code: 'RENTAL-3600' });
  expect(await contractOf(id)).toMatchObject({ contractSKU: { code: 'RENTAL-3600' }, bolDate: '2026-11-01' });
  const later = { contractSKUId: skuId('RENTAL-1800'), effectiveDate: '2026-12-01', comment: 'Fewer' };
  expect((await portal.ask('downgradeContract', id, later)).body).toMatchObject({ status: 'PENDING_APPROVAL' });
  const again = { ...later, contractSKUId: skuId('RENTAL-360') };
  const open = await portal.ask('downgradeContract', id, again);
  expect(open.body).toMatchObject({ code: 'REQUEST_OPEN', detail: expect.stringContaining('-0000003 ') });
  expect(open.status).toBe(409);
});

test('up is up and down is down, on the 1st of a month that is not frozen', async () => {
  const id = await payGo();
  const effectiveDate = '2026-12-01';
  const comment = 'Why';
  const to = (code: string, more: object = {}) => ({ contractSKUId: skuId(code), effectiveDate, comment, ...more });
  expect(await refusal('upgradeContract', id, to('RENTAL-360'))).toBe('400 BAD_REQUEST contractSKUId');
  expect(await refusal('downgradeContract', id, to('RENTAL-3600'))).toBe('400 BAD_REQUEST contractSKUId');
  expect(await refusal('upgradeContract', id, to('RENTAL-PREPAY'))).toBe('400 BAD_REQUEST contractSKUId');
  expect(await refusal('upgradeContract', id, to('MSP-PAYG'))).toBe('400 BAD_REQUEST contractSKUId');
  expect(await refusal('upgradeContract', id, to('RENTAL-3600', { effectiveDate: '2026-12-02' }))).toBe(
    '400 BAD_REQUEST effectiveDate',
  );
  expect(await refusal('upgradeContract', id, to('RENTAL-3600', { effectiveDate: '2026-13-01' }))).toBe(
    '400 BAD_REQUEST effectiveDate',
  );
  expect(await refusal('upgradeContract', id, to('RENTAL-3600', { effectiveDate: null }))).toBe(
    '400 BAD_REQUEST effectiveDate',
  );
  expect(await refusal('downgradeContract', id, to('RENTAL-360', { comment: undefined }))).toBe(
    '400 BAD_REQUEST comment',
  );
  expect(await refusal('downgradeContract', id, to('RENTAL-360', { comment: ' ' }))).toBe('400 BAD_REQUEST comment');
  expect(await refusal('upgradeContract', id, {})).toBe('400 BAD_REQUEST contractSKUId effectiveDate');
});

test('of two who ask at the same moment one is done and one told of the other', async () => {
  const id = await payGo();
  const body = { contractSKUId: skuId('RENTAL-3600'), effectiveDate: '2026-12-01' };
  const replies = await Promise.all([1, 2, 3].map(() => portal.ask('upgradeContract', id, body)));
  expect(replies.map(({ status, body: { code } }) => `${status} ${code}`).sort()).toEqual([
    '200 undefined',
    '409 REQUEST_OPEN',
    '409 REQUEST_OPEN',
  ]);
  expect(await portal.portal.contractRequests.ofContract(id)).toHaveLength(2);
});

test('a termination waits for approval and holds the contract; withdrawn, the contract is active again', async () => {
  const id = await payGo();
  const body = { effectiveDate: '2027-01-01', comment: 'Merged', reason: 'Merger and Acquisition' };
  expect(await refusal('terminateContract', id, { ...body, reason: 'Boredom' })).toBe('400 BAD_REQUEST reason');
  expect(await refusal('terminateContract', id, { ...body, effectiveDate: '2026-11-10' })).toBe(
    '400 BAD_REQUEST effectiveDate',
  );
  expect(await refusal('terminateContract', id, {})).toBe('400 BAD_REQUEST effectiveDate comment reason');
  const asked = await portal.ask('terminateContract', id, body);
  expect(asked.body).toMatchObject({ status: 'PENDING_APPROVAL', requestType: 'TERMINATE' });
  expect(await contractOf(id)).toMatchObject({ status: 'PENDING_TERMINATION' });
  expect(await refusal('terminateContract', id, body)).toBe('409 CONTRACT_STATUS');
  const params = { contractId: id, requestId: String(asked.body.id) };
  const withdrawn = await portal.send('withdrawContractRequest', { params, body: { comment: 'Not yet' } });
  expect(withdrawn.body).toMatchObject({ status: 'WITHDRAWN', reason: 'Merger and Acquisition' });
  expect(await contractOf(id)).toMatchObject({ status: 'ACTIVE' });
  expect(await portal.send('withdrawContractRequest', { params, body: {} })).toMatchObject({
    status: 409,
    body: { code: 'TRANSITION_NOT_ALLOWED' },
  });
  expect(
    await portal.send('withdrawContractRequest', { params: { ...params, requestId: 'none' }, body: {} }),
  ).toMatchObject({ status: 404 });
});

test('a contract that is withdrawn is a draft, and takes no changes', async () => {
  const created = await portal.create({ bolDate: '2026-12-01' });
  const id = contractIdOf(created);
  const params = { contractId: id, requestId: String(created.body.id) };
  expect((await portal.send('withdrawContractRequest', { params, body: {} })).status).toBe(200);
  expect(await contractOf(id)).toMatchObject({ status: 'DRAFT' });
  expect(await refusal('renewContract', id, { term: 12 })).toBe('409 CONTRACT_STATUS');
});

test('a top-up keeps the months that are over and pays for the rest', async () => {
  const id = await prepaid();
  expect(await contractOf(id)).toMatchObject({
    status: 'ACTIVE',
    discount: 20,
    sellingPricePerPoint: 0.704,
    spf: 'SPF-1',
  });
  portal.clock.time = new Date('2026-12-05T00:00:00Z');
  const schedule = [10, ...Array.from({ length: 13 }, () => 20.5)];
  const body = { prepayment: 156.5, term: 14, burnDownSchedule: schedule, vmwarePurchaseOrder: 'PO-2' };
  expect(await refusal('topUpContract', id, { ...body, burnDownSchedule: schedule.with(0, 20) })).toBe(
    '400 BAD_REQUEST burnDownSchedule[0]',
  );
  expect(await refusal('topUpContract', id, { ...body, prepayment: 156.4 })).toBe('400 BAD_REQUEST prepayment');
  expect(await refusal('topUpContract', id, { ...body, term: 11 })).toBe('400 BAD_REQUEST term');
  expect(await refusal('topUpContract', id, {})).toBe(
    '400 BAD_REQUEST prepayment term burnDownSchedule vmwarePurchaseOrder',
  );
  const asked = await portal.ask('topUpContract', id, body);
  expect(asked.body).toMatchObject({
    requestType: 'TOPUP',
    status: 'PENDING_APPROVAL',
    requestContractSKU: { contractType: 'PRE-PAY' },
    prepayment: 156.5,
    term: 14,
    burnDownSchedule: schedule,
    vmwarePurchaseOrder: 'PO-2',
    effectiveDate: '2026-12-01',
  });
  expect(asked.text).toContain('"prepayment":156.5,');
  const amend = { effectiveDate: '2027-01-01', triggerPoint: 50 };
  expect(await refusal('amendPrepayment', id, amend)).toBe('409 REQUEST_OPEN');
  expect(await refusal('topUpContract', await payGo(), body)).toContain('400 BAD_REQUEST contractId');
});

test('PRE-PAY and CUSTOM are amended and renewed, each with what it takes', async () => {
  const id = await prepaid();
  expect(await refusal('amendPrepayment', id, { effectiveDate: '2026-12-01', triggerPoint: '5' })).toBe(
    '400 BAD_REQUEST triggerPoint',
  );
  expect(await refusal('amendPrepayment', id, { effectiveDate: '2026-12-01', colour: 'red' })).toBe(
    '400 BAD_REQUEST colour',
  );
  const asked = await portal.ask('amendPrepayment', id, { effectiveDate: '2026-12-01', triggerPoint: 50 });
  expect(asked.body).toMatchObject({ requestType: 'PREPAY_AMEND', status: 'PENDING_APPROVAL' });
  const custom = await negotiated('RENTAL-CUSTOM');
  expect((await portal.ask('amendContract', custom, { effectiveDate: '2026-12-01', discount: 22.5 })).status).toBe(200);
  const { content } = (await portal.ask('listContractRequests', custom)).body as { content: object[] };
  expect(content[0]).toMatchObject({ requestType: 'AMEND', price: { discount: '22.5', listPrice: '0.88' } });
  const renewed = await negotiated('RENTAL-CUSTOM');
  expect(await refusal('renewContract', renewed, { term: 12 })).toBe('400 BAD_REQUEST minCommits discount spf');
  const reply = await portal.ask('renewContract', renewed, NEGOTIATED);
  expect(reply.body).toMatchObject({ requestType: 'RENEW', effectiveDate: '2027-11-01', status: 'PENDING_APPROVAL' });
});

test('the threshold is for MSP contracts', async () => {
  expect(await refusal('updateThreshold', await payGo(), { threshold: 900 })).toBe('400 BAD_REQUEST threshold');
  const msp = await negotiated('MSP-CUSTOM', { threshold: 900 });
  const reply = await portal.ask('updateThreshold', msp, { threshold: 1000.55 });
  expect(reply.body).toMatchObject({ requestType: 'THRESHOLD_UPDATE', effectiveDate: '2026-11-10' });
  const got = (await portal.ask('listContractRequests', msp)).body as { content: { threshold: string }[] };
  expect(got.content.map(({ threshold }) => threshold)).toContain('1000.55');
});

test('basic information is changed at once, by who has read it last', async () => {
  const id = await payGo();
  const change = (body: object, headers: Record<string, string> = {}) =>
    portal.send('changeContract', {
      params: { contractId: id },
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });
  const changed = await change(
    { vmwarePurchaseOrder: 'PO-2', billingOrderPreference: 'EDI', entitlementAccount: '77' },
    { 'if-match': '"v1"' },
  );
  expect(changed).toMatchObject({
    status: 200,
    headers: { etag: '"v2"' },
    body: { vmwarePurchaseOrder: 'PO-2', billingOrderPreference: 'EDI', entitlementAccount: '77', status: 'ACTIVE' },
  });
  expect(await change({ vmwarePurchaseOrder: 'PO-3' }, { 'if-match': '"v1"' })).toMatchObject({ status: 412 });
  expect(await change({}, { 'if-match': '"v1"' })).toMatchObject({ status: 412 });
  expect(await change({}, { 'if-match': '"v2"' })).toMatchObject({ status: 200, headers: { etag: '"v2"' } });
  const wrong = {
    serviceProviderContact: 'nobody',
    licenseContact: 'nobody',
    aggregatorContact: 'nobody',
    billToAccountId: 'account-jpy',
  };
  expect(await refusal('changeContract', id, wrong)).toBe(`400 BAD_REQUEST ${Object.keys(wrong).join(' ')}`);
  expect(await refusal('changeContract', id, { billingOrderPreference: null, fillPurchaseOrderInMBO: 'x' })).toBe(
    '400 BAD_REQUEST billingOrderPreference fillPurchaseOrderInMBO',
  );
  const { content } = (await portal.ask('listContractRequests', id)).body as { content: object[] };
  expect(content).toMatchObject([{ requestType: 'BASIC_INFO_UPDATE', status: 'COMPLETED' }, { requestType: 'CREATE' }]);
});

test('what the vendor wants revised is asked for anew, with the same token', async () => {
  const created = await portal.create({ contractSKUId: skuId('RENTAL-CUSTOM'), ...NEGOTIATED, bolDate: '2026-12-01' });
  const contractId = contractIdOf(created);
  const requestId = String(created.body.id);
  const resubmit = (body: object) =>
    portal.send('resubmitContractRequest', { params: { contractId, requestId }, body });
  const anew = {
    requestType: 'CREATE',
    ...WANTED,
    contractSKUId: skuId('RENTAL-CUSTOM'),
    ...NEGOTIATED,
    bolDate: '2027-01-01',
    discount: 10,
  };
  expect(await resubmit(anew)).toMatchObject({ status: 409, body: { code: 'TRANSITION_NOT_ALLOWED' } });
  const decide = (route: RouteId, body: object) =>
    portal.send(route, { params: { requestId }, body }, { organizationId: 'VENDOR' });
  expect((await decide('reviseRequest', { comment: '10 % at most' })).body.status).toBe('PENDING_REVISE');
  const other = { requestType: 'THRESHOLD_UPDATE', threshold: 1 };
  expect(await resubmit(other)).toMatchObject({ status: 400, body: { errors: [{ field: 'requestType' }] } });
  expect(await resubmit({ ...anew, term: 11 })).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'minCommits' }] },
  });
  expect(await resubmit({ ...anew, colour: 'red' })).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'colour' }] },
  });
  expect(await resubmit({ ...anew, requestType: 'NOTHING' })).toMatchObject({ status: 400 });
  const done = await resubmit({ ...anew, vmwarePurchaseOrder: 'PO-9' });
  expect(done.body).toMatchObject({
    status: 'PENDING_APPROVAL',
    token: created.body.token,
    effectiveDate: '2027-01-01',
    price: { discount: '10' },
  });
  expect(await contractOf(contractId)).toMatchObject({ bolDate: '2027-01-01', vmwarePurchaseOrder: 'PO-9' });
  const got = await portal.send('getContractRequest', { params: { contractId, requestId } });
  expect(got).toMatchObject({ status: 200, headers: { etag: '"v3"' }, body: done.body });
  expect(done.body.approverComment).toBe('10 % at most');
  expect((await decide('approveRequest', {})).body.status).toBe('PENDING_EFFECTIVE_DATE');
  portal.clock.time = new Date('2027-01-01T00:05:00Z');
  expect((await runContractDay(portal.portal)).failures).toEqual([]);
  expect(await contractOf(contractId)).toMatchObject({ status: 'ACTIVE', discount: 10, sellingPricePerPoint: 0.792 });
  expect(await portal.portal.billingOrders.ofContract(contractId, [period('2027-01')])).toHaveLength(1);
});

test("another aggregator's contract does not exist, whatever is asked of it", async () => {
  const id = await payGo();
  const other = { organizationId: 'AGG-2' };
  const bodies: [RouteId, object | undefined][] = [
    ['getAggregatorContract', undefined],
    ['changeContract', {}],
    ['changeContract', { vmwarePurchaseOrder: 'PO-2' }],
    ['upgradeContract', { contractSKUId: skuId('RENTAL-3600'), effectiveDate: '2026-12-01' }],
    ['renewContract', { term: 12 }],
    ['listContractRequests', undefined],
    ['readAggregatorTimeline', undefined],
    ['getPrepayment', undefined],
    ['adviseCommit', undefined],
    ['listAggregatorUsageSites', undefined],
    ['setAggregatorTags', { tags: [] }],
  ];
  for (const [route, body] of bodies) {
    const theirs = await portal.ask(route, id, body, other);
    const none = await portal.ask(route, 'nothing', body, other);
    expect([route, theirs.status, none.status]).toEqual([route, 404, 404]);
    expect(String(theirs.body.detail).replace(id, '')).toBe(String(none.body.detail).replace('nothing', ''));
  }
});

test('a change that a close has overtaken is decided anew', async () => {
  const id = await payGo({ bolDate: '2026-10-01' });
  const { closes } = portal.portal;
  const run = { name: '2026-10-1', period: period('2026-10'), run: 1, status: 'RUNNING', dryRun: false } as never;
  const claim = closes.lastClaimed;
  closes.lastClaimed = async () => {
    closes.lastClaimed = claim;
    const last = await claim();
    await portal.portal.units.commit(closes.claimed(run, undefined, last));
    return last;
  };
  const body = { contractSKUId: skuId('RENTAL-3600'), effectiveDate: '2026-10-01' };
  const reading = closes.periods;
  closes.periods = async () => {
    closes.periods = reading;
    return [];
  };
  expect(await refusal('upgradeContract', id, body)).toBe('400 BAD_REQUEST effectiveDate');
});
