import { heldUsage } from '../../../lambdas/domain/billing-order/held-usage.ts';
import { NOTHING_BILLED } from '../../../lambdas/domain/billing-order/summary.ts';
import type { Contract } from '../../../lambdas/domain/contract/contract.ts';
import {
  AGGREGATOR,
  EXAMPLE_LINES,
  type OrderPortal,
  openOrderPortal,
  PAYG_1800,
  PROVIDER,
  PURCHASE_ORDERS,
  VENDOR,
} from '../../support/order-portal.ts';

let opened: OrderPortal;
let contract: Contract;
let made = 0;

beforeAll(async () => {
  opened = await openOrderPortal();
});
beforeEach(async () => {
  contract = await opened.addContract(`contract-${++made}`, PAYG_1800);
});
afterAll(() => opened.close());

const addOrder = async (wanted: Parameters<OrderPortal['addOrder']>[2] = {}) =>
  (await opened.addOrder(contract, `order-${made}`, { lines: EXAMPLE_LINES, ...wanted })).id;
/** Everything that is done is done a second after the last. */
const of: OrderPortal['of'] = (...request) => {
  opened.clock.time = new Date(opened.clock.time.getTime() + 1_000);
  return opened.of(...request);
};
const submit = (id: string, headers = {}, serviceProviderPurchaseOrder: unknown = 'SP-PO-1') =>
  of('submitOrder', id, PROVIDER, { body: { serviceProviderPurchaseOrder }, headers });
const approve = (id: string, over: object = {}, headers = {}) =>
  of('approveOrder', id, AGGREGATOR, { body: { ...PURCHASE_ORDERS, ...over }, headers });
const sendBack = (id: string, comment: unknown = 'Please check') =>
  of('sendBackOrder', id, AGGREGATOR, { body: { comment } });
const decide = (id: 'rejectOrder' | 'cancelOrder', orderId: string, comment: unknown = 'It has expired') =>
  of(id, orderId, VENDOR, { body: { comment } });
const comments = async (id: string) =>
  (await opened.of('listProviderComments', id, PROVIDER)).body.content as {
    user: { email: string };
    content: string;
  }[];

test('an order goes from report to approval and back, and its history says who did what and why', async () => {
  const id = await addOrder();
  expect(await submit(id)).toMatchObject({ status: 204, text: undefined, headers: { etag: '"v2"' } });
  expect(await sendBack(id)).toMatchObject({ status: 200, body: { status: 'PENDING_SP' } });
  await submit(id, {}, 'SP-PO-2');
  expect(await approve(id, { comment: 'Fine now' })).toMatchObject({
    status: 200,
    headers: { etag: '"v5"' },
    body: { id, status: 'PENDING_VENDOR', ...PURCHASE_ORDERS, summary: { total: 1830, sellingPrice: 1610.4 } },
  });
  expect(await opened.order(id)).toMatchObject({
    status: 'PENDING_VENDOR',
    serviceProviderPurchaseOrder: 'SP-PO-1',
    vendorPurchaseOrder: 'PO-100000',
    billingOrderPreference: 'EDI',
    version: 5,
  });
  expect(await opened.story(id)).toEqual([
    'SERVICE_PROVIDER submit: PENDING_SP → PENDING_AGGREGATOR',
    'AGGREGATOR sendBack: PENDING_AGGREGATOR → PENDING_SP (Please check)',
    'SERVICE_PROVIDER submit: PENDING_SP → PENDING_AGGREGATOR',
    'AGGREGATOR approve: PENDING_AGGREGATOR → PENDING_VENDOR (Fine now)',
  ]);
  expect((await comments(id)).map(({ content }) => content)).toEqual(['Please check', 'Fine now']);
  const events = await Promise.all(Array.from({ length: 8 }, (_, shard) => opened.portal.outbox.waiting(shard, 100)));
  const told = events
    .flat()
    .flatMap((event) => (event.type === 'BillingOrderChanged' && event.detail.orderId === id ? event.detail : []));
  expect(told.map(({ status }) => status).sort()).toEqual([
    'PENDING_AGGREGATOR',
    'PENDING_AGGREGATOR',
    'PENDING_SP',
    'PENDING_VENDOR',
  ]);
});

