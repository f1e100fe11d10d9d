import { readFileSync } from 'node:fs';
import type { CloseRun } from '../../lambdas/domain/close/run.ts';
import { DUE_SHARDS } from '../../lambdas/use-cases/ports/contracts.ts';
import type { Portal } from '../../lambdas/use-cases/ports/portal.ts';
import { startClose } from '../../lambdas/use-cases/start-close.ts';
import { type ClosePortal, executeRun, OCTOBER, openClosePortal, PLAIN, withParts } from '../support/close-portal.ts';

const FILE = new URL('../../statemachines/billing-close.asl.json', import.meta.url);

let opened: ClosePortal;
const entered = new Set<string>();
afterEach(() => opened.close());

const broken = (parts: Partial<Portal>): Portal => withParts(opened.portal, parts);

const failing = async (): Promise<never> => {
  throw new Error('out of order');
};

async function execute(run: CloseRun, portal = opened.portal) {
  const executed = await executeRun(opened, run, portal);
  for (const state of executed.states) entered.add(state);
  return executed;
}

const ended = (run: CloseRun) => opened.portal.closes.run(OCTOBER, run.name);

test('a close goes through all its steps in order', async () => {
  opened = await openClosePortal(PLAIN);
  const run = await opened.start('CLOSE');
  const { result, states } = await execute(run);
  expect(result.status).toBe('SUCCEEDED');
  expect(states).toEqual([
    'Remember the run',
    'Has it no effects?',
    'Bring contracts up to date',
    ...Array.from({ length: DUE_SHARDS }, () => 'Do what is due in a shard'),
    'Freeze the period',
    'Plan what to bill',
    'Rate orders',
    'Was it a dry run?',
    'Number documents',
    'Issue documents',
    'Reconcile the run',
    'Settle accounts',
    'Tell the parties',
    'Report the run',
    'Send waiting events',
    'The run has ended',
  ]);
  expect(await ended(run)).toMatchObject({ status: 'SUCCEEDED', report: { invoices: 7, failed: [], undelivered: [] } });
  expect([opened.events.length, opened.mails.length]).toEqual([8, 5]);
});

test('a dry run says what would be billed, and changes nothing', async () => {
  opened = await openClosePortal(PLAIN);
  const run = await startClose(opened.portal, { period: OCTOBER, mode: 'CLOSE', dryRun: true, now: opened.clock.time });
  const before = await opened.stored();
  const { states } = await execute(run);
  const after = await opened.stored();
  expect(states).toEqual([
    'Remember the run',
    'Has it no effects?',
    'Plan what to bill',
    'Rate orders',
    'Was it a dry run?',
    'Report the run',
    'Send waiting events',
    'The run has ended',
  ]);
  expect(await ended(run)).toMatchObject({ status: 'SUCCEEDED', report: { orders: 8, invoices: 7, failed: [] } });
  expect({ ...after, runs: [] }).toEqual({ ...before, runs: [] });
  expect([opened.events, opened.mails]).toEqual([[], []]);
});

/** A step that breaks, by what it needs of the portal. */
const BROKEN: [string, (portal: Portal) => Partial<Portal>][] = [
  ['Do what is due in a shard', ({ contracts }) => ({ contracts: { ...contracts, due: failingAtOnce } })],
  ['Freeze the period', ({ billingOrders }) => ({ billingOrders: { ...billingOrders, freeze: failing } })],
  ['Plan what to bill', ({ catalogue }) => ({ catalogue: { ...catalogue, priceLists: failing } })],
  ['Number documents', ({ numbers }) => ({ numbers: { ...numbers, reserve: failing } })],
  ['Reconcile the run', ({ numbers }) => ({ numbers: { ...numbers, settled: failingAtOnce } })],
  ['Report the run', ({ closes }) => ({ closes: { ...closes, finished: failingToSucceed(closes.finished) } })],
];

function failingAtOnce(): never {
  throw new Error('out of order');
}

const failingToSucceed =
  (finished: Portal['closes']['finished']): Portal['closes']['finished'] =>
  (run, state) =>
    run.status === 'SUCCEEDED' ? failingAtOnce() : finished(run, state);

