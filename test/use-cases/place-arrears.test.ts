import { heldUsage } from '../../lambdas/domain/billing-order/held-usage.ts';
import type { BillingOrderStatus } from '../../lambdas/domain/billing-order/status.ts';
import { dateOf, type Period, period, plainDate } from '../../lambdas/domain/calendar/period.ts';
import { formatQuantity, pointsPerUnit, quantity } from '../../lambdas/domain/numbers/amounts.ts';
import { keys } from '../../lambdas/stores/keys.ts';
import { refuseArrearsElsewhere } from '../../lambdas/use-cases/arrears-place.ts';
import { newOrder } from '../../lambdas/use-cases/new-order.ts';
import { type FedUsage, placeArrears } from '../../lambdas/use-cases/place-arrears.ts';
import { plainId } from '../../local/simulation/plain-programme.ts';
import { usageLine } from '../domain/support/builders.ts';
import { type ClosePortal, OCTOBER, openClosePortal, PLAIN } from '../support/close-portal.ts';

const NOVEMBER = period('2026-11');
const CONTRACT = plainId(5, 1);

let opened: ClosePortal;
beforeEach(async () => {
  opened = await openClosePortal(PLAIN);
  opened.clock.time = new Date('2026-11-20T10:00:00Z');
});
afterEach(() => opened.close());

const move = () => ({
  actor: 'METER-1',
  organizationId: plainId(3, 0),
  now: opened.clock.time,
  action: 'feedUsage',
});

function fed(amount: string, more: Partial<FedUsage> = {}): FedUsage {
  const { id: _id, usagePeriod: _period, ...usage } = usageLine('fed', amount, '3', { origin: 'METER', ...more });
  return usage;
}

const place = (...usage: FedUsage[]) =>
  placeArrears(opened.portal, { contractId: CONTRACT, usagePeriod: OCTOBER, usage, move: move() });

async function orderOf(of: Period) {
  const [order] = await opened.portal.billingOrders.ofContract(CONTRACT, [of]);
  return order;
}

async function addOrder(of: Period) {
  const found = await opened.portal.contracts.get(CONTRACT);
  if (!found) throw new Error('no contract');
  const order = newOrder(found.contract, of, opened.clock.time);
  await opened.portal.units.commit(opened.portal.billingOrders.created(order));
  return order;
}

/** Arrears of October on the order of a month, as "quantity". */
async function arrearsOn(of: Period): Promise<string[]> {
  const order = await orderOf(of);
  const lines = order ? await opened.portal.billingOrders.linesOf(order.id, order.lineSet) : [];
  const arrears = lines.filter((line) => line.usagePeriod === OCTOBER);
  if (order) expect(order.held).toEqual(heldUsage(order.usagePeriod, lines, new Map()));
  return arrears.map((line) => formatQuantity(line.quantity));
}

const setStatus = (orderId: string, status: BillingOrderStatus) =>
  opened.table.update(keys.order(orderId), {
    expression: 'SET #status = :status, version = version + :one',
    names: { '#status': 'status' },
    values: { ':status': status, ':one': 1 },
  });

test('what comes late goes on the running order, and said again it changes nothing', async () => {
  await addOrder(NOVEMBER);
  expect(await place(fed('12.5'))).toMatchObject({ carrier: { usagePeriod: NOVEMBER }, tasks: [] });
  expect(await arrearsOn(NOVEMBER)).toEqual(['12.5']);
  const before = await opened.stored();
  expect(await place(fed('12.5'))).toEqual({ placed: [], tasks: [] });
  expect(await opened.stored()).toEqual(before);
  await place(fed('20'), fed('5', { productCode: 'OTHER' }));
  expect((await arrearsOn(NOVEMBER)).sort()).toEqual(['20', '5']);
  expect((await orderOf(NOVEMBER))?.held.arrearsPeriods).toEqual([OCTOBER]);
  await place(fed('8'), fed('0', { productCode: 'OTHER' }));
  expect(await arrearsOn(NOVEMBER)).toEqual(['8']);
});

test('many who say it at once place it once', async () => {
  await addOrder(NOVEMBER);
  await Promise.all([place(fed('3')), place(fed('3')), place(fed('3'))]);
  expect(await arrearsOn(NOVEMBER)).toEqual(['3']);
});

