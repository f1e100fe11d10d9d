import type { BillingOrder } from '../../lambdas/domain/billing-order/billing-order.ts';
import { NOTHING_HELD } from '../../lambdas/domain/billing-order/held-usage.ts';
import { NOTHING_BILLED } from '../../lambdas/domain/billing-order/summary.ts';
import { addMonths, period } from '../../lambdas/domain/calendar/period.ts';
import { points, pointsPerUnit, quantity } from '../../lambdas/domain/numbers/amounts.ts';
import type { UsageLine } from '../../lambdas/domain/usage/usage-line.ts';
import { newOrder } from '../../lambdas/use-cases/new-order.ts';
import { runProgrammeDay } from '../../lambdas/use-cases/run-programme-day.ts';
import type { Reply } from '../support/api-requests.ts';
import { type ContractPortal, contractIdOf, openContractPortal } from '../support/contract-portal.ts';

let portal: ContractPortal;
beforeEach(async () => {
  portal = await openContractPortal();
});
afterEach(() => portal.close());

const OWN_RULE = { name: 'Small and steady', withoutEdits: true, vendorPurchaseOrder: 'PO-RULE' };
const SP = { organizationId: 'SP-1' } as const;

const createRule = (body: object) => portal.send('createApprovalRule', { body });
const bodyOf = ({ body }: Reply) => body as Record<string, never>;
const ruleIdOf = ({ headers }: Reply): string => headers.location?.split('/').at(-1) ?? '';

/** Contracts whose orders of November wait for their service provider, on 1 December. */
async function openOrders<Overs extends readonly object[]>(...overs: Overs) {
  const contractIds: string[] = [];
  for (const over of overs) contractIds.push(contractIdOf(await portal.create(over)));
  portal.clock.time = new Date('2026-12-01T00:00:00Z');
  await runProgrammeDay(portal.portal);
  return (await Promise.all(contractIds.map(orderOf))) as { [Each in keyof Overs]: BillingOrder };
}

const openOrder = async (): Promise<BillingOrder> => (await openOrders({}))[0];

async function orderOf(contractId: string): Promise<BillingOrder> {
  const [order] = await portal.portal.billingOrders.ofContract(contractId, [period('2026-11')]);
  if (!order) throw new Error('there is no order');
  return order;
}

/** Billed months before November. */
async function addHistory({ contractId }: BillingOrder, ...reported: string[]): Promise<void> {
  const found = await portal.portal.contracts.get(contractId);
  if (!found) throw new Error('there is no contract');
  for (const [index, each] of reported.entries()) {
    const of = addMonths(period('2026-11'), index - reported.length);
    const billed = {
      revision: 1,
      outcome: 'INVOICED',
      invoiceNumber: `INV-2026-00000${index}`,
      closedTime: '2026-11-10T02:00:00.000Z',
      lineSet: '1',
      summary: { ...NOTHING_BILLED, reported: points(each) },
    } as const;
    const order = { ...newOrder(found.contract, of, portal.clock.time), status: 'CLOSED', billed } as const;
    await portal.portal.units.commit(portal.portal.billingOrders.created(order));
  }
}

/** Reports points on an order, as a meter fills them in unless the line says otherwise. */
async function report(order: BillingOrder, reported: string, more: Partial<UsageLine> = {}): Promise<void> {
  const line: UsageLine = {
    id: 'line-1',
    usagePeriod: order.usagePeriod,
    siteName: '',
    productCode: 'P-1',
    productName: 'Product',
    customerNumber: '',
    uom: 'GB',
    quantity: quantity(reported),
    pointsPerUnit: pointsPerUnit('1'),
    inMinCommit: true,
    origin: 'METER',
    prefilled: quantity(reported),
    ...more,
  };
  const held = { ...NOTHING_HELD, lines: 1, quantity: line.quantity, reported: points(reported) };
  const { billingOrders, units } = portal.portal;
  await units.commit([
    billingOrders.changed({ ...order, held }, portal.clock.time),
    ...billingOrders.linesWritten(order, { put: [line], removed: [] }),
  ]);
}

const submit = ({ id: orderId }: BillingOrder) =>
  portal.send('submitOrder', { params: { orderId }, body: { serviceProviderPurchaseOrder: 'SP-PO' } }, SP);
