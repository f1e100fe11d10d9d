import { differenceBody } from '../../lambdas/api/adjustment-bodies.ts';
import { estimateBody } from '../../lambdas/api/estimate-bodies.ts';
import { addMonths, type Period, period } from '../../lambdas/domain/calendar/period.ts';
import { quantity } from '../../lambdas/domain/numbers/amounts.ts';
import { addDecimals } from '../../lambdas/domain/numbers/decimal.ts';
import { openAdjustment } from '../../lambdas/use-cases/adjust-order.ts';
import type { Caller } from '../../lambdas/use-cases/caller.ts';
import { estimateOrder } from '../../lambdas/use-cases/estimate-order.ts';
import { newOrder } from '../../lambdas/use-cases/new-order.ts';
import { orderChanged } from '../../lambdas/use-cases/order-changed.ts';
import { readAdjustment } from '../../lambdas/use-cases/read-adjustment.ts';
import { findOrder } from '../../lambdas/use-cases/read-orders.ts';
import { plainId, plainProgramme } from '../../local/simulation/plain-programme.ts';
import { usageLine } from '../domain/support/builders.ts';
import { type ClosePortal, goThrough, OCTOBER, openClosePortal } from '../support/close-portal.ts';
import { fedMonth } from '../support/fed-month.ts';

const NOVEMBER = period('2026-11');

let opened: ClosePortal;
beforeEach(async () => {
  opened = await openClosePortal();
  await opened.add(plainProgramme({ period: OCTOBER, contracts: 8, lines: 2 }));
  await close(OCTOBER);
});
afterEach(() => opened.close());

async function close(of: Period): Promise<void> {
  opened.clock.time = new Date(`${addMonths(of, 1)}-10T02:00:00Z`);
  const run = await opened.start('CLOSE', of);
  await goThrough(opened.portal, run, 'reconcile');
  opened.died(run);
}

/** Contracts of the plain programme: 1 is PAY-GO, 2 CUSTOM, 7 PRE-PAY. */
const CONTRACTS = [1, 2, 7];
const contractOf = (n: number) => plainId(5, n);

async function orderOf(n: number, of: Period) {
  const [order] = await opened.portal.billingOrders.ofContract(contractOf(n), [of]);
  if (!order) throw new Error('no order');
  return order;
}

async function callerOf(n: number, organizationType: 'AGGREGATOR' | 'SERVICE_PROVIDER'): Promise<Caller> {
  const { aggregatorId, serviceProviderId } = await orderOf(n, OCTOBER);
  const organizationId = organizationType === 'AGGREGATOR' ? aggregatorId : serviceProviderId;
  return { userId: 'user', organizationId, organizationType, roles: ['Operations'] };
}

async function addOrder(n: number, of: Period) {
  const found = await opened.portal.contracts.get(contractOf(n));
  if (!found) throw new Error('no contract');
  const order = newOrder(found.contract, of, opened.clock.time);
  await opened.portal.units.commit(opened.portal.billingOrders.created(order));
}

/** A meter says late what was used in a month. */
async function comesLate(n: number, of: Period): Promise<void> {
  const { id: _id, usagePeriod: _of, ...usage } = usageLine('late', '1000', '4', { origin: 'METER' });
  await fedMonth(opened.portal, { contractId: contractOf(n), of, usage: [usage] });
}

/** The valid document of a month: what it comes to without tax. */
async function billed(n: number, of: Period): Promise<string | undefined> {
  const { billed: by } = await orderOf(n, of);
  return (await opened.stored()).invoices.find(({ number }) => number === by?.invoiceNumber)?.net;
}

test.each(CONTRACTS)('the estimate of an order with arrears is what the close then bills (contract %i)', async (n) => {
  await addOrder(n, NOVEMBER);
  await comesLate(n, OCTOBER);
  const { id } = await orderOf(n, NOVEMBER);
  const caller = await callerOf(n, 'AGGREGATOR');
  const estimate = await estimateOrder(opened.portal, caller, id);
  const page = { caller, now: opened.clock.time, limit: 20, offset: 0 };
  const body = estimateBody(estimate, page);
  expect(body.lateMonths).toEqual([{ usagePeriod: OCTOBER, points: body.arrears, net: expect.any(String) }]);
  expect(Number(body.arrears)).toBeGreaterThan(0);
  const { summary } = await findOrder(opened.portal, caller, id);
  expect([summary?.total, summary?.reported]).toEqual([estimate.charge.commit.total, 0n]);
  const seen = estimateBody(estimate, { ...page, caller: await callerOf(n, 'SERVICE_PROVIDER') });
  expect(seen).toMatchObject({ arrears: body.arrears, lateMonths: [{ points: body.arrears }] });
  expect(JSON.stringify(seen)).not.toMatch(/net|amount|unitPrice/);
  await close(NOVEMBER);
  expect(await billed(n, NOVEMBER)).toBe(body.net);
  const after = await findOrder(opened.portal, caller, id);
  expect(after.summary).toMatchObject({ total: summary?.total, sellingPrice: summary?.sellingPrice });
});

