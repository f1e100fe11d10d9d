import { addMonths, type Period, period } from '../../lambdas/domain/calendar/period.ts';
import type { Contract } from '../../lambdas/domain/contract/contract.ts';
import { addPoints, formatPoints, type Points, points, quantity } from '../../lambdas/domain/numbers/amounts.ts';
import { addDecimals } from '../../lambdas/domain/numbers/decimal.ts';
import { postToLedger } from '../../lambdas/domain/prepayment/ledger.ts';
import type { UsageLine } from '../../lambdas/domain/usage/usage-line.ts';
import {
  approveAdjustment,
  endAdjustment,
  lapseAdjustment,
  openAdjustment,
} from '../../lambdas/use-cases/adjust-order.ts';
import type { Caller } from '../../lambdas/use-cases/caller.ts';
import { changedLines } from '../../lambdas/use-cases/changed-lines.ts';
import { newOrder } from '../../lambdas/use-cases/new-order.ts';
import { orderChanged } from '../../lambdas/use-cases/order-changed.ts';
import {
  findPeriodDocument,
  listBilledMonths,
  readBillOfPeriod,
  readStatementOfPeriod,
} from '../../lambdas/use-cases/read-period-documents.ts';
import { reconcileRun } from '../../lambdas/use-cases/reconcile-run.ts';
import { reportRun } from '../../lambdas/use-cases/report-run.ts';
import { settleBatch } from '../../lambdas/use-cases/settle-batch.ts';
import { plainId } from '../../local/simulation/plain-programme.ts';
import { type ClosePortal, goThrough, OCTOBER, openClosePortal, PLAIN, partiesOf } from '../support/close-portal.ts';
import { fedMonth } from '../support/fed-month.ts';

const NOVEMBER = period('2026-11');
const DECEMBER = period('2026-12');
/** Of the first four contracts: 0 and 1 are PAY-GO, 2 CUSTOM, 3 PRE-PAY. */
const PAY_GO = 1;
const PRE_PAY = 7;

const caller = (organizationType: Caller['organizationType']): Caller => ({
  userId: organizationType,
  organizationId:
    organizationType === 'VENDOR' ? plainId(1, 0) : plainId(organizationType === 'AGGREGATOR' ? 2 : 3, PROVIDER.now),
  organizationType,
  roles: ['Operations'],
});
const PROVIDER = { now: 0 };

let opened: ClosePortal;
beforeEach(async () => {
  opened = await openClosePortal(PLAIN, { sdk: true });
});
afterEach(() => opened.close());

/** Goes through a whole close of a month. */
async function close(of: Period) {
  opened.clock.time = new Date(`${addMonths(of, 1)}-10T02:00:00Z`);
  const run = await opened.start('CLOSE', of);
  await goThrough(opened.portal, run, 'reconcile');
  await settleBatch(opened.portal, await partiesOf(opened.portal, run));
  const report = await reportRun(opened.portal, run);
  expect(report.failed).toEqual([]);
  return report;
}

const contractOf = (n: number) => plainId(5, n);
async function orderOf(n: number, of: Period = OCTOBER) {
  const [order] = await opened.portal.billingOrders.ofContract(contractOf(n), [of]);
  if (!order) throw new Error('no order');
  return order;
}

function asked(n: number, orderId: string, organizationType: Caller['organizationType'] = 'SERVICE_PROVIDER') {
  PROVIDER.now = Math.floor(n / 4);
  return { caller: caller(organizationType), orderId, reason: 'Counted twice', now: opened.clock.time };
}

/** Adds an order of a month to every contract that is looked at. */
async function addOrders(of: Period, ...contracts: number[]) {
  for (const n of contracts) {
    const found = await opened.portal.contracts.get(contractOf(n));
    if (!found) throw new Error('no contract');
    await opened.portal.units.commit(
      opened.portal.billingOrders.created(newOrder(found.contract, of, opened.clock.time)),
    );
  }
}

