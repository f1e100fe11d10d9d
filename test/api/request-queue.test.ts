import type { PortalClient } from '../../client/portal-client.ts';
import { points } from '../../lambdas/domain/numbers/amounts.ts';
import type { RouteId } from '../../lambdas/manifest/routes.ts';
import { tellParties } from '../../lambdas/use-cases/tell-parties.ts';
import { approved, signed, skuOf, times } from '../domain/support/contracts.ts';
import { refusalOf } from '../support/api-client.ts';
import { bearerFor, request, type Sent } from '../support/api-requests.ts';
import { PREPAID } from '../support/contract-world.ts';
import { type ApiPortal, openApiPortal } from '../support/portal.ts';

let opened: ApiPortal;
let token: string;
let vendor: PortalClient;
let reader: PortalClient;

beforeEach(async () => {
  opened = await openApiPortal();
  opened.clock.time = new Date('2026-11-12T09:00:00.000Z');
  await opened.addOrganization('VENDOR', 'VENDOR');
  const bearer = async (id: string, role: 'Operations' | 'Read Only') =>
    bearerFor(opened.portal, await opened.addUser({ id, organizationId: 'VENDOR', roles: [role] }));
  token = await bearer('vera', 'Operations');
  vendor = opened.client(token);
  reader = opened.client(await bearer('rex', 'Read Only'));
});
afterEach(() => opened.close());

async function addAskedFor(id: string) {
  const { contract } = signed(skuOf('PRE-PAY'), '2026-12-01', 12, undefined, {
    id: `contract-of-${id}`,
    contractNumber: `number-of-${id}`,
    status: 'CREATE_IN_PROCESS',
    revision: 0,
  });
  const asked = approved(PREPAID, '2026-12-01', {
    id,
    contractId: contract.id,
    contractNumber: contract.contractNumber,
    token: `C-1-2-2611-${id}`,
    status: 'PENDING_APPROVAL',
    createdTime: `2026-11-0${id}T00:00:00.000Z`,
  });
  const { contracts, contractRequests, units } = opened.portal;
  await units.commit([...contracts.created(contract, []), contractRequests.created(asked)]);
}

const of = (requestId: string) => ({ params: { requestId } });

test('the queue shows what waits for approval, oldest first, and other states on request', async () => {
  await addAskedFor('2');
  await addAskedFor('1');
  const queue = await reader.listRequestQueue();
  expect(queue.body).toMatchObject({ total: 2, content: [{ id: '1', requestType: 'CREATE' }, { id: '2' }] });
  const filter = 'requestType==CREATE;contractNumber==number-of-2';
  expect((await vendor.listRequestQueue({ query: { filter } })).body).toMatchObject({ total: 1 });
  await vendor.reviseRequest({ ...of('1'), body: { comment: 'The discount is 10 %' } });
  const revised = await vendor.listRequestQueue({ query: { status: 'PENDING_REVISE' } });
  expect(revised.body).toMatchObject({ total: 1, content: [{ id: '1', status: 'PENDING_REVISE' }] });
  // @ts-expect-error: no request is in such a state
  const none = vendor.listRequestQueue({ query: { status: 'OPEN' } });
  expect((await refusalOf(none)).code).toBe('BAD_REQUEST');
});

test('a request is read with what is asked for, in exact decimals, and with its history', async () => {
  await addAskedFor('1');
  await vendor.approveRequest({ ...of('1'), body: { comment: 'As agreed' } });
  const read = await reader.getQueuedRequest(of('1'));
  expect(read).toMatchObject({
    status: 200,
    etag: '"v2"',
    body: {
      status: 'PENDING_VENDOR',
      approvedOn: '2026-11-12',
      approverId: 'vera',
      approverComment: 'As agreed',
      contractSKU: { code: 'RENTAL-PRE-PAY-0', contractType: 'PRE-PAY' },
      term: 12,
      price: { listPrice: '1.00', discount: '20', priceListVersion: 'USD-1' },
      prepayment: '120',
      history: [
        {
          time: '2026-11-12T09:00:00.000Z',
          actor: 'vera',
          action: 'approveRequest',
          from: 'PENDING_APPROVAL',
          to: 'PENDING_VENDOR',
          reason: 'As agreed',
        },
      ],
    },
  });
  expect(PREPAID).toMatchObject({ prepayment: points('120') });
  expect((await refusalOf(vendor.getQueuedRequest(of('none')))).code).toBe('NOT_FOUND');
});

