import { NOTHING_BILLED } from '../../lambdas/domain/billing-order/summary.ts';
import { period, plainDate } from '../../lambdas/domain/calendar/period.ts';
import { formatQuantity } from '../../lambdas/domain/numbers/amounts.ts';
import type { RouteId } from '../../lambdas/manifest/routes.ts';
import { contractMoved } from '../../lambdas/use-cases/contract-moved.ts';
import { newOrder } from '../../lambdas/use-cases/new-order.ts';
import { orderChanged } from '../../lambdas/use-cases/order-changed.ts';
import { runMeterDay } from '../../lambdas/use-cases/run-meter-day.ts';
import { contractIdOf } from '../support/contract-portal.ts';
import { OCTOBER, openMeterPortal, SP, vm } from '../support/meter-portal.ts';
import { metered } from '../support/usage-portal.ts';

const NOVEMBER = period('2026-11');
/** A VM of 16 billed GB all October, and all of it. */
const all = (over: object = {}) => ({
  ...vm(over),
  hour: undefined,
  from: '2026-10-01T00:00:00Z',
  to: '2026-11-01T00:00:00Z',
  ...over,
});

let opened: Awaited<ReturnType<typeof openMeterPortal>>;
let meterId: string;
beforeEach(async () => {
  opened = await openMeterPortal();
  await opened.optIn();
  await opened.openOrder(OCTOBER);
  meterId = String((await opened.register()).body.id);
});
afterEach(() => opened.close());

const AGGREGATOR = { organizationId: 'AGG-1' };
const VENDOR = { organizationId: 'VENDOR' };

async function move(operation: RouteId, of = OCTOBER, body: object = {}) {
  const { id: orderId } = await opened.openOrder(of);
  const senders: Record<string, { organizationId: string }> = { submitOrder: SP, sendBackOrder: AGGREGATOR };
  const sender = senders[operation] ?? VENDOR;
  return opened.send(operation, { params: { orderId }, body }, sender);
}
const submit = async (of = OCTOBER) => {
  const { status } = await move('submitOrder', of, { serviceProviderPurchaseOrder: 'PO-1' });
  expect(status).toBe(204);
};
const sendBack = (of = OCTOBER) => move('sendBackOrder', of, { comment: 'More was used' });

/** Usage of October by the month of the order that it is on, after the job. */
async function october(contractId = opened.contractId): Promise<string[]> {
  const { failures } = await runMeterDay(opened.portal);
  expect(failures).toEqual([]);
  const orders = await opened.portal.billingOrders.ofContract(contractId, [OCTOBER, NOVEMBER, period('2026-12')]);
  const lines = orders.map(async (order) => {
    const all = await opened.portal.billingOrders.linesOf(order.id, order.lineSet);
    const own = order.status === 'CANCELLED' ? [] : all.filter(({ usagePeriod }) => usagePeriod === OCTOBER);
    return own.map(
      (line) => `${order.usagePeriod} ${line.productCode} ${line.siteName} ${formatQuantity(line.quantity)}`,
    );
  });
  return (await Promise.all(lines)).flat().sort();
}

test('sent back, an order takes what waited as arrears: nothing is billed twice', async () => {
  await opened.upload(meterId, [all()]);
  expect(await october()).toEqual(['2026-10 CORE A 16']);
  await submit();
  await opened.upload(meterId, [all({ source: 'vm-2', configuredGb: 8 })]);
  expect(await october()).toEqual(['2026-10 CORE A 16', '2026-11 CORE A 4']);
  expect((await sendBack()).status).toBe(200);
  expect(await october()).toEqual(['2026-10 CORE A 20']);
});

test('what a later order carries is not written on the month’s own beside it', async () => {
  await submit();
  await opened.upload(meterId, [all()]);
  await october();
  await sendBack();
  const { id: orderId } = await opened.openOrder(OCTOBER);
  const line = { code: 'CORE', siteId: opened.sites.A, quantity: '16' };
  const write = () => opened.send('addUsage', { params: { orderId }, body: line }, SP);
  expect((await write()).body).toMatchObject({ code: 'USAGE_LINE_EXISTS', detail: expect.stringContaining('2026-11') });
  expect(await october()).toEqual(['2026-10 CORE A 16']);
});

