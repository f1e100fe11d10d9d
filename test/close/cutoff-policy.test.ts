import { period } from '../../lambdas/domain/calendar/period.ts';
import type { CutoffPolicy } from '../../lambdas/domain/calendar/programme-calendar.ts';
import { formatPoints } from '../../lambdas/domain/numbers/amounts.ts';
import { keys } from '../../lambdas/stores/keys.ts';
import { sealOrder } from '../../lambdas/use-cases/seal-order.ts';
import { printedMonths } from '../../local/simulation/year/compare-year.ts';
import { type ClosePortal, executeRun, OCTOBER, openClosePortal, PLAIN, withParts } from '../support/close-portal.ts';

const NOVEMBER = period('2026-11');

const opened: ClosePortal[] = [];
afterEach(() => Promise.all(opened.splice(0).map((each) => each.close())));

/** A programme of October, and its portal under a cutoff policy. */
async function programmeUnder(cutoffPolicy: CutoffPolicy) {
  const world = await openClosePortal({ ...PLAIN, contracts: 12 });
  opened.push(world);
  const { settings } = world.portal;
  const portal = withParts(world.portal, {
    settings: { ...settings, calendar: { ...settings.calendar, cutoffPolicy } },
  });
  const { billingOrders } = portal;
  return {
    ...world,
    portal,
    before: (await world.stored()).orders,
    async closes(): Promise<void> {
      for (const [of, time] of [
        [OCTOBER, '2026-11-10T02:00:00Z'],
        [NOVEMBER, '2026-12-10T02:00:00Z'],
      ] as const) {
        world.clock.time = new Date(time);
        const run = await world.start('CLOSE', of);
        expect(await executeRun(world, run, portal)).toMatchObject({ result: { status: 'SUCCEEDED' } });
      }
    },
    /** Usage of October on the contract's order of a month, as ids. */
    async octoberOn(contractId: string, of = NOVEMBER): Promise<string[]> {
      const [order] = await billingOrders.ofContract(contractId, [of]);
      const lines = order ? await billingOrders.linesOf(order.id, order.lineSet) : [];
      return lines
        .filter(({ usagePeriod }) => usagePeriod === OCTOBER)
        .map(({ id }) => id)
        .sort();
    },
  };
}

type Programme = Awaited<ReturnType<typeof programmeUnder>>;

const leftToCutoff = ({ before }: Programme) =>
  before.filter(({ status, heldLines }) => status !== 'PENDING_VENDOR' && heldLines > 0);

test('under billMinimumCommit an order left to the cutoff is billed at the minimum, its usage with the next month', async () => {
  const held = await programmeUnder('billMinimumCommit');
  await held.closes();
  const { orders, audit } = await held.stored();
  const left = leftToCutoff(held);
  expect(left.map(({ status }) => status)).toEqual(expect.arrayContaining(['PENDING_SP', 'PENDING_AGGREGATOR']));
  for (const { id, contractId } of left) {
    const [order] = await held.portal.billingOrders.getMany([id]);
    expect(order).toMatchObject({ status: 'CLOSED', held: { lines: 0 }, billed: { outcome: 'INVOICED' } });
    const { minimumCommit = 0n, total = 1n, reported = 1n } = order?.billed?.summary ?? {};
    expect([formatPoints(reported as never), total]).toEqual(['0', minimumCommit]);
    expect(await held.octoberOn(contractId, OCTOBER)).toEqual([]);
    expect(await held.octoberOn(contractId)).toEqual(['line-0', 'line-1']);
    const { reason } = audit.find(({ subject, action }) => subject === `ORDER#${id}` && action === 'cutOff') ?? {};
    expect(reason).toMatch(/billed at the minimum alone, its usage goes on the order of 2026-11 as arrears/);
    const carrier = orders.find((each) => each.contractId === contractId && each.usagePeriod === NOVEMBER);
    const carried = audit.filter(
      ({ subject, reason: why }) => subject === `ORDER#${carrier?.id}` && why?.includes('2026-10'),
    );
    expect(carried).toHaveLength(1);
  }
  const approved = held.before.filter(({ status }) => status === 'PENDING_VENDOR');
  for (const { contractId } of approved) expect(await held.octoberOn(contractId)).toEqual([]);
}, 60_000);

