import type { PortalClient, RequestOf } from '../../../client/portal-client.ts';
import { Refusal } from '../../../client/refusal.ts';
import { period } from '../../../lambdas/domain/calendar/period.ts';
import type { ContractRequest } from '../../../lambdas/domain/contract-request/request.ts';
import type { RouteId } from '../../../lambdas/manifest/routes.ts';
import { runContractDay } from '../../../lambdas/use-cases/run-contract-day.ts';
import { outcomeOf, refusalOf } from '../../support/api-client.ts';
import {
  type ContractPortal,
  contractIdOf,
  NEGOTIATED,
  openContractPortal,
  skuId,
  WANTED,
} from '../../support/contract-portal.ts';

let portal: ContractPortal;
let aggregator: PortalClient;
beforeEach(async () => {
  portal = await openContractPortal();
  aggregator = portal.as();
});
afterEach(() => portal.close());

const payGo = async (over: Partial<RequestOf<'createContract'>['body']> = {}) =>
  contractIdOf(await portal.create(over));

/** Stores the contract's only request as approved and invoiced, and puts it into effect. */
async function approve(contractId: string) {
  const request = (await portal.portal.contractRequests.ofContract(contractId)).at(-1) as ContractRequest;
  const approved = { ...request, status: 'PENDING_EFFECTIVE_DATE' } as const;
  await portal.portal.units.commit([portal.portal.contractRequests.changed(approved)]);
  const day = await runContractDay(portal.portal);
  if (day.failures[0]) throw day.failures[0];
}

type Negotiated = 'RENTAL-PREPAY' | 'RENTAL-CUSTOM' | 'MSP-CUSTOM';
async function negotiated(sku: Negotiated, over: Partial<RequestOf<'createContract'>['body']> = {}) {
  const id = await payGo({ contractSKUId: skuId(sku), ...NEGOTIATED, ...over });
  await approve(id);
  return id;
}
const prepaid = () => negotiated('RENTAL-PREPAY', { prepayment: 120, triggerPoint: 30 });

const fieldsOf = (errors: readonly { field: string }[]) => errors.map(({ field }) => field);

/** How a request is refused that no client would send. */
async function refusal(route: RouteId, contractId: string, body: object) {
  const reply = await portal.ask(route, contractId, body);
  return [reply.status, reply.body.code, ...fieldsOf((reply.body.errors ?? []) as { field: string }[])].join(' ');
}
/** How a request is refused. */
async function refused(request: Promise<{ status: number }>) {
  const { status, code, errors } = await refusalOf(request);
  return [status, code, ...fieldsOf(errors)].join(' ');
}
const of = (contractId: string) => ({ params: { contractId } });
const contractOf = async (id: string) => (await aggregator.getAggregatorContract(of(id))).body;

test('an upgrade from the 1st of this month acts at once, one from later waits', async () => {
  const id = await payGo();
  const now = { contractSKUId: skuId('RENTAL-3600'), effectiveDate: '2026-11-01', comment: 'More customers' };
  const done = await aggregator.upgradeContract({ ...of(id), body: now });
  expect(done.body).toMatchObject({
    status: 'COMPLETED',
    requestType: 'UPGRADE',
    token: expect.stringMatching(/-0000002$/),
  });
  expect(done.body.requestContractSKU).toMatchObject({ code: 'RENTAL-3600' });
  expect(await contractOf(id)).toMatchObject({ contractSKU: { code: 'RENTAL-3600' }, bolDate: '2026-11-01' });
  const later = { contractSKUId: skuId('RENTAL-1800'), effectiveDate: '2026-12-01', comment: 'Fewer' };
  const waits = await aggregator.downgradeContract({ ...of(id), body: later });
  expect(waits.body).toMatchObject({ status: 'PENDING_APPROVAL' });
  const again = { ...later, contractSKUId: skuId('RENTAL-360') };
  const open = await refusalOf(aggregator.downgradeContract({ ...of(id), body: again }));
  expect(open).toMatchObject({ status: 409, code: 'REQUEST_OPEN', message: expect.stringContaining('-0000003 ') });
});