test('a party reads who of its own people did something, and of the others only which organization', async () => {
  const id = await addOrder();
  await submit(id);
  await sendBack(id);
  const read = async (route: 'readProviderOrderHistory' | 'readAggregatorOrderHistory', sender: typeof PROVIDER) =>
    (await opened.of(route, id, sender)).body.content;
  expect(await read('readProviderOrderHistory', PROVIDER)).toMatchObject([
    { party: 'AGGREGATOR', action: 'sendBack', reason: 'Please check' },
    { party: 'SERVICE_PROVIDER', action: 'submit', actor: 'SP-1-Op', actorName: 'Ada Person' },
  ]);
  const [sentBack, submitted] = (await read('readAggregatorOrderHistory', AGGREGATOR)) as object[];
  expect(sentBack).toMatchObject({ actor: 'AGG-1-Op' });
  expect(submitted).not.toHaveProperty('actor');
  expect(submitted).not.toHaveProperty('actorName');
});

test('an order without a line is taken, and its history says that nothing was reported', async () => {
  const id = await addOrder({ lines: [] });
  await submit(id);
  expect(await opened.story(id)).toEqual([
    'SERVICE_PROVIDER submit: PENDING_SP → PENDING_AGGREGATOR (No usage was reported)',
  ]);
  contract = await opened.addContract(`zero-${made}`, PAYG_1800);
  const order = await opened.addOrder(contract, `zero-${made}`, { zeroReported: true });
  await submit(order.id);
  expect(await opened.story(order.id)).toEqual(['SERVICE_PROVIDER submit: PENDING_SP → PENDING_AGGREGATOR']);
});

test('a report in time ends a delinquency, one that is late does not', async () => {
  const delinquent = async () => (await opened.portal.contracts.get(contract.id))?.contract.delinquent;
  contract = await opened.addContract(`late-${made}`, PAYG_1800, { delinquent: true });
  await submit((await opened.addOrder(contract, `late-${made}`, { month: '2026-09' })).id);
  expect(await delinquent()).toBe(true);
  await submit(await addOrder());
  expect(await delinquent()).toBe(false);
});

test('an order is moved in the states of its table only', async () => {
  const id = await addOrder();
  expect((await approve(id)).body).toMatchObject({
    code: 'TRANSITION_NOT_ALLOWED',
    detail: 'The order of 2026-10 is PENDING_SP: approve is not possible then',
  });
  expect((await sendBack(id)).body.code).toBe('TRANSITION_NOT_ALLOWED');
  expect((await decide('rejectOrder', id)).body.code).toBe('TRANSITION_NOT_ALLOWED');
  await submit(id);
  expect((await submit(id)).body.code).toBe('TRANSITION_NOT_ALLOWED');
  expect(await opened.order(id)).toMatchObject({ status: 'PENDING_AGGREGATOR', version: 2 });
  expect(await opened.story(id)).toHaveLength(1);
});

test('what a close is billing takes nothing more', async () => {
  const id = await addOrder({ status: 'PENDING_VENDOR' });
  await opened.portal.billingOrders.seal(id, '2026-10-1');
  for (const decision of ['rejectOrder', 'cancelOrder'] as const) {
    expect(await decide(decision, id)).toMatchObject({ status: 409, body: { code: 'ORDER_SEALED' } });
  }
});