test('what a submitted order carries stays, and more of it goes on the next', async () => {
  const november = await addOrder(NOVEMBER);
  await place(fed('3'));
  await setStatus(november.id, 'PENDING_AGGREGATOR');
  opened.clock.time = new Date('2026-12-03T10:00:00Z');
  const DECEMBER = period('2026-12');
  expect(await place(fed('10'))).toMatchObject({ carrier: { usagePeriod: DECEMBER } });
  expect([await arrearsOn(NOVEMBER), await arrearsOn(DECEMBER)]).toEqual([['3'], ['7']]);
  expect(await opened.portal.billingOrders.carriersOf(CONTRACT, OCTOBER)).toHaveLength(2);
  const less = await place(fed('2'));
  expect(less.tasks).toMatchObject([{ reason: 'LESS' }]);
  expect([await arrearsOn(NOVEMBER), await arrearsOn(DECEMBER)]).toEqual([['3'], ['7']]);
});

test('what a person has written is left to a person', async () => {
  await addOrder(NOVEMBER);
  const october = await orderOf(OCTOBER);
  const [line] = await opened.portal.billingOrders.linesOf(october?.id ?? '', october?.lineSet ?? '');
  if (!line) throw new Error('no line');
  const { productCode, siteName, customerNumber } = line;
  const result = await place(fed('99', { productCode, siteName, customerNumber }));
  expect(result).toMatchObject({ placed: [], tasks: [{ reason: 'EDITED' }] });
  expect(await arrearsOn(NOVEMBER)).toEqual([]);
});

test('a contract that has ended gets an order of the running month for its arrears alone', async () => {
  await opened.table.update(keys.contract(CONTRACT), {
    expression: 'SET eolDate = :end, #status = :expired',
    names: { '#status': 'status' },
    values: { ':end': '2026-10-31', ':expired': 'EXPIRED' },
  });
  await place(...Array.from({ length: 70 }, (_, n) => fed('1', { productCode: `P-${n}` })));
  expect(await orderOf(NOVEMBER)).toMatchObject({ status: 'NOT_OPEN', revision: 1, held: { lines: 70 } });
  expect(await arrearsOn(NOVEMBER)).toHaveLength(70);
});

test.each([
  ['too old', '2027-02-01T00:00:00Z', 'PENDING_VENDOR', 'USAGE_TOO_OLD'],
  ['its order is not submitted', '2026-11-05T00:00:00Z', 'PENDING_SP', 'USAGE_NOT_HERE'],
  ['its order was cancelled', '2026-11-20T00:00:00Z', 'CANCELLED', 'USAGE_NOT_HERE'],
])('refused: %s', async (_why, now, status, code) => {
  await setStatus((await orderOf(OCTOBER))?.id ?? '', status as BillingOrderStatus);
  opened.clock.time = new Date(now);
  const before = await opened.stored();
  await expect(place(fed('3'))).rejects.toMatchObject({ code });
  expect(await opened.stored()).toEqual(before);
});

test('a line of an earlier month is written on the order that carries it, and on no other', async () => {
  const november = await addOrder(NOVEMBER);
  const { billingOrders } = opened.portal;
  const written = (of: Period, today = dateOf(opened.clock.time)) =>
    refuseArrearsElsewhere({ billingOrders }, november, [NOVEMBER, of], today);
  await written(OCTOBER);
  await expect(written(period('2026-12'))).rejects.toMatchObject({ code: 'USAGE_NOT_HERE' });
  await expect(written(period('2026-05'))).rejects.toMatchObject({ code: 'USAGE_TOO_OLD' });
  await expect(written(OCTOBER, plainDate('2027-03-01'))).rejects.toMatchObject({ code: 'USAGE_TOO_OLD' });
  await expect(written(period('2026-09'))).rejects.toThrow('has no order of 2026-09');
  opened.clock.time = new Date('2026-12-02T00:00:00Z');
  const december = await addOrder(period('2026-12'));
  await expect(refuseArrearsElsewhere({ billingOrders }, december, [OCTOBER], plainDate('2026-12-02'))).rejects.toThrow(
    'goes on the order of 2026-11',
  );
});

test('an amount with its points is the same line wherever it goes', async () => {
  await addOrder(NOVEMBER);
  await place(fed('2', { siteId: 'S-1', minQuantity: quantity('5') }));
  const november = await orderOf(NOVEMBER);
  const [line] = await opened.portal.billingOrders.linesOf(november?.id ?? '', november?.lineSet ?? '');
  expect(line).toMatchObject({
    usagePeriod: OCTOBER,
    siteId: 'S-1',
    minQuantity: quantity('5'),
    pointsPerUnit: pointsPerUnit('3'),
    prefilled: quantity('2'),
    origin: 'METER',
  });
});