test('usage that a person has imported by the name of its site is the meter’s too', async () => {
  const order = await opened.openOrder(OCTOBER);
  const { siteId: _id, prefilled: _said, ...line } = metered('imported', '16', opened.sites.A ?? '', 'A');
  const { billingOrders, units } = opened.portal;
  await units.commit(billingOrders.linesWritten(order, { put: [{ ...line, origin: 'HAND' }], removed: [] }));
  await opened.upload(meterId, [all()]);
  expect(await october()).toEqual(['2026-10 CORE A 16']);
});

test('the job three times at once does it once', async () => {
  await opened.upload(meterId, [all()]);
  await october();
  await submit();
  await opened.upload(meterId, [all({ source: 'vm-2', configuredGb: 8 })]);
  await Promise.all([1, 2, 3].map(() => runMeterDay(opened.portal)));
  expect(await october()).toEqual(['2026-10 CORE A 16', '2026-11 CORE A 4']);
  await sendBack();
  await Promise.all([1, 2, 3].map(() => runMeterDay(opened.portal)));
  expect(await october()).toEqual(['2026-10 CORE A 20']);
});

test('what no meter of the contract has told is left as it is, whatever becomes of its order', async () => {
  const order = await opened.openOrder(OCTOBER);
  const { billingOrders, units } = opened.portal;
  const told = [
    metered('metered', '7', opened.sites.A ?? '', 'A'),
    { ...metered('fed', '8', opened.sites.B ?? '', 'B'), origin: 'FEED' as const },
  ];
  await units.commit(billingOrders.linesWritten(order, { put: told, removed: [] }));
  await submit();
  await sendBack();
  expect(await october()).toEqual(['2026-10 CORE A 7', '2026-10 CORE B 8']);
  await opened.upload(meterId, [all({ products: ['NET'] })]);
  expect(await october()).toEqual(['2026-10 CORE B 8', '2026-10 NET A 16']);
});

test('a label that is corrected twice moves all that was said of it, on whichever order it is', async () => {
  await submit();
  await opened.upload(meterId, [all()]);
  expect(await october()).toEqual(['2026-11 CORE A 16']);
  await opened.upload(meterId, [all({ products: ['NET'], sequence: 2 })]);
  expect(await october()).toEqual(['2026-11 NET A 16']);
});

test('an order that is cancelled takes its late usage with it; its readings are not billed, and the meter’s page says why', async () => {
  await opened.upload(meterId, [all()]);
  await october();
  await submit();
  await opened.upload(meterId, [all({ source: 'vm-2' })]);
  expect(await october()).toEqual(['2026-10 CORE A 16', '2026-11 CORE A 16']);
  expect((await move('cancelOrder', OCTOBER, { comment: 'A trial' })).status).toBe(200);
  expect(await october()).toEqual([]);
  const { body } = await opened.send('getUsageMeter', { params: { meterId } }, SP);
  expect(body.months).toMatchObject([
    { usagePeriod: '2026-11', contracts: [] },
    {
      usagePeriod: '2026-10',
      status: 'REPORTED',
      contracts: [{ contractId: opened.contractId, outcome: 'NOT_BILLABLE', reason: 'ORDER_CANCELLED' }],
    },
    ...[{}, {}, {}, {}],
  ]);
});

test('an order that the system cancels takes the late usage of its meters with it, too', async () => {
  await submit();
  await opened.upload(meterId, [all()]);
  expect(await october()).toEqual(['2026-11 CORE A 16']);
  const order = await opened.openOrder(OCTOBER);
  const move = { actor: 'SYSTEM', organizationId: 'SP-1', now: opened.clock.time, action: 'cancel' };
  await opened.portal.units.commit(orderChanged(opened.portal, order, { ...order, status: 'CANCELLED' }, move));
  expect([await october(), await october()]).toEqual([[], []]);
});