test('up is up and down is down, on the 1st of a month that is not frozen', async () => {
  const id = await payGo();
  const effectiveDate = '2026-12-01';
  const comment = 'Why';
  const to = (code: string, on = effectiveDate) => ({ contractSKUId: skuId(code), effectiveDate: on, comment });
  const up = (code: string, on?: string) => refused(aggregator.upgradeContract({ ...of(id), body: to(code, on) }));
  const down = (body: ReturnType<typeof to>) => refused(aggregator.downgradeContract({ ...of(id), body }));
  expect(await up('RENTAL-360')).toBe('400 BAD_REQUEST contractSKUId');
  expect(await down(to('RENTAL-3600'))).toBe('400 BAD_REQUEST contractSKUId');
  expect(await up('RENTAL-PREPAY')).toBe('400 BAD_REQUEST contractSKUId');
  expect(await up('MSP-PAYG')).toBe('400 BAD_REQUEST contractSKUId');
  expect(await up('RENTAL-3600', '2026-12-02')).toBe('400 BAD_REQUEST effectiveDate');
  expect(await up('RENTAL-3600', '2026-13-01')).toBe('400 BAD_REQUEST effectiveDate');
  expect(await down({ ...to('RENTAL-360'), comment: ' ' })).toBe('400 BAD_REQUEST comment');
  expect(await refusal('upgradeContract', id, { ...to('RENTAL-3600'), effectiveDate: null })).toBe(
    '400 BAD_REQUEST effectiveDate',
  );
  expect(await refusal('downgradeContract', id, { ...to('RENTAL-360'), comment: undefined })).toBe(
    '400 BAD_REQUEST comment',
  );
  expect(await refusal('upgradeContract', id, {})).toBe('400 BAD_REQUEST contractSKUId effectiveDate');
});

test('of two who ask at the same moment one is done and one told of the other', async () => {
  const id = await payGo();
  const body = { contractSKUId: skuId('RENTAL-3600'), effectiveDate: '2026-12-01' };
  const asked = [1, 2, 3].map(() => outcomeOf(aggregator.upgradeContract({ ...of(id), body })));
  const outcomes = (await Promise.all(asked)).map((outcome) =>
    outcome instanceof Refusal ? `${outcome.status} ${outcome.code}` : `${outcome.status}`,
  );
  expect(outcomes.sort()).toEqual(['200', '409 REQUEST_OPEN', '409 REQUEST_OPEN']);
  expect(await portal.portal.contractRequests.ofContract(id)).toHaveLength(2);
});

test('a termination waits for approval and holds the contract; withdrawn, the contract is active again', async () => {
  const id = await payGo();
  const body = { effectiveDate: '2027-01-01', comment: 'Merged', reason: 'Merger and Acquisition' } as const;
  const terminate = (effectiveDate: string) =>
    aggregator.terminateContract({ ...of(id), body: { ...body, effectiveDate } });
  expect(await refusal('terminateContract', id, { ...body, reason: 'Boredom' })).toBe('400 BAD_REQUEST reason');
  expect(await refused(terminate('2026-11-10'))).toBe('400 BAD_REQUEST effectiveDate');
  expect(await refusal('terminateContract', id, {})).toBe('400 BAD_REQUEST effectiveDate comment reason');
  const asked = await terminate('2027-01-01');
  expect(asked.body).toMatchObject({ status: 'PENDING_APPROVAL', requestType: 'TERMINATE' });
  expect(await contractOf(id)).toMatchObject({ status: 'PENDING_TERMINATION' });
  expect(await refused(terminate('2027-01-01'))).toBe('409 CONTRACT_STATUS');
  const params = { contractId: id, requestId: asked.body.id };
  const withdrawn = await aggregator.withdrawContractRequest({ params, body: { comment: 'Not yet' } });
  expect(withdrawn.body).toMatchObject({ status: 'WITHDRAWN', reason: 'Merger and Acquisition' });
  expect(await contractOf(id)).toMatchObject({ status: 'ACTIVE' });
  const again = aggregator.withdrawContractRequest({ params, body: {} });
  expect(await refused(again)).toBe('409 TRANSITION_NOT_ALLOWED');
  const none = aggregator.withdrawContractRequest({ params: { ...params, requestId: 'none' }, body: {} });
  expect((await refusalOf(none)).status).toBe(404);
});

test('a contract that is withdrawn is a draft, and takes no changes', async () => {
  const created = await portal.create({ bolDate: '2026-12-01' });
  const id = contractIdOf(created);
  const params = { contractId: id, requestId: created.body.id };
  expect((await aggregator.withdrawContractRequest({ params, body: {} })).status).toBe(200);
  expect(await contractOf(id)).toMatchObject({ status: 'DRAFT' });
  const renewed = aggregator.renewContract({ ...of(id), body: { term: 12 } });
  expect(await refused(renewed)).toBe('409 CONTRACT_STATUS');
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
  const topUp = (over: Partial<typeof body> = {}) =>
    aggregator.topUpContract({ ...of(id), body: { ...body, ...over } });
  expect(await refused(topUp({ burnDownSchedule: schedule.with(0, 20) }))).toBe('400 BAD_REQUEST burnDownSchedule[0]');
  expect(await refused(topUp({ prepayment: 156.4 }))).toBe('400 BAD_REQUEST prepayment');
  expect(await refused(topUp({ term: 11 }))).toBe('400 BAD_REQUEST term');
  expect(await refusal('topUpContract', id, {})).toBe(
    '400 BAD_REQUEST prepayment term burnDownSchedule vmwarePurchaseOrder',
  );
  const answer = await portal.ask('topUpContract', id, body);
  expect(answer.body).toMatchObject({
    requestType: 'TOPUP',
    status: 'PENDING_APPROVAL',
    requestContractSKU: { contractType: 'PRE-PAY' },
    prepayment: 156.5,
    term: 14,
    burnDownSchedule: schedule,
    vmwarePurchaseOrder: 'PO-2',
    effectiveDate: '2026-12-01',
  });
  expect(answer.text).toContain('"prepayment":156.5,');
  const amend = aggregator.amendPrepayment({ ...of(id), body: { effectiveDate: '2027-01-01', triggerPoint: 50 } });
  expect(await refused(amend)).toBe('409 REQUEST_OPEN');
  const other = aggregator.topUpContract({ ...of(await payGo()), body });
  expect(await refused(other)).toContain('400 BAD_REQUEST contractId');
});

