import { heldUsage } from '../../lambdas/domain/billing-order/held-usage.ts';
import type { BillingOrderStatus } from '../../lambdas/domain/billing-order/status.ts';
import { dateOf, type Period, period, plainDate } from '../../lambdas/domain/calendar/period.ts';
import { formatQuantity, pointsPerUnit, quantity } from '../../lambdas/domain/numbers/amounts.ts';
import type { FedUsage } from '../../lambdas/domain/usage/account-usage.ts';
import { keys } from '../../lambdas/stores/keys.ts';
import { newOrder } from '../../lambdas/use-cases/new-order.ts';
import { refuseArrearsElsewhere } from '../../lambdas/use-cases/refuse-arrears.ts';
import { plainId } from '../../local/simulation/plain-programme.ts';
import { usageLine } from '../domain/support/builders.ts';
import { type ClosePortal, OCTOBER, openClosePortal, PLAIN } from '../support/close-portal.ts';
import { fedMonth } from '../support/fed-month.ts';

const NOVEMBER = period('2026-11');
const CONTRACT = plainId(5, 1);

let opened: ClosePortal;
beforeEach(async () => {
  opened = await openClosePortal(PLAIN);
  opened.clock.time = new Date('2026-11-20T10:00:00Z');
});
afterEach(() => opened.close());

function fed(amount: string, more: Partial<FedUsage> = {}): FedUsage {
  const { id: _id, usagePeriod: _period, ...usage } = usageLine('fed', amount, '3', { origin: 'METER', ...more });
  return usage;
}

const place = (...usage: FedUsage[]) => fedMonth(opened.portal, { contractId: CONTRACT, of: OCTOBER, usage });

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
  expect(await place(fed('12.5'))).toMatchObject({ to: { usagePeriod: NOVEMBER }, told: [] });
  expect(await arrearsOn(NOVEMBER)).toEqual(['12.5']);
  const before = await opened.stored();
  expect(await place(fed('12.5'))).toMatchObject({ isChanged: false, told: [] });
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
  expect(await place(fed('10'))).toMatchObject({ to: { usagePeriod: DECEMBER } });
  expect([await arrearsOn(NOVEMBER), await arrearsOn(DECEMBER)]).toEqual([['3'], ['7']]);
  expect(await opened.portal.billingOrders.carriersOf(CONTRACT, OCTOBER)).toHaveLength(2);
  const less = await place(fed('2'));
  expect(less.told).toEqual([{ metered: quantity('2'), reported: quantity('3') }]);
  expect([await arrearsOn(NOVEMBER), await arrearsOn(DECEMBER)]).toEqual([['3'], []]);
});

test('what a person has written is left to a person', async () => {
  await addOrder(NOVEMBER);
  const october = await orderOf(OCTOBER);
  const [line] = await opened.portal.billingOrders.linesOf(october?.id ?? '', october?.lineSet ?? '');
  if (!line) throw new Error('no line');
  const { productCode, siteName, customerNumber } = line;
  const result = await place(fed('99', { productCode, siteName, customerNumber }));
  expect(result).toMatchObject({ isChanged: false, told: [{ metered: quantity('99') }] });
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

test('an order that is cancelled carries nothing: what it did goes on the next, and while there is none it waits', async () => {
  const november = await addOrder(NOVEMBER);
  await place(fed('3'));
  await setStatus(november.id, 'CANCELLED');
  await expect(place(fed('3'))).rejects.toMatchObject({ code: 'USAGE_NOT_HERE' });
  opened.clock.time = new Date('2026-12-03T10:00:00Z');
  await place(fed('3'));
  expect(await arrearsOn(period('2026-12'))).toEqual(['3']);
});

test('a month that is in its service provider’s hands again takes back what later orders carry, in one step', async () => {
  const { id } = (await orderOf(OCTOBER)) as { id: string };
  await addOrder(NOVEMBER);
  await place(...Array.from({ length: 70 }, (_, n) => fed('1', { productCode: `P-${n}` })), fed('20'));
  await setStatus(id, 'PENDING_SP');
  await place(fed('20'), fed('4', { productCode: 'P-0' }));
  expect(await arrearsOn(NOVEMBER)).toEqual([]);
  const own = await opened.portal.billingOrders.linesOf(id, (await orderOf(OCTOBER))?.lineSet ?? '');
  const metered = own.filter(({ origin }) => origin === 'METER');
  expect(metered.map((line) => formatQuantity(line.quantity)).sort()).toEqual(['20', '4']);
});

test('what is said no more leaves the order that carries it', async () => {
  await addOrder(NOVEMBER);
  await place(fed('50', { productCode: 'X' }));
  await place(fed('50', { productCode: 'Y' }));
  const november = await orderOf(NOVEMBER);
  const lines = await opened.portal.billingOrders.linesOf(november?.id ?? '', november?.lineSet ?? '');
  expect(lines.map(({ productCode }) => productCode)).toEqual(['Y']);
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