const reviewOf = async ({ id: orderId }: BillingOrder) =>
  bodyOf(await portal.send('getOrderReview', { params: { orderId } }));
const stored = async ({ contractId }: BillingOrder) => orderOf(contractId);
const historyOf = async ({ id }: BillingOrder) =>
  (await portal.portal.audit.ofSubject(`ORDER#${id}`)).map(({ actor, action, from, to, reason }) =>
    [action, from, to, actor === 'SYSTEM' ? actor : 'user', reason].filter(Boolean).join(' '),
  );

test('an order that stands out from its last months says so, and by how much', async () => {
  const order = await openOrder();
  await addHistory(order, '1500', '1400', '1450', '1500', '1470', '1500');
  await report(order, '2400');
  expect((await submit(order)).status).toBe(204);
  expect(await reviewOf(order)).toEqual({
    variance: {
      text: 'reported 2,400 points, 63 % above the mean 1,470 of 2026-05…2026-10',
      flagged: true,
      limit: '50',
      reported: '2400',
      mean: '1470',
      deviation: '63.2653',
      months: 6,
      from: '2026-05',
      to: '2026-10',
    },
    reasons: [],
  });
  const [row] = await portal.portal.billingOrders.ofAggregator('AGG-1', period('2026-11'));
  expect(row).toMatchObject({ id: order.id, isFlagged: true, status: 'PENDING_AGGREGATOR' });
});

test("an aggregator's own percentage counts from the next submission on", async () => {
  expect(bodyOf(await portal.send('getReviewSettings'))).toEqual({ variancePercent: '50' });
  expect((await portal.send('changeReviewSettings', { body: { variancePercent: 'much' } })).status).toBe(400);
  await portal.send('changeReviewSettings', { body: { variancePercent: '70' } });
  await portal.send('changeReviewSettings', { body: { variancePercent: '63.2654' } });
  expect(bodyOf(await portal.send('getReviewSettings'))).toEqual({ variancePercent: '63.2654' });
  expect(bodyOf(await portal.send('getReviewSettings', {}, { organizationId: 'AGG-2' }))).toEqual({
    variancePercent: '50',
  });
  const order = await openOrder();
  await addHistory(order, '1470', '1470', '1470');
  await report(order, '2400');
  await submit(order);
  expect(await reviewOf(order)).toMatchObject({ variance: { flagged: false, limit: '63.2654', months: 3 } });
});

test('with two billed months there is no variance', async () => {
  const order = await openOrder();
  await addHistory(order, '10', '10');
  await report(order, '2400');
  await submit(order);
  expect(await reviewOf(order)).toEqual({ reasons: [] });
});

test('a rule approves what is all it asks for, in the moment it is submitted', async () => {
  expect(
    (await createRule({ ...OWN_RULE, maxVariance: '20', maxTotal: { amount: '1584.00', currency: 'USD' } })).status,
  ).toBe(201);
  const order = await openOrder();
  await addHistory(order, '100', '100', '100');
  await report(order, '120');
  await submit(order);
  expect(await stored(order)).toMatchObject({
    status: 'PENDING_VENDOR',
    serviceProviderPurchaseOrder: 'SP-PO',
    vendorPurchaseOrder: 'PO-RULE',
    version: order.version + 2,
  });
  expect(await historyOf(order)).toEqual([
    'open NOT_OPEN PENDING_SP SYSTEM 2026-11 has ended',
    'approveByRule PENDING_AGGREGATOR PENDING_VENDOR SYSTEM Approved by the rule “Small and steady” of the aggregator',
    'submit PENDING_SP PENDING_AGGREGATOR user',
  ]);
  expect(await reviewOf(order)).toMatchObject({ approvedBy: { name: 'Small and steady' }, reasons: [] });
});

