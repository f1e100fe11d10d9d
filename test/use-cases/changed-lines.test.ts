import { FIRST_LINE_SET } from '../../lambdas/domain/billing-order/billing-order.ts';
import { NOTHING_BILLED } from '../../lambdas/domain/billing-order/summary.ts';
import { formatPoints, quantity } from '../../lambdas/domain/numbers/amounts.ts';
import type { UsageLine } from '../../lambdas/domain/usage/usage-line.ts';
import { changedLines } from '../../lambdas/use-cases/changed-lines.ts';
import { plainId } from '../../local/simulation/plain-programme.ts';
import { type ClosePortal, openClosePortal, PLAIN } from '../support/close-portal.ts';

let opened: ClosePortal;
let billingOrders: ClosePortal['portal']['billingOrders'];
let units: ClosePortal['portal']['units'];
beforeEach(async () => {
  opened = await openClosePortal(PLAIN);
  ({ billingOrders, units } = opened.portal);
});
afterEach(() => opened.close());

const ORDER = plainId(7, 0);
const NOW = new Date('2026-11-04T10:00:00.000Z');
async function read() {
  const [order] = await billingOrders.getMany([ORDER]);
  if (!order) throw new Error('no order');
  return { order, lines: await billingOrders.linesOf(order.id, order.lineSet) };
}

async function write(make: (lines: UsageLine[]) => UsageLine[], newSet: string) {
  const { order, lines } = await read();
  const changed = await changedLines(opened.portal, order, {
    before: lines,
    after: make(lines),
    tiers: new Map(),
    newSet,
  });
  return () => units.commit([billingOrders.changed(changed.order, NOW), ...changed.changes]);
}

const copies = (lines: UsageLine[], count: number): UsageLine[] =>
  Array.from({ length: count }, (_, n) => ({ ...(lines[0] as UsageLine), id: `copy-${n}`, quantity: quantity('2') }));

test('few lines are changed in place, and what the order holds follows', async () => {
  const commit = await write(
    ([first, ...others]) => [{ ...(first as UsageLine), quantity: quantity('9') }, ...others],
    'new',
  );
  const { lines: before } = await read();
  expect(await commit()).toEqual({ ok: true });
  const { order, lines } = await read();
  expect(order.lineSet).toBe(FIRST_LINE_SET);
  expect(lines.map(({ id }) => id).sort()).toEqual(before.map(({ id }) => id).sort());
  expect(order.held.quantity).toBe(lines.reduce((sum, line) => sum + line.quantity, 0n));
  expect(lines.filter((line) => line.quantity === quantity('9'))).toHaveLength(1);
});

test('many lines are there from one moment on, and the others not at all', async () => {
  const commit = await write((lines) => copies(lines, 130), 'many');
  expect((await read()).lines.length).toBeLessThan(100);
  expect(await commit()).toEqual({ ok: true });
  const { order, lines } = await read();
  expect(order.lineSet).toBe('many');
  expect(lines).toHaveLength(130);
  expect(order.held.lines).toBe(130);
  expect(formatPoints(order.held.reported)).toBe('1040');
});

test.each([
  ['few', 1],
  ['many', 130],
])('of two who change %s lines at once the later one changes nothing', async (_name, count) => {
  const first = await write((lines) => copies(lines, count), 'first');
  const second = await write((lines) => copies(lines, count + 1), 'second');
  expect(await first()).toEqual({ ok: true });
  expect(await second()).toMatchObject({ ok: false });
  expect((await read()).lines).toHaveLength(count);
});

test('a sealed order takes no lines', async () => {
  const commit = await write((lines) => copies(lines, 2), 'new');
  const { lines } = await read();
  await units.commit([billingOrders.cutOff((await read()).order, '2026-10-1', NOW)]);
  expect(await commit()).toMatchObject({ ok: false });
  expect((await read()).lines).toEqual(lines);
});

test('the lists of its parties show a change at once', async () => {
  const { order } = await read();
  const lists = () =>
    Promise.all([
      billingOrders.ofServiceProvider(order.serviceProviderId),
      billingOrders.ofAggregator(order.aggregatorId),
      billingOrders.ofAggregator(order.aggregatorId, order.usagePeriod),
    ]).then((found) => found.map((rows) => rows.find(({ id }) => id === ORDER)?.status));
  expect(await lists()).toEqual([order.status, order.status, order.status]);
  await units.commit([billingOrders.cutOff(order, '2026-10-1', new Date('2026-11-10T02:00:00.000Z'))]);
  expect(await lists()).toEqual(['PENDING_VENDOR', 'PENDING_VENDOR', 'PENDING_VENDOR']);
  const billed = { revision: 1, outcome: 'INVOICED', invoiceNumber: 'INV-2026-000001', lineSet: '1' } as const;
  await units.commit([
    billingOrders.closed(order, { ...billed, closedTime: '2026-11-10T03:00:00.000Z', summary: NOTHING_BILLED }),
  ]);
  const [row] = (await billingOrders.ofServiceProvider(order.serviceProviderId)).filter(({ id }) => id === ORDER);
  expect(row).toMatchObject({ status: 'CLOSED', invoiceNumber: 'INV-2026-000001' });
  expect((await read()).order.firstClosedTime).toBe('2026-11-10T03:00:00.000Z');
});