/** Adjusts an order's lines, and brings it through to the vendor's approval. */
async function adjust(n: number, of: Period, edit: (lines: UsageLine[]) => UsageLine[]) {
  const { portal } = opened;
  const order = await orderOf(n, of);
  await openAdjustment(portal, asked(n, order.id));
  const open = await orderOf(n, of);
  const before = await portal.billingOrders.linesOf(open.id, open.lineSet);
  const changed = await changedLines(portal, open, {
    before,
    after: edit(before),
    tiers: new Map(),
    newSet: portal.newId(),
  });
  const move = { actor: 'test', organizationId: open.serviceProviderId, now: opened.clock.time, action: 'submit' };
  const after = { ...changed.order, status: 'PENDING_APPROVAL' as const };
  expect(await portal.units.commit([...changed.changes, ...orderChanged(portal, open, after, move)])).toEqual({
    ok: true,
  });
  await approveAdjustment(portal, asked(n, order.id, 'VENDOR'));
}

const times = (factor: bigint) => (lines: UsageLine[]) =>
  lines.map((line) => ({ ...line, quantity: (line.quantity * factor) as UsageLine['quantity'] }));

/** What is printed of a month of a contract on all documents: it adds up to what the month costs. */
async function documentsOf(n: number, of: Period) {
  const { invoices } = await opened.stored();
  const own = invoices.filter((invoice) => invoice.contractId === contractOf(n) && invoice.usagePeriod === of);
  const sorted = own.sort((a, b) => (a.invoiceDate + a.number < b.invoiceDate + b.number ? -1 : 1));
  return sorted.map(({ number, kind, net, corrects, creditedBy }) => ({ number, kind, net, corrects, creditedBy }));
}

test('an approved adjustment is billed by the next close: credit note and new invoice, both ledgers and statements right', async () => {
  await close(OCTOBER);
  const [first] = await documentsOf(PAY_GO, OCTOBER);
  await addOrders(NOVEMBER, PAY_GO);
  await adjust(PAY_GO, OCTOBER, times(100n));
  expect(await orderOf(PAY_GO)).toMatchObject({
    status: 'PENDING_VENDOR_REFUND',
    revision: 2,
    billed: { revision: 1 },
  });
  // November's order, and October's with its credit note.
  expect((await close(NOVEMBER)).totals).toMatchObject([{ orders: 2, invoices: 3 }]);
  const [invoice, credit, again] = await documentsOf(PAY_GO, OCTOBER);
  expect(invoice).toEqual({ ...first, creditedBy: 'CRN-2026-000001' });
  expect(credit).toMatchObject({
    number: 'CRN-2026-000001',
    kind: 'CREDIT_NOTE',
    net: `-${first?.net}`,
    corrects: first?.number,
  });
  expect(again).toMatchObject({ kind: 'ORDER' });
  expect(Number(again?.net)).toBeGreaterThan(Number(first?.net));
  const order = await orderOf(PAY_GO);
  expect(order).toMatchObject({ status: 'CLOSED', revision: 2, billed: { revision: 2, invoiceNumber: again?.number } });
  const stored = await opened.stored();
  const receivable = stored.receivables.filter((entry) => entry.contractId === contractOf(PAY_GO));
  expect(receivable).toHaveLength(4);
  expect(await opened.portal.billingOrders.waiting()).toEqual([]);
  expect(stored.openReservations).toEqual([]);
  const statement = stored.partyDocuments.filter(({ kind, period }) => kind === 'STATEMENT' && period === NOVEMBER);
  const entries = statement.flatMap(
    ({ key }) => JSON.parse(new TextDecoder().decode(opened.documents.get(`${key}.json`))).entries,
  );
  expect(entries.map(({ number }: { number: string }) => number)).toEqual(
    expect.arrayContaining([credit?.number, again?.number]),
  );
});