test('PRE-PAY and CUSTOM are amended and renewed, each with what it takes', async () => {
  const id = await prepaid();
  expect(await refusal('amendPrepayment', id, { effectiveDate: '2026-12-01', triggerPoint: '5' })).toBe(
    '400 BAD_REQUEST triggerPoint',
  );
  expect(await refusal('amendPrepayment', id, { effectiveDate: '2026-12-01', colour: 'red' })).toBe(
    '400 BAD_REQUEST colour',
  );
  const effectiveDate = '2026-12-01';
  const asked = await aggregator.amendPrepayment({ ...of(id), body: { effectiveDate, triggerPoint: 50 } });
  expect(asked.body).toMatchObject({ requestType: 'PREPAY_AMEND', status: 'PENDING_APPROVAL' });
  const custom = await negotiated('RENTAL-CUSTOM');
  const amended = await aggregator.amendContract({ ...of(custom), body: { effectiveDate, discount: 22.5 } });
  expect(amended.status).toBe(200);
  const { content } = (await aggregator.listContractRequests(of(custom))).body;
  expect(content[0]).toMatchObject({ requestType: 'AMEND', price: { discount: '22.5', listPrice: '0.88' } });
  const renewed = await negotiated('RENTAL-CUSTOM');
  const renew = (body: { term: number }) => aggregator.renewContract({ ...of(renewed), body });
  expect(await refused(renew({ term: 12 }))).toBe('400 BAD_REQUEST minCommits discount spf');
  const reply = await renew(NEGOTIATED);
  expect(reply.body).toMatchObject({ requestType: 'RENEW', effectiveDate: '2027-11-01', status: 'PENDING_APPROVAL' });
});

test('the threshold is for MSP contracts', async () => {
  const update = (id: string, threshold: number) => aggregator.updateThreshold({ ...of(id), body: { threshold } });
  expect(await refused(update(await payGo(), 900))).toBe('400 BAD_REQUEST threshold');
  const msp = await negotiated('MSP-CUSTOM', { threshold: 900 });
  const reply = await update(msp, 1000.55);
  expect(reply.body).toMatchObject({ requestType: 'THRESHOLD_UPDATE', effectiveDate: '2026-11-10' });
  const { content } = (await aggregator.listContractRequests(of(msp))).body;
  expect(content.map(({ threshold }) => threshold)).toContain('1000.55');
});

test('basic information is changed at once, by who has read it last', async () => {
  const id = await payGo();
  const change = (body: RequestOf<'changeContract'>['body'], ifMatch: string) =>
    aggregator.changeContract({ ...of(id), body, ifMatch });
  const changed = await change(
    { vmwarePurchaseOrder: 'PO-2', billingOrderPreference: 'EDI', entitlementAccount: '77' },
    '"v1"',
  );
  expect(changed).toMatchObject({
    status: 200,
    etag: '"v2"',
    body: { vmwarePurchaseOrder: 'PO-2', billingOrderPreference: 'EDI', entitlementAccount: '77', status: 'ACTIVE' },
  });
  expect((await refusalOf(change({ vmwarePurchaseOrder: 'PO-3' }, '"v1"'))).status).toBe(412);
  expect((await refusalOf(change({}, '"v1"'))).status).toBe(412);
  expect(await change({}, '"v2"')).toMatchObject({ status: 200, etag: '"v2"' });
  const wrong = {
    serviceProviderContact: 'nobody',
    licenseContact: 'nobody',
    aggregatorContact: 'nobody',
    billToAccountId: 'account-jpy',
  };
  const wrongly = aggregator.changeContract({ ...of(id), body: wrong });
  expect(await refused(wrongly)).toBe(`400 BAD_REQUEST ${Object.keys(wrong).join(' ')}`);
  expect(await refusal('changeContract', id, { billingOrderPreference: null, fillPurchaseOrderInMBO: 'x' })).toBe(
    '400 BAD_REQUEST billingOrderPreference fillPurchaseOrderInMBO',
  );
  const { content } = (await aggregator.listContractRequests(of(id))).body;
  expect(content).toMatchObject([{ requestType: 'BASIC_INFO_UPDATE', status: 'COMPLETED' }, { requestType: 'CREATE' }]);
});