test('an order isn’t cancelled while late usage of its month is submitted; when the carrier is, its arrears go on the next', async () => {
  await opened.upload(meterId, [all()]);
  await october();
  await submit();
  await opened.upload(meterId, [all({ source: 'vm-2' })]);
  await october();
  opened.clock.time = new Date('2026-12-02T02:00:00Z');
  const november = await opened.openOrder(NOVEMBER);
  await opened.portal.units.commit([
    opened.portal.billingOrders.changed({ ...november, status: 'PENDING_SP' }, opened.clock.time),
  ]);
  await submit(NOVEMBER);
  const refused = await move('cancelOrder', OCTOBER, { comment: 'A trial' });
  expect([refused.status, refused.body.code]).toEqual([409, 'ARREARS_STAND']);
  expect(refused.body.detail).toContain('order of 2026-11');
  expect((await move('cancelOrder', NOVEMBER, { comment: 'A trial' })).status).toBe(200);
  expect(await october()).toEqual(['2026-10 CORE A 16', '2026-12 CORE A 16']);
});

test('late usage that a person has written keeps the order that carries it from being cancelled', async () => {
  await submit();
  const { id: orderId } = await opened.openOrder(NOVEMBER);
  opened.clock.time = new Date('2026-12-02T02:00:00Z');
  const order = await opened.openOrder(NOVEMBER);
  await opened.portal.units.commit([
    opened.portal.billingOrders.changed({ ...order, status: 'PENDING_SP' }, opened.clock.time),
  ]);
  const line = { usagePeriod: '2026-10', code: 'DESK', siteId: opened.sites.A, quantity: '3' };
  const added = await opened.send('addUsage', { params: { orderId }, body: line }, SP);
  expect(added.status).toBe(201);
  const refused = await move('cancelOrder', NOVEMBER, { comment: 'A trial' });
  expect(refused.body).toMatchObject({ code: 'ARREARS_STAND', detail: expect.stringContaining('2026-10') });
});

/** Another contract of the organization that a meter can report for. */
async function secondContract() {
  const made = await opened.create({ bolDate: '2026-01-01', fillPurchaseOrderInMBO: false });
  const contractId = contractIdOf(made);
  const site = { name: 'Z', countryRegion: 'US', address: '1 Main Street', postCode: '1' };
  const { body } = await opened.send('createProviderUsageSite', { params: { contractId }, body: site }, SP);
  const found = await opened.portal.contracts.get(contractId);
  if (!found) throw new Error('no contract');
  await opened.portal.units.commit(
    opened.portal.billingOrders.created(newOrder(found.contract, OCTOBER, opened.clock.time)),
  );
  return { contractId, usageSiteId: String(body.id) };
}

const moveMeter = async (to: object) => {
  const { status } = await opened.send('changeUsageMeter', { params: { meterId }, body: { contracts: [to] } }, SP);
  expect(status).toBe(200);
};

test('readings go to the contract they were for when they came, wherever their meter is moved', async () => {
  const second = await secondContract();
  await opened.upload(meterId, [all()]);
  await moveMeter(second);
  expect(await october()).toEqual(['2026-10 CORE A 16']);
  expect(await october(second.contractId)).toEqual([]);
  await opened.upload(meterId, [all({ sequence: 2 })]);
  expect([await october(), await october(second.contractId)]).toEqual([[], ['2026-10 CORE Z 16']]);
});

test('a contract that refuses keeps no other from its readings; one without an order of the month waits for none', async () => {
  const second = await secondContract();
  await opened.upload(meterId, [all()]);
  await moveMeter(second);
  await opened.upload(meterId, [all({ source: 'vm-2' })]);
  expect((await move('cancelOrder', OCTOBER, { comment: 'A trial' })).status).toBe(200);
  expect([await october(), await october(second.contractId)]).toEqual([[], ['2026-10 CORE Z 16']]);
  const left = await Array.fromAsync({ length: 8 }, async (_, shard) =>
    Array.fromAsync(opened.portal.meteredMonths.due(shard)),
  );
  expect(left.flat()).toEqual([]);
});

test('readings taken in time are not too late because the job was down', async () => {
  await submit();
  opened.clock.time = new Date('2027-01-29T12:00:00Z');
  expect((await opened.upload(meterId, [all()])).body.accepted).toBe(1);
  opened.clock.time = new Date('2027-02-05T12:00:00Z');
  expect(await october()).toEqual(['2026-11 CORE A 16']);
});