test('the bill and the statement of the month have the correction too, and add up to what is valid', async () => {
  await close(OCTOBER);
  await addOrders(NOVEMBER, PAY_GO);
  await adjust(PAY_GO, OCTOBER, times(100n));
  await close(NOVEMBER);
  const { invoices } = await opened.stored();
  const { serviceProviderId, aggregatorId } = await orderOf(PAY_GO);
  const months = { [serviceProviderId]: readBillOfPeriod, [aggregatorId]: readStatementOfPeriod };
  for (const [organizationId, read] of Object.entries(months)) {
    const month = await read(opened.portal, organizationId, OCTOBER);
    const key = await findPeriodDocument(opened.portal, organizationId, OCTOBER);
    expect(JSON.parse(new TextDecoder().decode(opened.documents.get(`${key}.json`) as Uint8Array))).toEqual(month);
    expect(new TextDecoder().decode(opened.documents.get(`${key}.pdf`) as Uint8Array).slice(0, 5)).toBe('%PDF-');
    expect(JSON.stringify(month)).toContain('CRN-2026-000001');
    const [history] = (await listBilledMonths(opened.portal, organizationId, { limit: 1, offset: 1 })).content;
    expect(history).toMatchObject({ usagePeriod: OCTOBER, corrected: true, runs: ['2026-10-1', '2026-11-1'] });
    const own = invoices.filter(
      (each) => each.usagePeriod === OCTOBER && [each.serviceProviderId, each.aggregatorId].includes(organizationId),
    );
    expect(history?.points).toBe(own.reduce((sum, { points }) => addPoints(sum, points), '0'));
    expect(history?.documents).toBe(own.length);
  }
});

test('two adjustments one after the other, each crediting what stands; the last bills nothing more than the minimum', async () => {
  await close(OCTOBER);
  await addOrders(NOVEMBER, PAY_GO);
  await adjust(PAY_GO, OCTOBER, times(10n));
  await close(NOVEMBER);
  await addOrders(DECEMBER, PAY_GO);
  await adjust(PAY_GO, OCTOBER, () => []);
  await close(DECEMBER);
  const documents = await documentsOf(PAY_GO, OCTOBER);
  expect(documents.map(({ kind }) => kind)).toEqual(['ORDER', 'CREDIT_NOTE', 'ORDER', 'CREDIT_NOTE', 'ORDER']);
  const valid = documents.filter(({ kind, creditedBy }) => kind === 'ORDER' && !creditedBy);
  const sum = documents.reduce((all, { net }) => addDecimals(all, net), '0');
  expect(valid).toMatchObject([{ net: '1584.00' }]);
  expect(sum).toBe('1584.00');
});

test('an invoice that its run died before it could tell is told with the document that takes it back', async () => {
  const { portal } = opened;
  opened.clock.time = new Date('2026-11-10T02:00:00Z');
  const first = await opened.start('CLOSE', OCTOBER);
  await goThrough(portal, first, 'issue');
  opened.died(first);
  const [untold] = await documentsOf(PAY_GO, OCTOBER);
  await addOrders(NOVEMBER, PAY_GO);
  await adjust(PAY_GO, OCTOBER, times(100n));
  opened.clock.time = new Date('2026-12-10T02:00:00Z');
  const second = await opened.start('CLOSE', NOVEMBER);
  await goThrough(portal, second, 'issue');
  const { issued, failed } = await reconcileRun(portal, second);
  const numbers = (await documentsOf(PAY_GO, OCTOBER)).map(({ number }) => number);
  expect(numbers).toEqual([untold?.number, 'CRN-2026-000001', expect.stringMatching(/^INV-2026-/)]);
  expect(issued).toEqual(expect.arrayContaining(numbers));
  expect(failed).toEqual([]);
  const [file] = opened.workFiles
    .keys()
    .filter((key) => key.startsWith(`runs/${second.name}/parties/`) && key.includes(plainId(2, 1)));
  const { entries } = JSON.parse(new TextDecoder().decode(opened.workFiles.get(String(file))));
  expect(entries.map((entry: { number: string }) => entry.number)).toEqual(expect.arrayContaining(numbers));
});