test('as long as a month is not billed, what its arrears add is not told', async () => {
  const [n = 1] = CONTRACTS;
  await addOrder(n, NOVEMBER);
  opened.clock.time = new Date('2026-12-12T00:00:00Z');
  await addOrder(n, period('2026-12'));
  const november = await orderOf(n, NOVEMBER);
  const move = { actor: 'test', organizationId: 'x', now: opened.clock.time, action: 'submit' };
  const submitted = { ...november, status: 'PENDING_AGGREGATOR' as const };
  await opened.portal.units.commit(orderChanged(opened.portal, november, submitted, move));
  await comesLate(n, NOVEMBER);
  const caller = await callerOf(n, 'AGGREGATOR');
  const { id } = await orderOf(n, period('2026-12'));
  const estimate = await estimateOrder(opened.portal, caller, id);
  expect(estimate).toMatchObject({ unknown: [NOVEMBER], charge: { commit: { reported: 0n } } });
  expect(estimate.charge.lines.map(({ usagePeriod }) => usagePeriod)).not.toContain(NOVEMBER);
  const { lateMonths } = estimateBody(estimate, { caller, now: opened.clock.time, limit: 20, offset: 0 });
  expect(lateMonths).toEqual([{ usagePeriod: NOVEMBER }]);
});

const PAGE = { limit: 200, offset: 0, changed: false };

test.each(CONTRACTS)(
  'what an adjustment says it will be billed with is what the close bills (contract %i)',
  async (n) => {
    const { portal } = opened;
    const order = await orderOf(n, OCTOBER);
    const before = await billed(n, OCTOBER);
    const sp = await callerOf(n, 'SERVICE_PROVIDER');
    await openAdjustment(portal, { caller: sp, orderId: order.id, reason: 'Counted twice', now: opened.clock.time });
    const open = await orderOf(n, OCTOBER);
    const more = usageLine('more', '2000', '4', { usagePeriod: OCTOBER });
    const held = {
      ...open.held,
      lines: open.held.lines + 1,
      quantity: (open.held.quantity + quantity('2000')) as never,
    };
    const move = { actor: 'test', organizationId: 'x', now: opened.clock.time, action: 'editUsage' };
    const approved = { ...open, held, status: 'PENDING_VENDOR_REFUND' as const };
    await portal.units.commit([
      ...portal.billingOrders.linesWritten(open, { put: [more], removed: [] }),
      ...orderChanged(portal, open, approved, move),
    ]);
    const aggregator = await callerOf(n, 'AGGREGATOR');
    const difference = differenceBody(await readAdjustment(portal, aggregator, order.id), PAGE);
    expect(difference.billedNet).toBe(before);
    expect(Number(addDecimals(difference.billedNet ?? '', difference.difference ?? ''))).toBe(
      Number(difference.adjustedNet),
    );
    const added = difference.lines.find(({ change }) => change === 'ADDED');
    expect(added).toMatchObject({ usageLineId: 'more', adjusted: { quantity: '2000', amount: expect.any(String) } });
    for (const which of ['billed', 'adjusted'] as const) {
      const amounts = [...difference.lines, ...(difference.otherLines ?? [])].map((line) => line[which]?.amount ?? '0');
      const sum = amounts.reduce((all, amount) => addDecimals(all, amount), '0');
      expect(Number(sum)).toBe(Number(difference[`${which}Net`]));
    }
    const seen = differenceBody(await readAdjustment(portal, sp, order.id), PAGE);
    expect(JSON.stringify(seen)).not.toMatch(/amount|[nN]et|currency|"difference":"/);
    await addOrder(n, NOVEMBER);
    await close(NOVEMBER);
    expect(await billed(n, OCTOBER)).toBe(difference.adjustedNet);
    const { amounts } = await readAdjustment(portal, aggregator, order.id);
    expect(amounts?.adjusted).toEqual(amounts?.billed);
  },
);
