import { period } from '../../lambdas/domain/calendar/period.ts';
import { EXPORT_TRANSITIONS } from '../../lambdas/domain/document-export/status.ts';
import type { Caller } from '../../lambdas/use-cases/caller.ts';
import type { Portal } from '../../lambdas/use-cases/ports/portal.ts';
import { findExport, listExportedFiles } from '../../lambdas/use-cases/read-exports.ts';
import { requestExport } from '../../lambdas/use-cases/request-export.ts';
import { runExports } from '../../lambdas/use-cases/run-exports.ts';
import { storedInvoice } from '../support/billed-programme.ts';
import { withParts } from '../support/close-portal.ts';
import { type ApiPortal, openApiPortal } from '../support/portal.ts';

const CALLER: Caller = {
  userId: 'ada',
  organizationId: 'AGG-1',
  organizationType: 'AGGREGATOR',
  roles: ['Operations'],
};
const DOCUMENTS = 2_100;
const OCTOBER = period('2026-10');

let opened: ApiPortal;

beforeAll(async () => {
  opened = await openApiPortal();
  await opened.addOrganization('AGG-1', 'AGGREGATOR');
  const numbers = Array.from({ length: DOCUMENTS }, (_, n) => `INV-2026-${String(n + 1).padStart(6, '0')}`);
  for (let from = 0; from < numbers.length; from += 40) {
    const some = numbers.slice(from, from + 40).map((number) => storedInvoice(number));
    await opened.portal.units.commit(some.flatMap((invoice) => opened.portal.invoices.issued(invoice)));
  }
});
afterAll(() => opened.close());

const ask = (id: string) =>
  requestExport(
    opened.portal,
    { caller: CALLER, now: opened.clock.time, id },
    { from: OCTOBER, to: OCTOBER, kinds: ['ORDER'], forms: ['pdf'] },
  );
const statusOf = async (id: string) => (await findExport(opened.portal, CALLER, id, opened.clock.time)).status;
const later = (minutes: number) => {
  opened.clock.time = new Date(opened.clock.time.getTime() + minutes * 60_000);
};

async function namesOf(id: string) {
  const names: string[] = [];
  for (let offset = 0; offset < DOCUMENTS; offset += 200) {
    const { files } = await listExportedFiles(opened.portal, CALLER, id, { limit: 200, offset }, opened.clock.time);
    names.push(...files.map(({ name }) => name));
  }
  return names;
}

/** A portal whose work bucket fails when something is put under a name of that kind. */
const failingAt = (part: string): Portal =>
  withParts(opened.portal, {
    workFiles: {
      ...opened.portal.workFiles,
      putOnce: async (key, ...put) => {
        if (key.includes(part)) throw new Error('the function has died');
        return opened.portal.workFiles.putOnce(key, ...put);
      },
    },
  });

test('an export that dies in the middle is taken up where it stood, and has every document once', async () => {
  await ask('export-1');
  const { done, failures } = await runExports(failingAt('manifest/0001'));
  expect([done, failures.map(({ message }) => message)]).toEqual([0, ['export export-1 of AGG-1 was interrupted']]);
  expect(await opened.portal.documentExports.get({ organizationId: 'AGG-1', id: 'export-1' })).toMatchObject({
    ...{ status: 'RUNNING', parts: 1, documents: DOCUMENTS, attempts: 0 },
  });
  // Somebody may still be at work on it.
  expect(await runExports(opened.portal)).toEqual({ done: 0, failures: [] });
  // What comes meanwhile doesn't change what is in it.
  const late = storedInvoice('INV-2026-999999');
  await opened.portal.units.commit(opened.portal.invoices.issued(late));
  later(6);
  expect(await runExports(opened.portal)).toEqual({ done: 1, failures: [] });
  const names = await namesOf('export-1');
  expect([names.length, new Set(names).size, names.includes(late.number)]).toEqual([DOCUMENTS, DOCUMENTS, false]);
});

test('two that run at once make one export', async () => {
  await ask('export-2');
  const rounds = await Promise.all([runExports(opened.portal), runExports(opened.portal)]);
  expect(rounds.map(({ done }) => done).sort()).toEqual([0, 1]);
  expect(await statusOf('export-2')).toBe('DONE');
});

test('one that never gets anywhere has failed in the end, and makes room for the next', async () => {
  await ask('export-3');
  const dying = failingAt('chosen');
  for (let attempt = 0; attempt < 5; attempt++) {
    expect((await runExports(dying)).failures).toHaveLength(1);
    later(6);
  }
  expect(await runExports(dying)).toEqual({ done: 1, failures: [] });
  expect(await findExport(opened.portal, CALLER, 'export-3', opened.clock.time)).toMatchObject({
    ...{ status: 'FAILED', failure: { code: 'INTERRUPTED' } },
  });
  await ask('export-4');
  expect(await statusOf('export-4')).toBe('PENDING');
});

test('nothing leads out of FAILED and EXPIRED', () => {
  expect(EXPORT_TRANSITIONS.filter(({ from }) => from === 'FAILED' || from === 'EXPIRED')).toEqual([]);
});
