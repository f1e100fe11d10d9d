import type { CloseRun } from '../../lambdas/domain/close/run.ts';
import { startDueClose } from '../../lambdas/use-cases/start-due-close.ts';
import { type ClosePortal, openClosePortal, SEPTEMBER } from '../support/close-portal.ts';

let opened: ClosePortal;
beforeEach(async () => {
  opened = await openClosePortal();
});
afterEach(() => opened.close());

const due = (at: string) => startDueClose(opened.portal, new Date(at));

/** Closes September, and ends its run. */
async function closeSeptember(): Promise<void> {
  opened.clock.time = new Date('2026-10-10T02:00:00Z');
  const run: CloseRun = await opened.start('SCHEDULED', SEPTEMBER);
  opened.executions.set(run.name, 'ENDED');
  await opened.portal.units.commit(opened.portal.closes.finished({ ...run, status: 'SUCCEEDED' }, 'COMPLETE'));
}

test('on the day of the cutoff the close starts, with its date', async () => {
  expect(await due('2026-11-10T01:59:00Z')).toBeUndefined();
  expect(await due('2026-11-10T02:00:00Z')).toMatchObject({ name: '2026-10-1', invoiceDate: '2026-11-10' });
});

test('a close that was missed starts the next day, with that day; then nothing is due until the next cutoff', async () => {
  await closeSeptember();
  expect(await due('2026-11-09T02:00:00Z')).toBeUndefined();
  expect(await due('2026-11-11T02:00:00Z')).toMatchObject({ name: '2026-10-1', invoiceDate: '2026-11-11' });
  expect(await due('2026-11-12T02:00:00Z')).toBeUndefined();
  expect([...opened.executions.keys()]).toEqual(['2026-09-1', '2026-10-1']);
});

test('of months that were missed the oldest is closed first, and the next when it has ended', async () => {
  await closeSeptember();
  const first = (await due('2027-01-10T02:00:00Z')) as CloseRun;
  expect([first.name, first.invoiceDate]).toEqual(['2026-10-1', '2027-01-10']);
  await expect(due('2027-01-10T03:00:00Z')).rejects.toMatchObject({ code: 'CLOSE_RUNNING' });
  opened.died(first);
  expect((await due('2027-01-11T02:00:00Z'))?.name).toBe('2026-11-1');
  opened.executions.set('2026-11-1', 'ENDED');
  expect(await due('2027-01-12T02:00:00Z')).toMatchObject({ name: '2026-12-1', invoiceDate: '2027-01-12' });
});

test('a portal that has closed nothing yet waits for its first cutoff', async () => {
  expect(await due('2026-11-20T02:00:00Z')).toBeUndefined();
  expect((await due('2026-12-10T02:00:00Z'))?.name).toBe('2026-11-1');
});