test('a rule that does not fit leaves the order in review and says why', async () => {
  await createRule({ ...OWN_RULE, maxVariance: '20', maxTotal: { amount: '1583.99', currency: 'USD' } });
  const order = await openOrder();
  await addHistory(order, '100', '100', '100');
  const edit = { reason: 'METER_ERROR', userId: 'user', time: '2026-12-01T00:00:00.000Z' } as const;
  await report(order, '130', { edit });
  await submit(order);
  expect((await stored(order)).status).toBe('PENDING_AGGREGATOR');
  expect((await reviewOf(order)).reasons).toEqual([
    'Small and steady: 1 prefilled line was changed by hand; it deviates by 30 %, 20 % are allowed; ' +
      'it comes to 1584.00 USD, 1583.99 are allowed',
  ]);
});

test("the contract's purchase order is taken where it is filled into its orders, else the order waits", async () => {
  const { vendorPurchaseOrder: _none, ...rule } = OWN_RULE;
  await createRule(rule);
  const [filled, empty] = await openOrders({ fillPurchaseOrderInMBO: true }, {});
  for (const order of [filled, empty]) await submit(order);
  expect(await stored(filled)).toMatchObject({ status: 'PENDING_VENDOR', vendorPurchaseOrder: 'PO-100000' });
  expect(await stored(empty)).toMatchObject({ status: 'PENDING_AGGREGATOR', vendorPurchaseOrder: '' });
});

test('a line that a person had written before the meters said otherwise isn’t without edits', async () => {
  await createRule(OWN_RULE);
  const order = await openOrder();
  await report(order, '5', { origin: 'HAND', prefilled: quantity('100') });
  await submit(await stored(order));
  expect(await stored(order)).toMatchObject({ status: 'PENDING_AGGREGATOR' });
});

test('what was sent back, is adjusted, or is of another aggregator is approved by no rule', async () => {
  const [order, adjusted] = await openOrders({}, {});
  await submit(order);
  const params = { orderId: order.id };
  expect((await portal.send('sendBackOrder', { params, body: { comment: 'Look again' } })).status).toBe(200);
  await createRule(OWN_RULE);
  await submit(order);
  expect((await stored(order)).status).toBe('PENDING_AGGREGATOR');
  expect((await reviewOf(order)).reasons).toEqual(['It was sent back: what is submitted anew is for people']);

  const billed = {
    revision: 1,
    outcome: 'INVOICED',
    closedTime: '2026-12-10T02:00:00.000Z',
    lineSet: '1',
    summary: NOTHING_BILLED,
  } as const;
  const { billingOrders, units } = portal.portal;
  await units.commit([billingOrders.changed({ ...adjusted, revision: 2, billed }, portal.clock.time)]);
  await submit(adjusted);
  expect(await stored(adjusted)).toMatchObject({ status: 'PENDING_AGGREGATOR' });
  expect(await reviewOf(adjusted)).toEqual({ reasons: [] });
});

test('rules are kept by their aggregator alone', async () => {
  await portal.create();
  const created = await createRule({ ...OWN_RULE, serviceProviderIds: ['SP-1'], families: ['RENTAL'] });
  const params = { ruleId: ruleIdOf(created) };
  expect(created.body).toEqual({
    id: params.ruleId,
    active: true,
    ...OWN_RULE,
    serviceProviderIds: ['SP-1'],
    families: ['RENTAL'],
  });
  expect((await portal.send('getApprovalRule', { params })).body).toEqual(created.body);
  expect(bodyOf(await portal.send('listApprovalRules', { query: { filter: 'active==true' } })).total).toBe(1);
  const foreign = { organizationId: 'AGG-2' } as const;
  for (const id of ['getApprovalRule', 'deleteApprovalRule'] as const) {
    expect((await portal.send(id, { params }, foreign)).status).toBe(404);
  }
  expect((await portal.send('changeApprovalRule', { params, body: { active: false } }, foreign)).status).toBe(404);
  expect(bodyOf(await portal.send('listApprovalRules', {}, foreign)).total).toBe(0);
  const body = { maxVariance: '10', vendorPurchaseOrder: null };
  expect((await portal.send('changeApprovalRule', { params, body })).body).toEqual({
    id: params.ruleId,
    name: OWN_RULE.name,
    active: true,
    withoutEdits: true,
    maxVariance: '10',
    serviceProviderIds: ['SP-1'],
    families: ['RENTAL'],
  });
  expect((await portal.send('deleteApprovalRule', { params })).status).toBe(204);
  expect((await portal.send('getApprovalRule', { params })).status).toBe(404);
  const trail = await portal.portal.audit.ofSubject(`APPROVAL-RULE#${params.ruleId}`);
  expect(trail.map(({ action }) => action)).toEqual(['createApprovalRule', 'changeApprovalRule', 'deleteApprovalRule']);
});

