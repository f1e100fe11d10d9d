import { NOTHING_BILLED } from '../../../lambdas/domain/billing-order/summary.ts';
import { period } from '../../../lambdas/domain/calendar/period.ts';
import { points } from '../../../lambdas/domain/numbers/amounts.ts';
import { newOrder } from '../../../lambdas/use-cases/new-order.ts';
import { runContractDay } from '../../../lambdas/use-cases/run-contract-day.ts';
import { CUSTOMER, type CustomerPortal, openCustomerPortal, PROVIDER } from '../../support/customer-portal.ts';

const VENDOR = { organizationId: 'VENDOR' };
const OTHER = { organizationId: 'SP-2' };
const NOVEMBER = period('2026-11');

let opened: CustomerPortal;
let customerId: string;
let customerNumber: string;
beforeEach(async () => {
  opened = await openCustomerPortal();
  const { body } = await opened.register();
  customerId = String(body.id);
  customerNumber = String(body.customerNumber);
});
afterEach(() => opened.close());

const MONTHS = { '2026-12': 10, '2027-01': 10.5 };
const wanted = (over: object = {}) => ({
  customerId,
  commitment: 20.5,
  bol: '2026-12',
  eol: '2027-01',
  minCommits: MONTHS,
  name: 'my_commitment',
  ...over,
});
const create = (over: object = {}, of: object = {}) => opened.ask('createCustomerCommitment', of, wanted(over));
const fieldsOf = ({ body }: { body: Record<string, unknown> }) =>
  ((body.errors ?? []) as { field: string }[]).map(({ field }) => field);

async function made(over: object = {}): Promise<string> {
  const { status, body } = await create(over);
  expect(status).toBe(200);
  return String(body.id);
}

const runs = { '2026-11': 100 };
const running = (over: object = {}) => ({ bol: '2026-11', eol: '2026-11', commitment: 100, minCommits: runs, ...over });

async function moveTo(time: string) {
  opened.clock.time = new Date(time);
  const { failures } = await runContractDay(opened.portal);
  if (failures[0]) throw failures[0];
}

const statusOf = async (commitmentId: string) =>
  (await opened.ask('getCustomerCommitment', { commitmentId })).body.status;

test('a commitment is made, read, listed and renamed', async () => {
  const { status, body } = await create({ future: true });
  expect([status, body]).toEqual([
    200,
    {
      id: expect.any(String),
      customer: { id: customerId, customerNumber, name: CUSTOMER.name },
      bol: '2026-12',
      eol: '2027-01',
      commitment: 20.5,
      status: 'PENDING_EFFECTIVE_PERIOD',
      minCommits: MONTHS,
      name: 'my_commitment',
    },
  ]);
  const one = { commitmentId: String(body.id) };
  const read = await opened.ask('getCustomerCommitment', one);
  expect([read.body, read.headers.etag]).toEqual([body, '"v1"']);
  const renamed = await opened.ask('updateCustomerCommitment', one, { name: 'other', commitment: 1 });
  expect(renamed.body).toEqual({ ...body, name: 'other' });
  const query = { filter: 'name==oth*;status==PENDING_EFFECTIVE_PERIOD' };
  const list = await opened.send('listCustomerCommitments', { params: { contractId: opened.sovId }, query }, PROVIDER);
  expect(list.body).toEqual({ content: [renamed.body], total: 1 });
});

test('everything that is wrong with a commitment is named', async () => {
  const faults = async (over: object) => fieldsOf(await create(over)).sort();
  expect(await faults({ customerId: 'nobody', bol: 'May', eol: '2026-13', commitment: -1 })).toEqual([
    'bol',
    'commitment',
    'customerId',
    'eol',
  ]);
  expect(await faults({ eol: '2026-11' })).toEqual(['eol']);
  expect(await faults({ commitment: 20.6 })).toEqual(['commitment']);
  expect(await faults({ minCommits: { '2026-12': 20.5 } })).toEqual(['minCommits.2027-01']);
  expect(await faults({ minCommits: { ...MONTHS, '2027-02': 0 } })).toEqual(['minCommits']);
  expect(await faults({ minCommits: { ...MONTHS, '2027-01': -1 } })).toContain('minCommits.2027-01');
  expect(await faults({ commitment: 20.1234567 })).toEqual(['commitment']);
  // The contract runs from November 2026 to October 2027; October is frozen.
  expect(await faults(running({ bol: '2026-10', eol: '2026-10', minCommits: { '2026-10': 100 } }))).toEqual(['bol']);
  const after = { bol: '2027-11', eol: '2027-11', commitment: 1, minCommits: { '2027-11': 1 } };
  expect(await faults(after)).toEqual(['eol']);
  const many = Object.fromEntries(Array.from({ length: 121 }, (_, at) => [`m${at}`, 1]));
  expect(await faults({ minCommits: many })).toEqual(['minCommits']);
});