test.each(BROKEN)(
  'when "%s" is out of order the run fails with its cause, and the next one bills',
  async (step, parts) => {
    opened = await openClosePortal(PLAIN);
    const run = await opened.start('CLOSE');
    const { result, states } = await execute(run, broken(parts(opened.portal)));
    expect(states.slice(-3)).toEqual([step, 'Record why the run failed', 'The run has failed']);
    expect(result.status).toBe('FAILED');
    const failure = { code: 'Error', message: expect.stringContaining('out of order') };
    expect(await ended(run)).toMatchObject({ status: 'FAILED', failure });
    await execute(await opened.start('REDRIVE'));
    expect(await opened.portal.closes.get(OCTOBER)).toMatchObject({ state: 'COMPLETE', currentRun: 2 });
    const { invoices, receivables } = await opened.stored();
    expect([invoices.length, receivables.length, new Set(opened.mails.map((mail) => mail.reference)).size]).toEqual([
      7, 7, 5,
    ]);
  },
);

test('a map whose list can not be read fails the run', async () => {
  opened = await openClosePortal(PLAIN);
  const run = await opened.start('CLOSE');
  const get: Portal['workFiles']['get'] = (key) =>
    key.endsWith('/orders.jsonl') ? failing() : opened.portal.workFiles.get(key);
  const { result, states } = await execute(run, broken({ workFiles: { ...opened.portal.workFiles, get } }));
  expect(states.slice(-3)).toEqual(['Rate orders', 'Record why the run failed', 'The run has failed']);
  expect(result).toMatchObject({ status: 'FAILED', error: 'States.ItemReaderFailed' });
});

test('a batch that can not be rated is set aside with its cause; the others are billed, and it by the next run', async () => {
  opened = await openClosePortal(PLAIN);
  const run = await opened.start('CLOSE');
  const { prepayments } = opened.portal;
  await execute(run, broken({ prepayments: { ...prepayments, entryOf: failing } }));
  const report = (await ended(run))?.report;
  expect(report?.failed.length).toBeGreaterThan(2);
  expect(report?.failed).toContainEqual(
    expect.objectContaining({ code: 'Error', reason: expect.stringContaining('out of order') }),
  );
  expect(report?.invoices).toBeGreaterThan(0);
  const next = await opened.start('REDRIVE');
  await execute(next);
  expect(await ended(next)).toMatchObject({ status: 'SUCCEEDED', report: { failed: [] } });
  expect((await opened.stored()).invoices).toHaveLength(7);
});

test('batches that can not be issued are set aside, and keep their numbers for the next run', async () => {
  opened = await openClosePortal(PLAIN);
  const run = await opened.start('CLOSE');
  await execute(run, broken({ documentWriter: { ...opened.portal.documentWriter, invoice: failing } }));
  expect((await ended(run))?.report).toMatchObject({ invoices: 0 });
  await execute(await opened.start('REDRIVE'));
  const { invoices, reservations } = await opened.stored();
  expect(invoices).toHaveLength(7);
  expect(reservations.map(({ run: taker }) => taker)).toEqual([run.name]);
});

/** Stages whose batches leave parties undelivered when they fail. */
const UNDELIVERED: [string, (portal: Portal) => Partial<Portal>][] = [
  ['Settle', (portal) => ({ documentWriter: { ...portal.documentWriter, statement: failing } })],
  ['Notify', () => ({ mailer: { send: failing } })],
];

test.each(UNDELIVERED)(
  'parties that could not be reached in %s are told by the next run, once',
  async (stage, parts) => {
    opened = await openClosePortal(PLAIN);
    const run = await opened.start('CLOSE');
    await execute(run, broken(parts(opened.portal)));
    expect((await ended(run))?.report?.undelivered).toContainEqual(expect.objectContaining({ stage, code: 'Error' }));
    expect(await opened.portal.closes.get(OCTOBER)).toMatchObject({ state: 'INCOMPLETE' });
    opened.clock.time = new Date('2026-11-10T02:10:00Z');
    await execute(await opened.start('REDRIVE'));
    expect(await opened.portal.closes.get(OCTOBER)).toMatchObject({ state: 'COMPLETE' });
    expect(opened.mails.map(({ reference }) => reference).sort()).toEqual(
      ['2000000', '2000001', '2000002', '3000000', '3000001'].map((party) => `2026-10-1/${party}`),
    );
  },
);

test('events that the bus does not take wait for the relay; the run has succeeded all the same', async () => {
  opened = await openClosePortal(PLAIN);
  const run = await opened.start('CLOSE');
  const { result } = await execute(run, broken({ eventBus: { publish: async (events) => [...events] } }));
  expect(result.status).toBe('SUCCEEDED');
  expect((await opened.stored()).waitingEvents).toHaveLength(8);
});

test('every state of the close was entered by these tests', () => {
  const { States } = JSON.parse(readFileSync(FILE, 'utf8')) as { States: object };
  expect(Object.keys(States).filter((state) => !entered.has(state))).toEqual([]);
});