test('what an adjustment gives back of an ended prepayment is forfeited as the rest was', async () => {
  const { portal } = opened;
  await close(OCTOBER);
  const found = await portal.contracts.get(contractOf(PRE_PAY));
  if (!found) throw new Error('no contract');
  const ended = { ...found.contract, status: 'EXPIRED', eolDate: '2026-10-31', prepaid: points('6000') };
  await portal.units.commit([portal.contracts.changed(ended as Contract, opened.clock.time)]);
  const balance = () => portal.prepayments.balance(contractOf(PRE_PAY));
  const before = await balance();
  const forfeit = { kind: 'FORFEIT', source: { id: contractOf(PRE_PAY), revision: before.sequence } } as const;
  const post = postToLedger(before, { ...forfeit, points: -before.points as Points });
  if (!post.ok) throw new Error('no forfeit');
  await portal.units.commit(portal.prepayments.posted(post.entry, post.balance));
  await adjust(PRE_PAY, OCTOBER, (lines) => lines.map((line) => ({ ...line, quantity: 0n as UsageLine['quantity'] })));
  expect((await portal.contracts.get(contractOf(PRE_PAY)))?.contract.reviewOn).toBe('2026-11-11');
});

test('arrears of a month, and then the month adjusted: all documents come to what the month costs as a whole', async () => {
  await close(OCTOBER);
  await addOrders(NOVEMBER, PAY_GO);
  const usage = { ...lateUsage(), quantity: quantity('1000') };
  await fedMonth(opened.portal, { contractId: contractOf(PAY_GO), of: OCTOBER, usage: [usage] });
  await close(NOVEMBER);
  const [carrying] = await documentsOf(PAY_GO, NOVEMBER);
  const json = JSON.parse(new TextDecoder().decode(documentOf(carrying?.number ?? '')));
  expect(json.arrears).toMatchObject([{ usagePeriod: OCTOBER }]);
  expect(json.commit).toMatchObject({ reported: '0', minimumCommit: '1800' });
  await addOrders(DECEMBER, PAY_GO);
  await adjust(PAY_GO, OCTOBER, times(3n));
  await close(DECEMBER);
  const order = await orderOf(PAY_GO);
  const own = await opened.portal.billingOrders.linesOf(order.id, order.lineSet);
  const octoberPoints = own.reduce(
    (all, line) => all + BigInt(line.quantity) * BigInt(line.pointsPerUnit) * 10_000n,
    0n,
  );
  const whole = octoberPoints + 4_000n * 10n ** 14n;
  const printed = [...(await documentsOf(PAY_GO, OCTOBER)), ...(await documentsOf(PAY_GO, NOVEMBER))].flatMap(
    ({ number }) =>
      JSON.parse(new TextDecoder().decode(documentOf(number))).lines.filter(
        (line: { usagePeriod: string; kind: string }) => line.usagePeriod === OCTOBER && line.kind !== 'SURCHARGE',
      ),
  );
  const charged = printed.reduce((all: string, line: { points: string }) => addDecimals(all, line.points), '0');
  expect(Number(charged)).toBeCloseTo(Number(formatPoints(whole as never)), 8);
});

test('a prepayment that the adjusted order has drawn is reversed and drawn anew, once each', async () => {
  await close(OCTOBER);
  await addOrders(NOVEMBER, PRE_PAY);
  await adjust(PRE_PAY, OCTOBER, times(2n));
  await close(NOVEMBER);
  const entries = await opened.portal.prepayments.entries(contractOf(PRE_PAY));
  expect(entries.map(({ kind, source }) => [kind, source.revision])).toEqual([
    ['CREDIT', 1],
    ['DRAW', 1],
    ['REVERSAL', 1],
    ['DRAW', 2],
    ['DRAW', 1],
  ]);
  const { points } = await opened.portal.prepayments.balance(contractOf(PRE_PAY));
  expect(entries.reduce((sum, entry) => sum + entry.points, 0n)).toBe(points);
});