test('a customer of another contract can commit to nothing, one of the contract to one thing at a time', async () => {
  const theirs = await opened.negotiated('SOV-CUSTOM');
  expect(fieldsOf(await create({}, { contractId: theirs }))).toEqual(['customerId']);
  await made();
  for (const [bol, eol] of [
    ['2026-12', '2026-12'],
    ['2026-11', '2027-05'],
    ['2027-01', '2027-03'],
  ] as const) {
    expect(fieldsOf(await create({ bol, eol }))).toContain('bol');
  }
  await made({ bol: '2027-02', eol: '2027-02', commitment: 1, minCommits: { '2027-02': 1 } });
  const replies = await Promise.all([create(running()), create(running())]);
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 400]);
});

test('commitments are for active contracts of Sovereign Cloud, and their own service provider', async () => {
  const lpcaas = await create({}, { contractId: opened.lpcaasId });
  expect(lpcaas.body).toMatchObject({ status: 400, code: 'NOT_OF_THIS_FAMILY' });
  const commitmentId = await made();
  expect((await opened.ask('getCustomerCommitment', { commitmentId }, undefined, OTHER)).status).toBe(404);
  expect((await opened.ask('createCustomerCommitment', {}, wanted(), OTHER)).status).toBe(404);
  expect((await opened.ask('getCustomerCommitment', { commitmentId, contractId: opened.lpcaasId })).status).toBe(404);
  const reader = { organizationId: 'SP-1', roles: ['Read Only'] } as const;
  expect((await opened.ask('createCustomerCommitment', {}, wanted(), reader)).body.code).toBe('NOT_ALLOWED');
  await opened.send('deactivateContract', { params: { contractId: opened.sovId }, body: { reason: 'Fraud' } }, VENDOR);
  expect((await create()).body).toMatchObject({ status: 409, code: 'CONTRACT_STATUS' });
  const cancel = await opened.ask('cancelCustomerCommitment', { commitmentId }, {});
  expect(cancel.body).toMatchObject({ status: 409, code: 'CONTRACT_STATUS' });
});

test('a commitment begins and is completed with its months, however long nobody has looked', async () => {
  const first = await made();
  const second = await made({ bol: '2027-02', eol: '2027-02', commitment: 1, minCommits: { '2027-02': 1 } });
  await moveTo('2026-11-30T23:59:00Z');
  expect(await statusOf(first)).toBe('PENDING_EFFECTIVE_PERIOD');
  await moveTo('2026-12-01T00:00:00Z');
  expect(await statusOf(first)).toBe('ACTIVE');
  await moveTo('2027-03-02T00:00:00Z');
  expect([await statusOf(first), await statusOf(second)]).toEqual(['COMPLETED', 'COMPLETED']);
});

test('with its contract a commitment ends, whatever its months', async () => {
  const [pending, active] = [await made(), await made(running())];
  const of = { params: { contractId: opened.sovId }, body: { reason: 'Fraud' } };
  expect((await opened.send('deactivateContract', of, VENDOR)).status).toBe(200);
  await moveTo('2026-11-10T12:00:00Z');
  expect([await statusOf(pending), await statusOf(active)]).toEqual(['COMPLETED', 'COMPLETED']);
  const months = await opened.ask('getCommitmentReportingHistory', { commitmentId: active });
  expect(months.body).toMatchObject({ months: [{ underage: '100' }] });
});

test('a commitment that is not billed is cancelled when the vendor agrees', async () => {
  const commitmentId = await made(running());
  const one = { commitmentId };
  const reason = 'Entered twice';
  const asked = await opened.ask('cancelCustomerCommitment', one, { reason });
  expect(asked.body).toMatchObject({ commitmentStatus: 'ACTIVE', status: 'PENDING_APPROVAL', reason });
  expect((await opened.ask('cancelCustomerCommitment', one, {})).body.code).toBe('TRANSITION_NOT_ALLOWED');
  const queue = async () => (await opened.send('listCommitmentCancellations', {}, VENDOR)).body;
  expect(await queue()).toMatchObject({ total: 1, content: [{ id: commitmentId, customerNumber }] });
  const query = { filter: 'type==CANCELLATION' };
  const tasks = async () => (await opened.send('listVendorTasks', { query }, VENDOR)).body.content;
  expect(await tasks()).toMatchObject([{ type: 'CANCELLATION', commitmentId, customerNumber }]);
  const decide = (verb: 'approve' | 'reject', body: object = {}) =>
    opened.ask(`${verb}CommitmentCancellation`, one, body, VENDOR);
  expect((await decide('reject', { comment: 'Agreed' })).body).toMatchObject({ status: 'REJECTED', comment: 'Agreed' });
  expect(await queue()).toMatchObject({ total: 0 });
  expect(await tasks()).toEqual([]);
  expect((await decide('approve')).body.code).toBe('TRANSITION_NOT_ALLOWED');
  await opened.ask('cancelCustomerCommitment', one, {});
  expect((await decide('approve')).body).toMatchObject({ commitmentStatus: 'CANCELLED', status: 'APPROVED' });
  const told = await opened.ask('getCommitmentCancellation', one);
  expect(told.body).toMatchObject({ commitmentStatus: 'CANCELLED', status: 'APPROVED' });
  // Its months are free for another.
  await made(running());
});