test('late costs to the minor unit what on time would have cost', async () => {
  const [held, reported] = [await programmeUnder('billMinimumCommit'), await programmeUnder('billAsReported')];
  await held.closes();
  await reported.closes();
  const printed = async (world: Programme) => printedMonths(await world.stored(), world.documents);
  const [late, onTime] = [await printed(held), await printed(reported)];
  // What a prepayment covers depends on when it is asked.
  const prepaid = new Set((await held.stored()).prepaymentBalances.map(({ contractId }) => contractId));
  const contracts = leftToCutoff(held).filter(({ contractId }) => !prepaid.has(contractId));
  expect(contracts.length).toBeGreaterThan(0);
  for (const { contractId } of contracts) expect(late(contractId, OCTOBER)).toEqual(onTime(contractId, OCTOBER));
}, 60_000);

test('sealed by many at once, an order’s usage goes on the next once', async () => {
  const held = await programmeUnder('billMinimumCommit');
  const [order] = leftToCutoff(held);
  if (!order) throw new Error('no order');
  const run = await held.start('CLOSE');
  const sealed = await Promise.all([1, 2, 3].map(() => sealOrder(held.portal, run, order.id)));
  expect(sealed.map(({ state }) => state)).toEqual(['SEALED', 'SEALED', 'SEALED']);
  expect(await held.octoberOn(order.contractId)).toEqual(['line-0', 'line-1']);
  expect(await held.octoberOn(order.contractId, OCTOBER)).toEqual([]);
});

test('arrears that an order carries are billed with it, and stay where they are', async () => {
  const held = await programmeUnder('billMinimumCommit');
  const [order] = leftToCutoff(held);
  if (!order) throw new Error('no order');
  const { billingOrders } = held.portal;
  const [line] = await billingOrders.linesOf(order.id, order.lineSet);
  if (!line) throw new Error('no line');
  const late = { ...line, id: 'late', usagePeriod: period('2026-09') };
  const [read] = await billingOrders.getMany([order.id]);
  if (!read) throw new Error('no order');
  const all = { ...read.held, lines: read.held.lines + 1, quantity: (read.held.quantity + late.quantity) as never };
  await held.portal.units.commit([
    ...billingOrders.linesWritten(read, { put: [late], removed: [] }),
    billingOrders.changed({ ...read, held: { ...all, arrearsPeriods: [late.usagePeriod] } }, held.clock.time),
  ]);
  const sealed = await sealOrder(held.portal, await held.start('CLOSE'), order.id);
  expect(sealed).toMatchObject({ state: 'SEALED', order: { held: { lines: 1, arrearsPeriods: ['2026-09'] } } });
  const [after] = await billingOrders.getMany([order.id]);
  expect(await billingOrders.linesOf(order.id, after?.lineSet ?? '')).toEqual([late]);
  expect(after).toMatchObject({ held: { lines: 1 } });
});

test('where no later order takes it, usage is billed as reported', async () => {
  const held = await programmeUnder('billMinimumCommit');
  const [order] = leftToCutoff(held);
  if (!order) throw new Error('no order');
  const run = await held.start('CLOSE');
  // A clock that is behind: no later month has begun.
  held.clock.time = new Date('2026-10-20T00:00:00Z');
  const sealed = await sealOrder(held.portal, run, order.id);
  expect(sealed).toMatchObject({ state: 'SEALED', order: { held: { lines: 2 } } });
  expect(await held.table.get(keys.order(order.id))).toMatchObject({ heldLines: 2, lineSet: order.lineSet });
});
