import type { CloseRun } from '../../lambdas/domain/close/run.ts';
import type { ProblemCode } from '../../lambdas/use-cases/errors.ts';
import { startClose } from '../../lambdas/use-cases/start-close.ts';
import { type ClosePortal, OCTOBER, openClosePortal, SEPTEMBER } from '../support/close-portal.ts';

let opened: ClosePortal;

beforeEach(async () => {
  opened = await openClosePortal();
});
afterEach(() => opened.close());

const refusal = (start: Promise<CloseRun>): Promise<ProblemCode | string> =>
  start.then(
    (run) => `run ${run.name} was started`,
    (error) => error.code,
  );

/** Ends a run as its last step would. */
async function end(run: CloseRun, state: 'COMPLETE' | 'INCOMPLETE'): Promise<void> {
  const { portal } = opened;
  opened.executions.set(run.name, 'ENDED');
  await portal.units.commit(portal.closes.finished({ ...run, status: 'SUCCEEDED' }, state));
}

test('a period is closed from the instant of its cutoff, not before', async () => {
  opened.clock.time = new Date('2026-11-10T01:59:59Z');
  expect(await refusal(opened.start('CLOSE'))).toBe('PERIOD_NOT_CLOSABLE');
  opened.clock.time = new Date('2026-11-10T02:00:00Z');
  expect(await opened.start('CLOSE')).toMatchObject({ name: '2026-10-1', status: 'RUNNING' });
});

test('the refusal of an open period says when it can be closed', async () => {
  opened.clock.time = new Date('2026-10-31T12:00:00Z');
  await expect(opened.start('SCHEDULED')).rejects.toThrow(
    "Period 2026-10 can't be closed yet: its cutoff is 2026-11-10 02:00 UTC",
  );
});

test('a scheduled close bears the date of the cutoff, one that a person starts its own day', async () => {
  opened.clock.time = new Date('2026-11-12T09:00:00Z');
  expect((await opened.start('SCHEDULED', SEPTEMBER)).invoiceDate).toBe('2026-10-10');
  opened.executions.set('2026-09-1', 'ENDED');
  expect((await opened.start('CLOSE')).invoiceDate).toBe('2026-11-12');
});

test('while a close runs nobody starts another, and the schedule finds it running', async () => {
  await opened.start('CLOSE');
  expect(await refusal(opened.start('CLOSE'))).toBe('CLOSE_RUNNING');
  expect(await refusal(opened.start('REDRIVE'))).toBe('CLOSE_RUNNING');
  expect((await opened.start('SCHEDULED')).name).toBe('2026-10-1');
  expect([...opened.executions.keys()]).toEqual(['2026-10-1']);
});

test('the schedule that fires twice starts one run', async () => {
  const [first, second] = await Promise.all([opened.start('SCHEDULED'), opened.start('SCHEDULED')]);
  expect([first?.name, second?.name]).toEqual(['2026-10-1', '2026-10-1']);
  expect((await opened.stored()).runs).toHaveLength(1);
});

test('of two people who start at once one is refused', async () => {
  const outcomes = await Promise.all([refusal(opened.start('CLOSE')), refusal(opened.start('CLOSE'))]);
  expect(outcomes.sort()).toEqual(['CLOSE_RUNNING', 'run 2026-10-1 was started']);
});

test('a complete close is neither started again nor redriven', async () => {
  await end(await opened.start('CLOSE'), 'COMPLETE');
  expect(await refusal(opened.start('CLOSE'))).toBe('PERIOD_ALREADY_CLOSED');
  expect(await refusal(opened.start('REDRIVE'))).toBe('NOTHING_TO_REDRIVE');
  expect((await opened.start('SCHEDULED')).status).toBe('SUCCEEDED');
});

test('an incomplete close is redriven as the next run, and not started as if it were the first', async () => {
  await end(await opened.start('CLOSE'), 'INCOMPLETE');
  expect(await refusal(opened.start('CLOSE'))).toBe('CLOSE_INCOMPLETE');
  expect((await opened.start('SCHEDULED')).name).toBe('2026-10-1');
  expect(await opened.start('REDRIVE')).toMatchObject({ name: '2026-10-2', run: 2 });
});

test('a period that was never closed is not redriven', async () => {
  expect(await refusal(opened.start('REDRIVE'))).toBe('NOTHING_TO_REDRIVE');
});

test('a run that was claimed and never started is started, with the date it was claimed with', async () => {
  await opened.start('CLOSE');
  opened.executions.clear();
  opened.clock.time = new Date('2026-11-14T02:00:00Z');
  expect(await opened.start('REDRIVE')).toMatchObject({ name: '2026-10-1', invoiceDate: '2026-11-10' });
  expect([...opened.executions.keys()]).toEqual(['2026-10-1']);
});

test('a run whose execution has ended without a report has failed, and the next takes over', async () => {
  opened.died(await opened.start('CLOSE'));
  expect((await opened.start('REDRIVE')).name).toBe('2026-10-2');
  expect(await opened.portal.closes.run(OCTOBER, '2026-10-1')).toMatchObject({
    status: 'FAILED',
    failure: { code: 'EXECUTION_ENDED' },
  });
});

test('one close runs at a time, whatever its period', async () => {
  const september = await opened.start('CLOSE', SEPTEMBER);
  expect(await refusal(opened.start('CLOSE'))).toBe('CLOSE_RUNNING');
  opened.died(september);
  expect((await opened.start('CLOSE')).name).toBe('2026-10-1');
  expect(await opened.portal.closes.run(SEPTEMBER, '2026-09-1')).toMatchObject({ status: 'FAILED' });
});

test('a dry run starts before the cutoff and leaves the close as it is', async () => {
  opened.clock.time = new Date('2026-10-20T08:00:00Z');
  const dryRun = () =>
    startClose(opened.portal, { period: OCTOBER, mode: 'CLOSE', dryRun: true, now: opened.clock.time });
  expect([(await dryRun()).name, (await dryRun()).name]).toEqual(['2026-10-dry-1', '2026-10-dry-2']);
  expect(await opened.portal.closes.get(OCTOBER)).toBeUndefined();
  opened.clock.time = new Date('2026-11-10T02:00:00Z');
  expect((await opened.start('SCHEDULED')).name).toBe('2026-10-1');
});