test('one that is billed is not cancelled, whoever was asked before', async () => {
  const commitmentId = await made(running());
  await opened.ask('cancelCustomerCommitment', { commitmentId }, {});
  await opened.portal.billingOrders.freeze(NOVEMBER, '2026-11-1');
  const approved = await opened.ask('approveCommitmentCancellation', { commitmentId }, {}, VENDOR);
  expect(approved.body).toMatchObject({ status: 409, code: 'COMMITMENT_BILLED' });
  await opened.ask('rejectCommitmentCancellation', { commitmentId }, {}, VENDOR);
  const again = await opened.ask('cancelCustomerCommitment', { commitmentId }, {});
  expect(again.body).toMatchObject({ status: 409, code: 'COMMITMENT_BILLED' });
  expect(fieldsOf(await create(running({ customerId })))).toEqual(['bol']);
});

test('orders, estimates and the history of a commitment show what a customer lacks', async () => {
  const commitmentId = await made(running());
  const [order] = await opened.portal.billingOrders.ofContract(opened.sovId, [NOVEMBER]);
  if (!order) throw new Error('the contract has no order');
  await opened.portal.units.commit([
    opened.portal.billingOrders.changed({ ...order, status: 'PENDING_SP' }, opened.clock.time),
  ]);
  const add = { params: { orderId: order.id }, body: { code: 'CLOUD', quantity: '60', customerNumber } };
  await opened.send('addUsage', add, PROVIDER);
  const of = { params: { orderId: order.id } };
  // The contract's own minimum is 10.
  const { body: shown } = await opened.send('getProviderOrder', of, PROVIDER);
  expect(shown.summary).toMatchObject({ minimumCommit: 10, reported: 100, overage: 90, underage: 0, total: 100 });
  const { body: estimate } = await opened.send('estimateProviderOrder', of, PROVIDER);
  expect(estimate).toMatchObject({
    reported: '100',
    lines: [
      { kind: 'USAGE', points: '60' },
      { kind: 'CUSTOMER_UNDERAGE', points: '40', customerNumber },
    ],
  });
  const history = await opened.ask('getCommitmentReportingHistory', { commitmentId });
  const month = { usagePeriod: '2026-11', minimumCommit: '100', reported: '60', underage: '40' };
  expect(history.body).toEqual({ months: [{ ...month, orderStatus: 'PENDING_SP' }] });
});

test('what a customer lacks counts as reported when an order is compared with the billed months', async () => {
  await made(running());
  const { portal, clock } = opened;
  const contract = (await portal.contracts.get(opened.sovId))?.contract;
  const [order] = await portal.billingOrders.ofContract(opened.sovId, [NOVEMBER]);
  if (!order || !contract) throw new Error('the contract has no order');
  const summary = { ...NOTHING_BILLED, reported: points('100') };
  const closed = { revision: 1, outcome: 'INVOICED', closedTime: '2026-11-10T02:00:00.000Z', lineSet: '1' } as const;
  for (const month of ['2026-08', '2026-09', '2026-10']) {
    const billed = { ...newOrder(contract, period(month), clock.time), billed: { ...closed, summary } };
    await portal.units.commit(portal.billingOrders.created({ ...billed, status: 'CLOSED' }));
  }
  await portal.units.commit([portal.billingOrders.changed({ ...order, status: 'PENDING_SP' }, clock.time)]);
  const params = { orderId: order.id };
  await opened.send('addUsage', { params, body: { code: 'CLOUD', quantity: '60', customerNumber } }, PROVIDER);
  const body = { serviceProviderPurchaseOrder: 'PO' };
  expect((await opened.send('submitOrder', { params, body }, PROVIDER)).status).toBe(204);
  const { variance } = (await opened.send('getOrderReview', { params })).body;
  expect(variance).toMatchObject({ reported: '100', mean: '100', deviation: '0', flagged: false });
});
