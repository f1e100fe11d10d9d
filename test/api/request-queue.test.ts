import { points } from '../../lambdas/domain/numbers/amounts.ts';
import type { RouteId } from '../../lambdas/manifest/routes.ts';
import { approved, signed, skuOf } from '../domain/support/contracts.ts';
import { bearerFor, request, type Sent } from '../support/api-requests.ts';
import { PREPAID } from '../support/contract-world.ts';
import { type ApiPortal, openApiPortal } from '../support/portal.ts';

let opened: ApiPortal;
let tokens: { operations: string; reader: string };

beforeEach(async () => {
  opened = await openApiPortal();
  opened.clock.time = new Date('2026-11-12T09:00:00.000Z');
  await opened.addOrganization('VENDOR', 'VENDOR');
  const bearer = async (id: string, role: 'Operations' | 'Read Only') =>
    bearerFor(opened.portal, await opened.addUser({ id, organizationId: 'VENDOR', roles: [role] }));
  tokens = { operations: await bearer('vera', 'Operations'), reader: await bearer('rex', 'Read Only') };
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

const send = (id: RouteId, sent: Sent, token = tokens.operations) => request(opened.portal, id, { ...sent, token });
const decide = (id: RouteId, requestId: string, body: object, headers = {}) =>
  send(id, { params: { requestId }, body, headers });

test('the queue shows what waits for approval, oldest first, and other states on request', async () => {
  await addAskedFor('2');
  await addAskedFor('1');
  const queue = await send('listRequestQueue', {}, tokens.reader);
  expect(queue.body).toMatchObject({ total: 2, content: [{ id: '1', requestType: 'CREATE' }, { id: '2' }] });
  const filter = 'requestType==CREATE;contractNumber==number-of-2';
  expect((await send('listRequestQueue', { query: { filter } })).body).toMatchObject({ total: 1 });
  await decide('reviseRequest', '1', { comment: 'The discount is 10 %' });
  const revised = await send('listRequestQueue', { query: { status: 'PENDING_REVISE' } });
  expect(revised.body).toMatchObject({ total: 1, content: [{ id: '1', status: 'PENDING_REVISE' }] });
  expect((await send('listRequestQueue', { query: { status: 'OPEN' } })).body.code).toBe('BAD_REQUEST');
});

test('a request is read with what is asked for, in exact decimals, and with its history', async () => {
  await addAskedFor('1');
  await decide('approveRequest', '1', { comment: 'As agreed' });
  const read = await send('getQueuedRequest', { params: { requestId: '1' } }, tokens.reader);
  expect(read).toMatchObject({
    status: 200,
    headers: { etag: '"v2"' },
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
  expect((await send('getQueuedRequest', { params: { requestId: 'none' } })).body.code).toBe('NOT_FOUND');
});

test('each decision is possible where the table of states has it, and says what has become of the request', async () => {
  await addAskedFor('1');
  expect((await decide('approveRequest', '1', {}, { 'if-match': '"v9"' })).status).toBe(412);
  expect((await decide('rejectRequest', '1', {})).body).toMatchObject({ errors: [{ field: 'comment' }] });
  expect((await decide('approveRequest', '1', {})).body).toMatchObject({ status: 'PENDING_VENDOR' });
  expect((await decide('rejectRequest', '1', { comment: 'No' })).body.code).toBe('TRANSITION_NOT_ALLOWED');
  const stopped = await decide('stopRequest', '1', { comment: 'Left the programme' });
  expect(stopped.body).toMatchObject({ status: 'STOPPED', approverComment: 'Left the programme' });
  expect((await opened.portal.contracts.get('contract-of-1'))?.contract.status).toBe('REJECTED');
  // What happened to the contract itself is not in it.
  const { body } = await send('getQueuedRequest', { params: { requestId: '1' } });
  expect((body.history as { action: string; to: string }[]).map(({ action, to }) => `${action} ${to}`)).toEqual([
    'approveRequest PENDING_VENDOR',
    'stopRequest STOPPED',
  ]);
});

test('two approvals with one Idempotency-Key are one', async () => {
  await addAskedFor('1');
  const headers = { 'idempotency-key': 'once' };
  const first = await decide('approveRequest', '1', {}, headers);
  expect(await decide('approveRequest', '1', {}, headers)).toMatchObject({ status: first.status, body: first.body });
});

test('a reader decides nothing', async () => {
  await addAskedFor('1');
  const params = { requestId: '1' };
  for (const id of ['approveRequest', 'reviseRequest', 'rejectRequest', 'stopRequest'] as const) {
    expect((await send(id, { params, body: { comment: 'x' } }, tokens.reader)).body.code).toBe('NOT_ALLOWED');
  }
});

test('the vendor deactivates a contract: today is its last day, and its open requests are stopped', async () => {
  const { contract, revisions } = signed(skuOf('PAY-GO', '1800'), '2026-01-01', 36);
  const { contracts, contractRequests, units } = opened.portal;
  const open = approved({ type: 'TERMINATE', reason: 'COVID Impact' }, '2026-12-15', { status: 'PENDING_APPROVAL' });
  await units.commit([...contracts.created(contract, revisions), contractRequests.created(open)]);
  const deactivate = (body: object, headers = {}) =>
    send('deactivateContract', { params: { contractId: contract.id }, body, headers });
  expect((await deactivate({})).body).toMatchObject({ code: 'BAD_REQUEST', errors: [{ field: 'reason' }] });
  expect(await deactivate({ reason: 'Insolvency' }, { 'if-match': `"v${contract.version}"` })).toMatchObject({
    status: 200,
    body: { id: contract.id, status: 'DEACTIVATED', eolDate: '2026-11-12' },
  });
  expect((await contractRequests.find(open.id))?.status).toBe('STOPPED');
  const trail = await opened.portal.audit.ofSubject(`CONTRACT#${contract.id}`);
  expect(trail.map(({ action, reason }) => `${action}: ${reason}`).sort()).toEqual([
    'deactivateContract: Insolvency',
    'stopRequest: The contract was deactivated',
  ]);
  expect((await deactivate({ reason: 'Again' })).body.code).toBe('TRANSITION_NOT_ALLOWED');
});