test('an adjustment that comes to nothing leaves the order closed as it was, and its number is not used again', async () => {
  await close(OCTOBER);
  const before = await orderOf(PAY_GO);
  const same = { status: 'CLOSED', revision: 1, lineSet: before.lineSet, held: before.held, billed: before.billed };
  const endings: (() => Promise<unknown>)[] = [
    () => endAdjustment(opened.portal, 'withdraw', asked(PAY_GO, before.id)),
    async () => {
      const order = await orderOf(PAY_GO);
      const move = { actor: 'test', organizationId: 'x', now: opened.clock.time, action: 'submit' };
      await opened.portal.units.commit(
        orderChanged(opened.portal, order, { ...order, status: 'PENDING_APPROVAL' }, move),
      );
      return endAdjustment(opened.portal, 'reject', asked(PAY_GO, before.id, 'VENDOR'));
    },
    async () => {
      expect(await lapseAdjustment(opened.portal, before.id, opened.clock.time)).toBe(false);
      opened.clock.time = new Date('2026-12-20T00:00:00Z');
      expect(await opened.portal.billingOrders.lapsing('2026-12-20' as never)).toEqual([before.id]);
      return lapseAdjustment(opened.portal, before.id, opened.clock.time);
    },
  ];
  for (const [n, end] of endings.entries()) {
    const { revision } = await openAdjustment(opened.portal, asked(PAY_GO, before.id));
    expect(revision).toBe(n + 2);
    await expect(openAdjustment(opened.portal, asked(PAY_GO, before.id))).rejects.toMatchObject({
      code: 'TRANSITION_NOT_ALLOWED',
    });
    await end();
    expect(await orderOf(PAY_GO)).toMatchObject(same);
  }
  opened.clock.time = new Date('2027-02-09T00:00:00Z');
  await expect(openAdjustment(opened.portal, asked(PAY_GO, before.id))).rejects.toMatchObject({
    code: 'NOT_ADJUSTABLE',
  });
});

function lateUsage() {
  return {
    siteName: 'Late site',
    productCode: 'LATE',
    productName: 'Late product',
    customerNumber: '',
    uom: 'GB vRAM',
    pointsPerUnit: 40_000n as UsageLine['pointsPerUnit'],
    inMinCommit: true,
    origin: 'METER' as const,
  };
}

function documentOf(number: string): Uint8Array {
  const [, bytes] = [...opened.documents].find(([key]) => key.endsWith(`${number}.json`)) ?? [];
  return bytes as Uint8Array;
}

test('an order whose arrears can’t be charged yet is set aside unsealed, so that it can still be changed', async () => {
  await addOrders(NOVEMBER, PAY_GO);
  const october = await orderOf(PAY_GO);
  await opened.portal.units.commit([
    opened.portal.billingOrders.changed({ ...october, status: 'PENDING_VENDOR' }, opened.clock.time),
  ]);
  const [line] = await opened.portal.billingOrders.linesOf(october.id, october.lineSet);
  if (!line) throw new Error('no line');
  const { id: _id, usagePeriod: _of, ...usage } = { ...line, origin: 'METER' as const, productCode: 'LATE' };
  opened.clock.time = new Date('2026-11-20T10:00:00Z');
  await fedMonth(opened.portal, { contractId: contractOf(PAY_GO), of: OCTOBER, usage: [usage] });
  const own = await orderOf(PAY_GO);
  await opened.portal.units.commit([
    opened.portal.billingOrders.changed({ ...own, status: 'CANCELLED' }, opened.clock.time),
  ]);
  opened.clock.time = new Date('2026-12-10T02:00:00Z');
  const run = await opened.start('CLOSE', NOVEMBER);
  await goThrough(opened.portal, run, 'reconcile');
  const { failed } = await reportRun(opened.portal, run);
  expect(failed).toMatchObject([{ usagePeriod: NOVEMBER, code: 'OWN_MONTH_NOT_BILLED' }]);
  expect(await orderOf(PAY_GO, NOVEMBER)).toMatchObject({ status: 'NOT_OPEN' });
  expect((await orderOf(PAY_GO, NOVEMBER)).sealedBy).toBeUndefined();
});