test('what the vendor wants revised is asked for anew, with the same token', async () => {
  const created = await portal.create({ contractSKUId: skuId('RENTAL-CUSTOM'), ...NEGOTIATED, bolDate: '2026-12-01' });
  const contractId = contractIdOf(created);
  const requestId = created.body.id;
  const params = { contractId, requestId };
  const resubmit = (body: RequestOf<'resubmitContractRequest'>['body']) =>
    aggregator.resubmitContractRequest({ params, body });
  const anyhow = (body: object) => portal.send('resubmitContractRequest', { params, body });
  const anew = {
    requestType: 'CREATE',
    ...WANTED,
    contractSKUId: skuId('RENTAL-CUSTOM'),
    ...NEGOTIATED,
    bolDate: '2027-01-01',
    discount: 10,
  } as const;
  expect(await refused(resubmit(anew))).toBe('409 TRANSITION_NOT_ALLOWED');
  const vendor = portal.as({ organizationId: 'VENDOR' });
  const revised = await vendor.reviseRequest({ params: { requestId }, body: { comment: '10 % at most' } });
  expect(revised.body.status).toBe('PENDING_REVISE');
  const other = { requestType: 'THRESHOLD_UPDATE', threshold: 1 } as const;
  expect(await refused(resubmit(other))).toBe('400 BAD_REQUEST requestType');
  expect(await refused(resubmit({ ...anew, term: 11 }))).toBe('400 BAD_REQUEST minCommits');
  expect(await anyhow({ ...anew, colour: 'red' })).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'colour' }] },
  });
  expect(await anyhow({ ...anew, requestType: 'NOTHING' })).toMatchObject({ status: 400 });
  const done = await resubmit({ ...anew, vmwarePurchaseOrder: 'PO-9' });
  expect(done.body).toMatchObject({
    status: 'PENDING_APPROVAL',
    token: created.body.token,
    effectiveDate: '2027-01-01',
    price: { discount: '10' },
  });
  expect(await contractOf(contractId)).toMatchObject({ bolDate: '2027-01-01', vmwarePurchaseOrder: 'PO-9' });
  const got = await aggregator.getContractRequest({ params });
  expect(got).toMatchObject({ status: 200, etag: '"v3"', body: done.body });
  expect(done.body.approverComment).toBe('10 % at most');
  const approval = await vendor.approveRequest({ params: { requestId }, body: {} });
  expect(approval.body.status).toBe('PENDING_EFFECTIVE_DATE');
  portal.clock.time = new Date('2027-01-01T00:05:00Z');
  expect((await runContractDay(portal.portal)).failures).toEqual([]);
  expect(await contractOf(contractId)).toMatchObject({ status: 'ACTIVE', discount: 10, sellingPricePerPoint: 0.792 });
  expect(await portal.portal.billingOrders.ofContract(contractId, [period('2027-01')])).toHaveLength(1);
});

test("another aggregator's contract does not exist, whatever is asked of it", async () => {
  const id = await payGo();
  const other = portal.as({ organizationId: 'AGG-2' });
  const upgrade = { contractSKUId: skuId('RENTAL-3600'), effectiveDate: '2026-12-01' };
  const asked: ((contract: ReturnType<typeof of>) => Promise<{ status: number }>)[] = [
    (contract) => other.getAggregatorContract(contract),
    (contract) => other.changeContract({ ...contract, body: {} }),
    (contract) => other.changeContract({ ...contract, body: { vmwarePurchaseOrder: 'PO-2' } }),
    (contract) => other.upgradeContract({ ...contract, body: upgrade }),
    (contract) => other.renewContract({ ...contract, body: { term: 12 } }),
    (contract) => other.listContractRequests(contract),
    (contract) => other.readAggregatorTimeline(contract),
    (contract) => other.getPrepayment(contract),
    (contract) => other.adviseCommit(contract),
    (contract) => other.listAggregatorUsageSites(contract),
    (contract) => other.setAggregatorTags({ ...contract, body: { tags: [] } }),
  ];
  for (const ask of asked) {
    const theirs = await refusalOf(ask(of(id)));
    const none = await refusalOf(ask(of('nothing')));
    expect([String(ask), theirs.status, none.status]).toEqual([String(ask), 404, 404]);
    expect(theirs.message.replace(id, '')).toBe(none.message.replace('nothing', ''));
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
  const overtaken = aggregator.upgradeContract({ ...of(id), body });
  expect(await refused(overtaken)).toBe('400 BAD_REQUEST effectiveDate');
});