test('a contract that is ended in the past has its months counted anew, without the hours after its end', async () => {
  await opened.upload(meterId, [all()]);
  expect(await october()).toEqual(['2026-10 CORE A 16']);
  const found = await opened.portal.contracts.get(opened.contractId);
  if (!found) throw new Error('there is no contract');
  const { contract } = found;
  const eolDate = plainDate('2026-10-15');
  const move = { actor: 'SYSTEM', now: opened.clock.time, action: 'terminate', before: contract };
  const changes = contractMoved(opened.portal, { ...contract, status: 'TERMINATED', eolDate }, move);
  expect(await opened.portal.units.commit(changes)).toEqual({ ok: true });
  // 15 of 31 days.
  expect(await october()).toEqual(['2026-10 CORE A 7.741935']);
});

test('a difference is a task until a person has changed the usage again, or meters agree', async () => {
  await opened.upload(meterId, [all()]);
  await october();
  const { id: orderId } = await opened.openOrder(OCTOBER);
  const edit = async (quantity: string) => {
    const [line] = await opened.portal.billingOrders.linesOf(orderId, (await opened.openOrder(OCTOBER)).lineSet);
    const params = { orderId, usageId: line?.id ?? '' };
    opened.clock.time = new Date(opened.clock.time.getTime() + 1_000);
    await opened.send('changeUsage', { params, body: { quantity, reason: 'METER_ERROR' } }, SP);
  };
  const tasks = async () => {
    expect(await october()).toHaveLength(1);
    const { body } = await opened.send('listProviderTasks', { query: { filter: 'type==METERING_DIFFERENCE' } }, SP);
    const counts = await opened.send('countProviderTasks', {}, SP);
    const counted = (counts.body.byType as { type: string; count: number }[]).find(
      ({ type }) => type === 'METERING_DIFFERENCE',
    );
    const content = body.content as { orderId: string; differences: number }[];
    expect(counted?.count ?? 0).toBe(content.length);
    return content.map((task) => `${task.orderId} ${task.differences}`);
  };
  await edit('10');
  expect(await tasks()).toEqual([]);
  await opened.upload(meterId, [all({ source: 'vm-2', configuredGb: 8 })]);
  expect([await tasks(), await tasks()]).toEqual([[`${orderId} 1`], [`${orderId} 1`]]);
  await edit('11');
  expect([await tasks(), await tasks()]).toEqual([[], []]);
  await opened.upload(meterId, [all({ source: 'vm-2', configuredGb: 16, sequence: 2 })]);
  expect(await tasks()).toEqual([`${orderId} 1`]);
  await edit('24');
  expect(await tasks()).toEqual([]);
});

/** Closes October's order as it is. */
async function close() {
  const order = await opened.openOrder(OCTOBER);
  const { billingOrders, units } = opened.portal;
  await units.commit([billingOrders.changed({ ...order, status: 'PENDING_VENDOR' }, opened.clock.time)]);
  await billingOrders.seal(order.id, 'run');
  const billed = {
    revision: 1,
    outcome: 'NOTHING_TO_BILL' as const,
    closedTime: opened.clock.time.toISOString(),
    lineSet: order.lineSet,
    summary: NOTHING_BILLED,
  };
  await units.commit([billingOrders.closed(order, billed)]);
}

test('late usage that an adjustment holds up becomes arrears when that comes to nothing', async () => {
  await opened.upload(meterId, [all()]);
  await october();
  await close();
  const { id: orderId } = await opened.openOrder(OCTOBER);
  const asked = (operation: RouteId, body: object) => opened.send(operation, { params: { orderId }, body }, SP);
  expect((await asked('adjustOrder', { comment: 'Counted twice' })).status).toBe(200);
  const order = await opened.openOrder(OCTOBER);
  const [line] = await opened.portal.billingOrders.linesOf(orderId, order.lineSet);
  const edit = { quantity: '10', reason: 'METER_ERROR' };
  const edited = await opened.send('changeUsage', { params: { orderId, usageId: line?.id ?? '' }, body: edit }, SP);
  expect(edited.status).toBe(200);
  await opened.upload(meterId, [all({ source: 'vm-2', configuredGb: 8 })]);
  expect(await october()).toEqual(['2026-10 CORE A 10']);
  expect((await asked('withdrawAdjustment', { comment: 'It was right' })).status).toBe(200);
  expect(await october()).toEqual(['2026-10 CORE A 16', '2026-11 CORE A 4']);
});