test('each decision is possible where the table of states has it, and says what has become of the request', async () => {
  await addAskedFor('1');
  const approve = { ...of('1'), body: {} };
  const other = vendor.approveRequest({ ...approve, ifMatch: '"v9"' });
  expect((await refusalOf(other)).status).toBe(412);
  const silent = await request(opened.portal, 'rejectRequest', { ...approve, token });
  expect(silent.body).toMatchObject({ errors: [{ field: 'comment' }] });
  expect((await vendor.approveRequest(approve)).body).toMatchObject({ status: 'PENDING_VENDOR' });
  const late = vendor.rejectRequest({ ...of('1'), body: { comment: 'No' } });
  expect((await refusalOf(late)).code).toBe('TRANSITION_NOT_ALLOWED');
  const stopped = await vendor.stopRequest({ ...of('1'), body: { comment: 'Left the programme' } });
  expect(stopped.body).toMatchObject({ status: 'STOPPED', approverComment: 'Left the programme' });
  expect((await opened.portal.contracts.get('contract-of-1'))?.contract.status).toBe('REJECTED');
  // What happened to the contract itself is not in it.
  const { body } = await vendor.getQueuedRequest(of('1'));
  expect(body.history.map(({ action, to }) => `${action} ${to}`)).toEqual([
    'approveRequest PENDING_VENDOR',
    'stopRequest STOPPED',
  ]);
});

describe('the end of a contract that the vendor settles on approving', () => {
  async function addEnding(sku = skuOf('CUSTOM')) {
    const { contract, revisions } = signed(sku, '2026-01-01', 12, times(12, '10'), { status: 'PENDING_TERMINATION' });
    const end = approved({ type: 'TERMINATE', reason: 'COVID Impact' }, '2026-12-01', { status: 'PENDING_APPROVAL' });
    const { contracts, contractRequests, units } = opened.portal;
    await units.commit([...contracts.created(contract, revisions), contractRequests.created(end)]);
  }
  const send = (id: RouteId, sent: Sent, by = token) => request(opened.portal, id, { ...sent, token: by });
  const settle = (settlement: unknown, requestId = 'request-1') =>
    send('approveRequest', { ...of(requestId), body: { comment: 'As agreed', settlement } });

  test('is kept with the request, told in its history, and shown to the aggregator', async () => {
    await addEnding();
    const settled = await settle({ amount: '1234.5', currency: 'USD' });
    expect(settled).toMatchObject({
      status: 200,
      body: { status: 'PENDING_EFFECTIVE_DATE', settlement: { amount: '1234.50', currency: 'USD' } },
    });
    const { body } = await send('getQueuedRequest', of('request-1'));
    expect(body.history).toMatchObject([{ reason: 'As agreed (settlement 1234.50 USD)' }]);
    await opened.addOrganization('AGGREGATOR', 'AGGREGATOR');
    const user = { id: 'amy', organizationId: 'AGGREGATOR', roles: ['Operations' as const] };
    const amy = await bearerFor(opened.portal, await opened.addUser(user));
    const params = { contractId: 'contract-1', requestId: 'request-1' };
    const seen = await send('getContractRequest', { params }, amy);
    expect(seen.body).toMatchObject({ settlement: { amount: '1234.50', currency: 'USD' } });
  });

  test('at nothing is not settled', async () => {
    await addEnding();
    expect((await settle({ amount: '0.00', currency: 'USD' })).body).not.toHaveProperty('settlement');
    expect((await opened.portal.contractRequests.find('request-1'))?.settlement).toBe(undefined);
  });

  test.each([
    ['an amount that is not exact', { amount: '1.001', currency: 'USD' }, 'settlement.amount'],
    ['a number', { amount: 5, currency: 'USD' }, 'settlement.amount'],
    ['an endless number', { amount: '1'.repeat(41), currency: 'USD' }, 'settlement.amount'],
    ['another currency', { amount: '5', currency: 'EUR' }, 'settlement.currency'],
    ['no currency', { amount: '5' }, 'settlement.currency'],
    ['something unknown', { amount: '5', currency: 'USD', tax: '1' }, 'settlement.tax'],
  ])('is refused with %s, naming the field, and nothing is decided', async (_, settlement, field) => {
    await addEnding();
    expect(await settle(settlement)).toMatchObject({ status: 400, body: { errors: [{ field }] } });
    expect((await opened.portal.contractRequests.find('request-1'))?.status).toBe('PENDING_APPROVAL');
  });

  test('is refused where no minimums lapse, and for other requests', async () => {
    await addEnding(skuOf('PAY-GO', '1800'));
    const settlement = { amount: '5', currency: 'USD' };
    expect((await settle(settlement)).body).toMatchObject({ errors: [{ field: 'settlement' }] });
    await addAskedFor('1');
    expect((await settle(settlement, '1')).body).toMatchObject({
      errors: [{ field: 'settlement', message: 'is of terminations alone' }],
    });
  });
});

