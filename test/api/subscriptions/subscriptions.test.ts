import { period } from '../../../lambdas/domain/calendar/period.ts';
import type { RouteId } from '../../../lambdas/manifest/routes.ts';
import { bearerFor, request, type Sent } from '../../support/api-requests.ts';
import { AGGREGATOR, type CloudPortal, OTHER_SP, openCloudPortal, SP, VENDOR } from '../../support/cloud-portal.ts';
import { contractIdOf, skuId } from '../../support/contract-portal.ts';
import { subscriptionCalls } from '../../support/subscription-calls.ts';

const MARCH = period('2027-03');
const APRIL = period('2027-04');

let opened: CloudPortal;
beforeEach(async () => {
  opened = await openCloudPortal('2027-03-21');
});
afterEach(() => opened.close());

const { subscribed, refusal, payGo, change } = subscriptionCalls(() => opened);

test('a subscription is seen by its service provider, the aggregator of its contract and the vendor alone', async () => {
  const contractId = await opened.negotiated();
  const id = await subscribed(contractId, { termMonths: 6 });
  const seen = async (route: 'Provider' | 'Aggregator' | 'Vendor', sender: object) => {
    const one = await opened.send(`get${route}Subscription`, { params: { subscriptionId: id } }, sender);
    const all = await opened.send(`list${route}Subscriptions`, { query: { filter: 'status==ACTIVE' } }, sender);
    return [one.status, all.body.total];
  };
  expect(await seen('Provider', SP)).toEqual([200, 1]);
  expect(await seen('Aggregator', AGGREGATOR)).toEqual([200, 1]);
  expect(await seen('Vendor', VENDOR)).toEqual([200, 1]);
  expect(await seen('Provider', OTHER_SP)).toEqual([404, 0]);
  expect(await seen('Aggregator', { organizationId: 'AGG-2' })).toEqual([404, 0]);
  const { body } = await opened.send('getAggregatorSubscription', { params: { subscriptionId: id } }, AGGREGATOR);
  expect(body).toMatchObject({
    subscriptionNumber: expect.stringMatching(/^\d+-S1$/),
    customer: { number: 'CUST-1', name: 'Customer One' },
    productCode: 'HOST',
    quantity: '5',
    startDate: '2027-03-21',
    endDate: '2027-09-20',
    history: [{ party: 'SERVICE_PROVIDER', action: 'orderSubscription' }],
  });
  expect((body.history as object[])[0]).not.toHaveProperty('actor');
  opened.clock.time = new Date('2027-09-21T02:00:00Z');
  expect(await seen('Provider', SP)).toEqual([200, 0]);
});

test('of several contracts for a service one is its default, and each can be named', async () => {
  const [first, second] = [await opened.negotiated(), await opened.negotiated()];
  expect(await refusal(opened.subscribe(undefined))).toBe('400 BAD_REQUEST contractId');
  const keep = (contractId: string, service = 'Compute', sender: object = SP) =>
    opened.send('keepServiceContract', { body: { service, contractId } }, sender);
  expect((await keep(second)).body).toEqual({ contracts: [{ service: 'Compute', contractId: second }] });
  expect(await subscribed()).toBe(`${second}_S1`);
  expect(await subscribed(first)).toBe(`${first}_S1`);
  expect(await refusal(opened.subscribe(undefined, { productCode: 'DISK' }))).toBe('400 BAD_REQUEST contractId');
  await keep(first);
  expect(await subscribed()).toBe(`${first}_S2`);
  expect((await opened.send('getServiceContracts', {}, SP)).body).toEqual({
    contracts: [{ service: 'Compute', contractId: first }],
  });
  expect((await opened.send('getServiceContracts', {}, OTHER_SP)).body).toEqual({ contracts: [] });
  expect(await refusal(keep(first, 'Compute', OTHER_SP))).toBe('404 NOT_FOUND');
  expect(await refusal(keep(first, 'Nothing'))).toBe('400 BAD_REQUEST service');
  expect(await refusal(keep(contractIdOf(await opened.create({ bolDate: '2027-03-01' }))))).toBe(
    '400 BAD_REQUEST contractId',
  );
});