test.each<[object, string]>([
  [{ name: 'Anything' }, 'withoutEdits'],
  [{ name: 'Yen', maxTotal: { amount: '0.5', currency: 'JPY' } }, 'maxTotal.amount'],
  [{ ...OWN_RULE, serviceProviderIds: ['SP-1', 'AGG-2'] }, 'serviceProviderIds[1]'],
  [{ ...OWN_RULE, serviceProviderIds: ['SP-1', 'SP-2'] }, 'serviceProviderIds[1]'],
  [{ ...OWN_RULE, maxVariance: '-1' }, 'maxVariance'],
  [{ ...OWN_RULE, families: ['COAL'] }, 'families[0]'],
  [{ ...OWN_RULE, colour: 'red' }, 'colour'],
])('a rule %j is refused by %s', async (body, field) => {
  await portal.create();
  const reply = await createRule(body);
  expect(reply.status).toBe(400);
  expect(JSON.stringify(reply.body)).toContain(field);
});

test('many orders are approved at once, each by itself', async () => {
  const [first, second, third] = await openOrders({}, { fillPurchaseOrderInMBO: true }, {});
  await submit(first);
  await submit(second);
  const orders = [
    { orderId: first.id, vmwarePurchaseOrder: 'PO-OWN', billingOrderPreference: 'EDI', comment: 'Fine' },
    { orderId: third.id },
    { orderId: second.id },
    { orderId: 'unknown' },
  ];
  const reply = await portal.send('approveOrders', { body: { vmwarePurchaseOrder: 'PO-COMMON', orders } });
  expect(reply.body).toEqual({
    approved: 2,
    refused: 2,
    results: [
      { orderId: first.id, result: 'APPROVED', status: 'PENDING_VENDOR' },
      expect.objectContaining({ orderId: third.id, result: 'REFUSED', code: 'TRANSITION_NOT_ALLOWED' }),
      { orderId: second.id, result: 'APPROVED', status: 'PENDING_VENDOR' },
      expect.objectContaining({ orderId: 'unknown', result: 'REFUSED', code: 'NOT_FOUND' }),
    ],
  });
  expect(await stored(first)).toMatchObject({ vendorPurchaseOrder: 'PO-OWN', billingOrderPreference: 'EDI' });
  expect(await stored(second)).toMatchObject({
    vendorPurchaseOrder: 'PO-COMMON',
    serviceProviderPurchaseOrder: 'SP-PO',
  });
  expect((await stored(third)).status).toBe('PENDING_SP');
});

test("orders of another aggregator are not found, and an order without the vendor's purchase order is told", async () => {
  const order = await openOrder();
  await submit(order);
  const body = { orders: [{ orderId: order.id }] };
  const foreign = await portal.send('approveOrders', { body }, { organizationId: 'AGG-2' });
  expect(foreign.body).toMatchObject({ approved: 0, results: [{ code: 'NOT_FOUND' }] });
  expect((await portal.send('approveOrders', { body })).body).toMatchObject({
    results: [{ code: 'BAD_REQUEST', detail: 'vmwarePurchaseOrder is needed: the order has none' }],
  });
  expect((await stored(order)).status).toBe('PENDING_AGGREGATOR');
  const twice = { orders: [{ orderId: order.id }, { orderId: order.id }] };
  expect((await portal.send('approveOrders', { body: twice })).status).toBe(400);
  const tooMany = { orders: Array.from({ length: 201 }, (_, n) => ({ orderId: `order-${n}` })) };
  expect((await portal.send('approveOrders', { body: tooMany })).status).toBe(400);
});

test('what was found in an order is for its aggregator alone', async () => {
  const order = await openOrder();
  const params = { orderId: order.id };
  expect((await portal.send('getOrderReview', { params }, { organizationId: 'AGG-2' })).status).toBe(404);
  expect((await portal.send('getOrderReview', { params }, SP)).status).toBe(403);
});