test('two approvals with one Idempotency-Key are one', async () => {
  await addAskedFor('1');
  const approval = { ...of('1'), body: {}, idempotencyKey: 'once' };
  const { status, body } = await vendor.approveRequest(approval);
  expect(await vendor.approveRequest(approval)).toMatchObject({ status, body });
});

test('a reader decides nothing', async () => {
  await addAskedFor('1');
  const decision = { ...of('1'), body: { comment: 'x' } };
  for (const id of ['approveRequest', 'reviseRequest', 'rejectRequest', 'stopRequest'] as const) {
    expect((await refusalOf(reader[id](decision))).code).toBe('NOT_ALLOWED');
  }
});

test('the vendor deactivates a contract: today is its last day, and its open requests are stopped', async () => {
  const { contract, revisions } = signed(skuOf('PAY-GO', '1800'), '2026-01-01', 36);
  const { contracts, contractRequests, units } = opened.portal;
  const open = approved({ type: 'TERMINATE', reason: 'COVID Impact' }, '2026-12-15', { status: 'PENDING_APPROVAL' });
  await units.commit([...contracts.created(contract, revisions), contractRequests.created(open)]);
  const params = { contractId: contract.id };
  const deactivate = (reason: string, ifMatch: string) =>
    vendor.deactivateContract({ params, body: { reason }, ifMatch });
  const silent = await request(opened.portal, 'deactivateContract', { params, body: {}, token });
  expect(silent.body).toMatchObject({ code: 'BAD_REQUEST', errors: [{ field: 'reason' }] });
  expect(await deactivate('Insolvency', `"v${contract.version}"`)).toMatchObject({
    status: 200,
    body: { id: contract.id, status: 'DEACTIVATED', eolDate: '2026-11-12' },
  });
  expect((await contractRequests.find(open.id))?.status).toBe('STOPPED');
  const trail = await opened.portal.audit.ofSubject(`CONTRACT#${contract.id}`);
  expect(trail.map(({ action, reason }) => `${action}: ${reason}`).sort()).toEqual([
    'deactivateContract: Insolvency',
    'stopRequest: The contract was deactivated',
  ]);
  const again = vendor.deactivateContract({ params, body: { reason: 'Again' } });
  expect((await refusalOf(again)).code).toBe('TRANSITION_NOT_ALLOWED');
});

test('the aggregator is mailed what the vendor has decided and said', async () => {
  await addAskedFor('1');
  await vendor.reviseRequest({ ...of('1'), body: { comment: 'The discount is 10 %' } });
  const [notice, ...others] = await opened.portal.notices.waiting();
  expect(others).toEqual([]);
  expect(notice).toMatchObject({ kind: 'REQUEST_DECIDED', decision: 'askToRevise', comment: 'The discount is 10 %' });
  await opened.addOrganization(String(notice?.recipientId), 'AGGREGATOR');
  if (notice) await tellParties(opened.portal, notice);
  const { contract } = (await opened.portal.contracts.get('contract-of-1')) ?? {};
  expect(notice?.recipientId).toBe(contract?.aggregatorId);
  const [mail] = opened.mails;
  expect(mail?.subject).toBe('Request C-1-2-2611-1 has to be revised');
  expect(mail?.text).toContain('The request (CREATE) for contract number-of-1 has to be revised.');
});