test('bodies are those published: what is needed is named, unknown fields are ignored', async () => {
  const id = await addOrder();
  const errors = async (reply: Promise<{ status: number; body: { errors?: { field: string }[] } }>) => {
    const { status, body } = await reply;
    return [status, body.errors?.map(({ field }) => field)];
  };
  for (const wrong of ['', ' ', 'x'.repeat(101), 'two\nlines', 7]) {
    expect(await errors(submit(id, {}, wrong) as never)).toEqual([400, ['serviceProviderPurchaseOrder']]);
  }
  expect(await errors(opened.of('submitOrder', id, PROVIDER, { body: {} }) as never)).toEqual([
    400,
    ['serviceProviderPurchaseOrder'],
  ]);
  const body = { serviceProviderPurchaseOrder: 'PO', another: true };
  expect((await opened.of('submitOrder', id, PROVIDER, { body })).status).toBe(204);
  expect(await errors(opened.of('approveOrder', id, AGGREGATOR, { body: {} }) as never)).toEqual([
    400,
    ['serviceProviderPurchaseOrder', 'vmwarePurchaseOrder', 'billingOrderPreference'],
  ]);
  expect(await errors(approve(id, { billingOrderPreference: 'FAX' }) as never)).toEqual([
    400,
    ['billingOrderPreference'],
  ]);
  expect(await errors(approve(id, { comment: 'x'.repeat(2001) }) as never)).toEqual([400, ['comment']]);
  for (const wrong of ['', '  ', undefined, 'x'.repeat(2001)]) {
    expect(await errors(sendBack(id, wrong ?? null) as never)).toEqual([400, ['comment']]);
  }
  expect(await errors(decide('cancelOrder', id, '') as never)).toEqual([400, ['comment']]);
  const unknown = opened.of('cancelOrder', id, VENDOR, { body: { comment: 'x', other: 1 } });
  expect((await unknown).status).toBe(400);
});

test('what the vendor rejects is the aggregator’s again in the same moment', async () => {
  const id = await addOrder();
  await submit(id);
  await approve(id);
  expect(await decide('rejectOrder', id)).toMatchObject({
    status: 200,
    headers: { etag: '"v4"' },
    body: { status: 'PENDING_AGGREGATOR', revision: 1 },
  });
  expect((await opened.story(id)).slice(2)).toEqual([
    'VENDOR reject: PENDING_VENDOR → REJECTED (It has expired)',
    'SYSTEM returnToAggregator: REJECTED → PENDING_AGGREGATOR',
  ]);
  // The newest first, also of one moment.
  const { body } = await opened.of('readVendorOrderHistory', id, VENDOR, { query: { limit: '2' } });
  expect(body.content).toMatchObject([{ action: 'returnToAggregator' }, { action: 'reject' }]);
  expect((await comments(id)).map(({ content, user }) => [user.email, content])).toEqual([
    ['vendor-op@person.example', 'It has expired'],
  ]);
  expect((await approve(id)).body.status).toBe('PENDING_VENDOR');
});

test.each(['NOT_OPEN', 'PENDING_SP', 'PENDING_AGGREGATOR', 'PENDING_VENDOR'] as const)(
  'the vendor cancels an order that is %s, with a reason and for good',
  async (status) => {
    const id = await addOrder({ status });
    const cancelled = await decide('cancelOrder', id, 'Made in error');
    expect(cancelled).toMatchObject({ status: 200, body: { status: 'CANCELLED' } });
    expect(cancelled.body).not.toHaveProperty('summary');
    expect(await opened.story(id)).toEqual([`VENDOR cancel: ${status} → CANCELLED (Made in error)`]);
    expect((await decide('cancelOrder', id)).body.code).toBe('TRANSITION_NOT_ALLOWED');
  },
);

test('adjustments move by their own table: to the vendor’s approval, or back to the service provider', async () => {
  const billed = {
    revision: 1,
    outcome: 'NOTHING_TO_BILL',
    closedTime: '2026-11-01T00:00:00.000Z',
    lineSet: '1',
    summary: NOTHING_BILLED,
  } as const;
  const id = await addOrder({ billed, revision: 2 });
  expect((await submit(id)).status).toBe(204);
  expect((await sendBack(id)).body.status).toBe('PENDING_SP');
  await submit(id);
  expect((await approve(id)).body.status).toBe('PENDING_APPROVAL');
  expect(await opened.story(id)).toEqual([
    'SERVICE_PROVIDER submit: PENDING_SP → PENDING_AGGREGATOR',
    'AGGREGATOR reject: PENDING_AGGREGATOR → PENDING_SP (Please check)',
    'SERVICE_PROVIDER submit: PENDING_SP → PENDING_AGGREGATOR',
    'AGGREGATOR approve: PENDING_AGGREGATOR → PENDING_APPROVAL',
  ]);
  expect((await decide('cancelOrder', id)).body.code).toBe('TRANSITION_NOT_ALLOWED');
});

