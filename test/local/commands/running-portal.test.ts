import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { NoAnswer, Refusal } from '../../../client/refusal.ts';
import { period } from '../../../lambdas/domain/calendar/period.ts';
import { importProgramme } from '../../../lambdas/use-cases/import-programme.ts';
import { CommandError } from '../../../local/commands/errors.ts';
import { close, report } from '../../../local/commands/operate.ts';
import { RunFailed } from '../../../local/commands/run-close.ts';
import { type HttpServer, startHttpServer } from '../../../local/http/server.ts';
import { type LocalPortal, openLocalPortal } from '../../../local/local-portal.ts';
import { closeProgramme } from '../../../local/simulation/close-programme.ts';
import { plainId } from '../../../local/simulation/plain-programme.ts';
import { plainUser, plainUserToken } from '../../../local/simulation/plain-user.ts';

const OCTOBER = period('2026-10');
const VENDOR = plainId(1, 0);
const TOKEN = plainUserToken(VENDOR);
const SHAPE = { contracts: 8, unpriced: true, mismatch: false, earlier: false };

let folder: string;
let local: LocalPortal;
let server: HttpServer;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portal-running-'));
  local = await openLocalPortal({ folder, clock: () => new Date('2026-11-10T03:00:00.000Z') });
  await importProgramme(local.portal, { ...closeProgramme(OCTOBER, SHAPE), ...plainUser(VENDOR, ['Operations']) });
  const { portal, links, folders } = local;
  const { documents, mail } = folders;
  server = await startHttpServer({ portal, port: 0, mailFolder: mail, documentsFolder: documents, links });
});
afterEach(async () => {
  await server.close();
  await local.close();
  await rm(folder, { recursive: true });
});

// The folder is in use by the portal that runs: no command could open it.
const options = (over: { token?: string; url?: string; period?: string } = {}) => ({
  data: folder,
  url: server.url,
  token: TOKEN,
  period: OCTOBER,
  json: true,
  ...over,
});

/** What a command prints as JSON. */
async function printed(command: Promise<void>): Promise<Record<string, unknown>> {
  const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    await command;
    return JSON.parse(write.mock.calls.map(([line]) => String(line)).join(''));
  } finally {
    write.mockRestore();
  }
}

const BILLED = { reconciled: true, orders: 8, invoices: 6, nothingToBill: 1, failed: [{ usagePeriod: '2026-10' }] };

test('a running portal is asked to estimate, close and redrive, and for its report', async () => {
  await expect(report(options())).rejects.toThrow(new CommandError('Period 2026-10 was not closed yet'));
  const estimated = await printed(close({ ...options(), dryRun: true }));
  expect(estimated).toMatchObject({ ...BILLED, run: '2026-10-dry-1' });
  const closed = await printed(close(options()));
  expect(closed).toMatchObject({ ...BILLED, run: '2026-10-1', totals: estimated.totals });
  expect({ run: '2026-10-1', ...(await printed(report(options()))) }).toEqual({ period: '2026-10', ...closed });
  const redriven = await printed(close(options(), 'REDRIVE'));
  expect(redriven).toMatchObject({ run: '2026-10-2', invoices: 0, failed: BILLED.failed });
  expect({ run: '2026-10-2', ...(await printed(report(options()))) }).toEqual({ period: '2026-10', ...redriven });
  await expect(close(options())).rejects.toThrow(Refusal);
}, 60_000);

test('a period without an order that is not billed is told so', async () => {
  const told = 'Period 2026-09 has no order that is not billed: there was nothing to do';
  await expect(close({ ...options({ period: '2026-09' }), dryRun: true })).rejects.toThrow(new CommandError(told));
  await expect(close(options({ period: '2026-09' }))).rejects.toThrow(new CommandError(told));
});

test('a run that fails there is told with its cause, and has no report', async () => {
  const { portal } = local;
  portal.executions = {
    ...portal.executions,
    start: async (name) => {
      const run = await portal.closes.run(OCTOBER, name);
      const failure = { code: 'States.Timeout', message: 'it took too long' };
      await portal.units.commit(portal.closes.finished({ ...run, status: 'FAILED', failure } as never, 'INCOMPLETE'));
    },
  };
  const failed = close(options());
  await expect(failed).rejects.toThrow(RunFailed);
  await expect(failed).rejects.toThrow('Run 2026-10-1 has failed: it took too long (States.Timeout)');
  await expect(report(options())).rejects.toThrow('Period 2026-10 has no report');
});

test('who asks without a token, with a wrong one, or nobody, is told so', async () => {
  await expect(report(options({ token: '' }))).rejects.toThrow('PORTAL_TOKEN');
  const wrong = report(options({ token: 'cpt_nobody_0123456789abcdef0123456789abcdef' }));
  await expect(wrong).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' });
  await expect(report(options({ url: 'http://127.0.0.1:9' }))).rejects.toThrow(NoAnswer);
});

test('the command takes its token from the environment and tells a refusal in a sentence', async () => {
  const args = [
    join(import.meta.dirname, '../../../bin/portal.ts'),
    'redrive',
    '--period',
    OCTOBER,
    '--url',
    server.url,
  ];
  // Who runs the tests may want colours; the words are what is read here.
  const { FORCE_COLOR: _, ...env } = process.env;
  const child = spawn(process.execPath, args, { env: { ...env, PORTAL_TOKEN: TOKEN, NO_COLOR: '1' } });
  const [said, [exitCode]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  expect([said, exitCode]).toEqual(['Error  Period 2026-10 was not closed yet\n', 1]);
}, 60_000);