test("offers are what has a price in the contract's currency, with its discount", async () => {
  const offers = async (contractId: string, sender: object = SP) => {
    const { status, body } = await opened.send('listOffers', { params: { contractId } }, sender);
    return [status, body.content];
  };
  const contractId = await opened.negotiated();
  const amount = (text: string) => ({ unitPrice: { amount: text, currency: 'USD' }, discount: '15' });
  expect(await offers(contractId)).toEqual([
    200,
    [
      { code: 'DISK', name: 'Cloud disk', service: 'Storage', uom: 'GB', ...amount('0.000123') },
      { code: 'HOST', name: 'Cloud host', service: 'Compute', uom: 'Host', ...amount('100.00') },
    ],
  ]);
  expect(await offers(contractIdOf(await opened.create({ bolDate: '2027-03-01' })))).toEqual([200, []]);
  expect((await offers(contractId, OTHER_SP))[0]).toBe(404);
});

test.each<[string, object, string]>([
  ['an unknown offer', { productCode: 'NOPE' }, '400 BAD_REQUEST productCode'],
  ['an offer without a price', { productCode: 'FREE' }, '409 NOT_PRICED'],
  ['nothing of it', { quantity: '0' }, '400 BAD_REQUEST quantity'],
  ['a day to come', { startDate: '2027-03-22' }, '400 BAD_REQUEST startDate'],
  ['a day before the contract', { startDate: '2027-02-28' }, '400 BAD_REQUEST startDate'],
  ['a day that there is not', { startDate: '2027-02-30' }, '400 BAD_REQUEST startDate'],
  ['a name on two lines', { customer: { number: '1', name: 'a\nb' } }, '400 BAD_REQUEST customer.name'],
  [
    'a term and a commitment',
    { termMonths: 6, commitment: { years: 1, payment: 'MONTHLY' } },
    '400 BAD_REQUEST termMonths',
  ],
  ['two years', { commitment: { years: 2, payment: 'MONTHLY' } }, '400 BAD_REQUEST commitment.years'],
  ['three years of a contract of one', { commitment: { years: 3, payment: 'MONTHLY' } }, '409 SUBSCRIPTION_TERM'],
  ['a field that is not known', { more: 1 }, '400 BAD_REQUEST more'],
])('a subscription of %s is refused, and changes nothing', async (_, over, expected) => {
  const contractId = await opened.negotiated();
  expect(await refusal(opened.subscribe(contractId, over))).toBe(expected);
  expect((await opened.contract(contractId)).anniversary).toBeUndefined();
  expect(await opened.portal.subscriptions.ofContract(contractId)).toEqual([]);
});

test("another's contract is not known, one of another family or that isn't active is not charged", async () => {
  const contractId = await opened.negotiated();
  expect(await refusal(opened.subscribe(contractId, {}, {}, OTHER_SP))).toBe('404 NOT_FOUND');
  expect(await refusal(opened.subscribe('nothing'))).toBe('404 NOT_FOUND');
  const rental = contractIdOf(await opened.create({ bolDate: '2027-03-01' }));
  expect(await refusal(opened.subscribe(rental))).toBe('400 BAD_REQUEST contractId');
  const waiting = await payGo({ bolDate: '2027-04-01' });
  expect(await refusal(opened.subscribe(waiting))).toBe('409 CONTRACT_STATUS');
});