test('of two who decide at once one is done, the other refused; with If-Match the version decides', async () => {
  const id = await addOrder({ status: 'PENDING_AGGREGATOR' });
  const replies = await Promise.all([approve(id), sendBack(id), approve(id)]);
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  expect(await opened.story(id)).toHaveLength(1);
  expect((await opened.order(id)).version).toBe(2);

  contract = await opened.addContract(`match-${made}`, PAYG_1800);
  const other = (await opened.addOrder(contract, `match-${made}`, { status: 'PENDING_AGGREGATOR' })).id;
  expect((await approve(other, {}, { 'if-match': '"v7"' })).body.code).toBe('VERSION_MISMATCH');
  const matched = await Promise.all([1, 2].map(() => approve(other, {}, { 'if-match': '"v1"' })));
  expect(matched.map(({ status }) => status).sort()).toEqual([200, 412]);
});

test('usage that is written while an order is approved is either in the order or refused', async () => {
  const id = await addOrder({ status: 'PENDING_AGGREGATOR' });
  const before = await opened.order(id);
  await approve(id);
  const held = heldUsage(before.usagePeriod, [], new Map());
  const late = await opened.portal.units.commit([opened.portal.billingOrders.changed({ ...before, held }, new Date())]);
  expect(late.ok).toBe(false);
});

test('the same request with the same Idempotency-Key is done once', async () => {
  const id = await addOrder();
  const headers = { 'idempotency-key': `once-${made}` };
  expect((await submit(id, headers)).status).toBe(204);
  expect((await submit(id, headers)).status).toBe(204);
  expect(await opened.story(id)).toHaveLength(1);
  const said = { body: { content: 'Once' }, headers: { 'idempotency-key': `said-${made}` } };
  const first = await opened.of('addProviderComment', id, PROVIDER, said);
  expect(await opened.of('addProviderComment', id, PROVIDER, said)).toMatchObject({ body: first.body });
  expect(await comments(id)).toHaveLength(1);
});

test('both parties comment and read what was said, with the names of its authors', async () => {
  const id = await addOrder({ status: 'CLOSED' });
  const content = 'Two lines,\nas <b>written</b>';
  const said = await of('addProviderComment', id, PROVIDER, { body: { content } });
  const createdTime = opened.clock.time.toISOString();
  const user = { firstName: 'Ada', lastName: 'Person', email: 'sp-1-op@person.example' };
  expect(said).toMatchObject({ status: 200, body: { user, createdTime, content } });
  await of('addAggregatorComment', id, AGGREGATOR, { body: { content: 'Thank you' } });
  const { body } = await opened.of('listAggregatorComments', id, AGGREGATOR, { query: { sort: '-createdTime' } });
  expect(body).toMatchObject({ total: 2, content: [{ content: 'Thank you' }, said.body] });
  expect((await opened.of('listVendorComments', id, VENDOR)).body.total).toBe(2);
  expect(await opened.story(id)).toEqual(['SERVICE_PROVIDER comment', 'AGGREGATOR comment']);
  for (const wrong of ['', ' \n ', 'x'.repeat(2001), 'bell \u0007']) {
    const refused = await opened.of('addProviderComment', id, PROVIDER, { body: { content: wrong } });
    expect(refused.body).toMatchObject({ code: 'BAD_REQUEST', errors: [{ field: 'content' }] });
  }
});

test('nobody decides of others’ orders, or without the role', async () => {
  contract = await opened.addContract(`foreign-${made}`, PAYG_1800, {
    aggregatorId: 'AGG-2',
    serviceProviderId: 'SP-2',
  });
  const id = await addOrder({ status: 'PENDING_AGGREGATOR' });
  const body = { content: 'x' };
  for (const reply of [
    submit(id),
    approve(id),
    sendBack(id),
    opened.of('addAggregatorComment', id, AGGREGATOR, { body }),
    opened.of('addProviderComment', id, PROVIDER, { body }),
  ]) {
    expect((await reply).body.code).toBe('NOT_FOUND');
  }
  const reader = { organizationId: 'VENDOR', roles: ['Read Only'] } as const;
  const refused = await opened.of('cancelOrder', id, reader, { body: { comment: 'x' } });
  expect(refused.body.code).toBe('NOT_ALLOWED');
  expect(await opened.order(id)).toMatchObject({ status: 'PENDING_AGGREGATOR', version: 1 });
});