test('a subscription is amended, renewed and cancelled, by who has read it last', async () => {
  const id = await subscribed(await opened.negotiated(), { termMonths: 1 });
  const amended = await change('amend', id, { quantity: 7.5 }, { headers: { 'if-match': '"v1"' } });
  expect([amended.status, amended.headers.etag, amended.body.quantity]).toEqual([200, '"v2"', '7.5']);
  expect(await refusal(change('amend', id, { quantity: 8 }, { headers: { 'if-match': '"v1"' } }))).toBe(
    '412 VERSION_MISMATCH',
  );
  expect(await refusal(change('amend', id, { quantity: 0 }))).toBe('400 BAD_REQUEST quantity');
  expect((await change('renew', id, { termMonths: 12 })).body.endDate).toBe('2028-04-20');
  expect(await refusal(change('renew', id, {}))).toBe('400 BAD_REQUEST termMonths');
  const sent = { headers: { 'idempotency-key': 'once' } };
  const cancelled = await change('cancel', id, { reason: 'No longer needed' }, sent);
  expect(cancelled.body).toMatchObject({ status: 'CANCELLED', endDate: '2027-03-21' });
  expect((await change('cancel', id, { reason: 'No longer needed' }, sent)).body).toEqual(cancelled.body);
  for (const [verb, body] of [
    ['amend', { quantity: 1 }],
    ['renew', { termMonths: 1 }],
    ['cancel', {}],
  ] as const) {
    expect(await refusal(change(verb, id, body))).toBe('409 TRANSITION_NOT_ALLOWED');
  }
  const { body } = await opened.send('getProviderSubscription', { params: { subscriptionId: id } }, SP);
  expect((body.history as { action: string; reason?: string }[]).map(({ action, reason }) => [action, reason])).toEqual(
    [
      ['orderSubscription', undefined],
      ['amendSubscription', undefined],
      ['renewSubscription', undefined],
      ['cancelSubscription', 'No longer needed'],
    ],
  );
  const shards = await Promise.all(Array.from({ length: 8 }, (_, shard) => opened.portal.outbox.waiting(shard, 100)));
  const events = shards.flat().filter(({ type }) => type === 'SubscriptionChanged');
  expect(events.map(({ id: event }) => event).sort()).toEqual(
    [1, 2, 3, 4].map((at) => `SubscriptionChanged#${id}#${at}`),
  );
});

test('an open-ended subscription has nothing to renew', async () => {
  const id = await subscribed(await opened.negotiated());
  expect(await refusal(change('renew', id, { termMonths: 1 }))).toBe('409 SUBSCRIPTION_TERM');
});

test('orders at once get places of their own, and one anniversary', async () => {
  const contractId = await opened.negotiated();
  const replies = await Promise.all([1, 2, 3].map(() => opened.subscribe(contractId)));
  expect(replies.map(({ body }) => body.id).sort()).toEqual([1, 2, 3].map((place) => `${contractId}_S${place}`));
  expect((await opened.contract(contractId)).anniversary).toBe('2027-03-21');
});

test('contracts of a service provider follow the day of its first subscription of all; those of another do not', async () => {
  const [first, second] = [await opened.negotiated(), await opened.negotiated()];
  const others = contractIdOf(
    await opened.create({
      ...{ contractSKUId: skuId('MSP-PAYG'), bolDate: '2027-03-01', threshold: 1000, serviceProviderId: 'SP-2' },
    } as never),
  );
  await subscribed(first);
  await opened.moveTo('2027-04-05');
  await subscribed(second);
  expect((await opened.contract(second)).anniversary).toBe('2027-04-21');
  expect((await opened.subscribe(others, {}, {}, OTHER_SP)).status).toBe(201);
  expect((await opened.contract(others)).anniversary).toBe('2027-04-05');
  await opened.moveTo('2027-06-01');
  await opened.closeMonth(MARCH);
  // A stub of 20 of April's 30 days: its minimum is 1,000 × 20 ÷ 30, and what that leaves is added to the next period's.
  expect(await opened.closeMonth(APRIL)).toContainEqual(['Minimum commit not reached = 666.67', '666.67']);
  expect(await opened.closeMonth(period('2027-05'))).toContainEqual([
    ...['Minimum commit not reached = 1333.33', '1333.33'],
  ]);
});

test('first subscriptions of two contracts at once set one day for both', async () => {
  await opened.moveTo('2027-03-25');
  const contracts = [await opened.negotiated(), await opened.negotiated()];
  const days = ['2027-03-22', '2027-03-24'];
  await Promise.all(contracts.map((contractId, at) => subscribed(contractId, { startDate: days[at] })));
  const begun = await Promise.all(contracts.map(async (id) => (await opened.contract(id)).anniversary));
  // Whichever came first: the other contract's next 22nd is in April, its next 24th is the day itself.
  expect([
    ['2027-03-22', '2027-04-22'],
    ['2027-03-24', '2027-03-24'],
  ]).toContainEqual(begun);
});

test('worked example 16: a contract that begins on its anniversary has no order of that month, and loses nothing', async () => {
  const contractId = await opened.negotiated({ bolDate: '2027-03-21', minCommits: [3, ...Array(11).fill(10), 7] });
  await subscribed(contractId);
  const march = await opened.orderOf(contractId, MARCH);
  expect(march.status).toBe('CANCELLED');
  await opened.moveTo('2027-05-01');
  expect(await opened.closeMonth(MARCH)).toEqual([]);
  expect(await opened.closeMonth(APRIL)).toEqual([['Minimum commit not reached = 13.00', '13.00']]);
});

test('the first subscription does not change the days of a month that is submitted or billed', async () => {
  const contractId = await opened.negotiated();
  await opened.moveTo('2027-04-02');
  await opened.submitted(contractId, MARCH);
  expect(await refusal(opened.subscribe(contractId, { startDate: '2027-03-31' }))).toBe('409 PERIOD_FROZEN');
  await opened.closeMonth(MARCH);
  expect(await refusal(opened.subscribe(contractId, { startDate: '2027-03-31' }))).toBe('409 PERIOD_FROZEN');
  expect(await subscribed(contractId, { startDate: '2027-04-05' })).toBe(`${contractId}_S1`);
  expect((await opened.contract(contractId)).anniversary).toBe('2027-04-05');
  expect(await refusal(opened.subscribe(contractId, { startDate: '2027-03-31' }))).toBe('409 PERIOD_FROZEN');
});

test('a member of a work group has to do with the subscriptions of its contracts alone', async () => {
  const [seen, hidden] = [await opened.negotiated(), await opened.negotiated()];
  const [own, other] = [await subscribed(seen), await subscribed(hidden)];
  const admin = { organizationId: 'SP-1', roles: ['Administrator', 'Operations'] } as const;
  await opened.send('switchProviderWorkGroups', { body: { enabled: true } }, admin);
  const wanted = { name: 'Some', items: [{ contracts: [{ contractId: seen }] }] };
  const group = await opened.send('createProviderWorkGroup', { body: wanted }, admin);
  const secret = await opened.addUser(
    { id: 'member', organizationId: 'SP-1', roles: ['Operations', 'Read Only'] },
    { expires: '2031-01-01T00:00:00.000Z' },
  );
  const body = { workGroupId: group.body.id };
  await opened.send('assignProviderWorkGroup', { params: { userId: 'member' }, body }, admin);
  const token = await bearerFor(opened.portal, secret);
  const member = (id: RouteId, sent: Sent = {}) => request(opened.portal, id, { token, ...sent });
  expect((await member('listProviderSubscriptions')).body).toMatchObject({ total: 1, content: [{ id: own }] });
  expect((await member('getProviderSubscription', { params: { subscriptionId: own } })).status).toBe(200);
  const theirs = { params: { subscriptionId: other } };
  for (const sent of [
    member('getProviderSubscription', theirs),
    member('amendSubscription', { ...theirs, body: { quantity: 1 } }),
    opened.subscribe(hidden, {}, { token }),
  ]) {
    expect(await refusal(sent)).toBe('404 NOT_FOUND');
  }
  expect(await refusal(member('getServiceContracts'))).toBe('403 NOT_ALLOWED');
  const service = { body: { service: 'Compute', contractId: seen } };
  expect(await refusal(member('keepServiceContract', service))).toBe('403 NOT_ALLOWED');
});
