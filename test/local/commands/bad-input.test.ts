import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { addMonths, type Period, period } from '../../../lambdas/domain/calendar/period.ts';
import { DEFAULT_CALENDAR, latestClosablePeriod } from '../../../lambdas/domain/calendar/programme-calendar.ts';
import { tellError } from '../../../local/commands/errors.ts';
import { type FolderContents, writeDataFolder } from '../../../local/data-folder.ts';
import { openLocalPortal } from '../../../local/local-portal.ts';

const PORTAL = join(import.meta.dirname, '../../../bin/portal.ts');
const CLOSABLE = latestClosablePeriod(new Date(), DEFAULT_CALENDAR);

let folder: string;
let data: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portal-bad-input-'));
  data = join(folder, 'data');
});
afterEach(() => rm(folder, { recursive: true }));

/** Runs a command; what it has said and its exit code. */
async function run(...args: string[]): Promise<[said: string, exitCode: number]> {
  // Who runs the tests may want colours; the words are what is read here.
  const { FORCE_COLOR: _, ...env } = process.env;
  const child = spawn(process.execPath, [PORTAL, ...args, '--data', data], { env: { ...env, NO_COLOR: '1' } });
  const [said, [exitCode]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  return [said, exitCode];
}

const contents = (over: Partial<FolderContents> = {}): FolderContents => ({
  version: 1,
  kind: 'portal',
  seed: 1,
  period: CLOSABLE,
  seeded: true,
  ...over,
});

const trace = async (): Promise<string> => {
  const file = join(folder, 'trace.csv');
  await writeFile(file, 'batch,start_s,duration_s,censored,vcpus,memory_gb\n0,0,300,0,8,14\n');
  return file;
};

test('data that a portal runs on are not removed by who starts over', async () => {
  const inUse = [expect.stringContaining(`${data} is in use by another process`), 1];
  await writeDataFolder(data, contents({ kind: 'demo' }));
  const local = await openLocalPortal({ folder: data });
  try {
    await local.portal.documents.putOnce('kept.txt', Buffer.from('kept'), 'text/plain');
    expect(await run('start', '--fresh', '--exit')).toEqual(inUse);
    expect(await run('seed', '--fresh')).toEqual(inUse);
    expect(await run('demo', '--trace', await trace(), '--period', '2026-10')).toEqual(inUse);
    expect(await readFile(join(data, 'documents/kept.txt'), 'utf8')).toBe('kept');
  } finally {
    await local.close();
  }
}, 60_000);

test('who starts over removes data that nobody uses, also where the database is damaged', async () => {
  await writeDataFolder(data, contents({ kind: 'demo' }));
  await mkdir(join(data, 'database'));
  await writeFile(join(data, 'database/CURRENT'), 'nothing that is there\n');
  expect(await run('demo', '--trace', await trace(), '--period', '2026-10', '--providers', '1')).toEqual([
    expect.stringContaining('Documents'),
    0,
  ]);
}, 60_000);

test.each([['start', '--exit'], ['seed']])(
  '%s takes no latest period that can not be closed yet, and removes nothing for it',
  async (...command) => {
    await writeDataFolder(data, contents());
    const open: Period = addMonths(CLOSABLE, 1);
    const told = `Error  Period ${open} can't be closed yet: the latest that is past its cutoff is ${CLOSABLE}\n`;
    expect(await run(...command, '--fresh', '--period', open)).toEqual([told, 1]);
    expect(await readdir(data)).toEqual(['portal.json']);
  },
  60_000,
);

test('a port in use is told before anything is removed or made', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = String((server.address() as AddressInfo).port);
  const told = `Error  Port ${port} of 127.0.0.1 is in use: stop what listens there, or choose another port with --port\n`;
  expect(await run('start', '--port', port)).toEqual([told, 1]);
  expect(await readdir(folder)).toEqual([]);
  await writeDataFolder(data, contents());
  expect(await run('start', '--fresh', '--port', port)).toEqual([told, 1]);
  expect(await readdir(data)).toEqual(['portal.json']);
  server.close();
}, 60_000);

test('the data of a demo are nothing to start a portal on, and have no user for a token', async () => {
  await writeDataFolder(data, contents({ kind: 'demo', period: period('2026-10') }));
  const told = `Error  ${data} holds a demo: choose another folder with --data, or start over with --fresh\n`;
  expect(await run('start', '--exit')).toEqual([told, 1]);
  expect(await run('token', 'create', '--as', 'vendor')).toEqual([
    `Error  ${data} has no user vendor: give the id of one with --user\n`,
    1,
  ]);
}, 60_000);

test('who asks for another programme than the folder holds is told so', async () => {
  await writeDataFolder(data, contents());
  const told = `Error  ${data} holds the programme of seed 1 up to ${CLOSABLE}: choose another folder with --data, or start over with --fresh\n`;
  expect(await run('start', '--exit', '--seed', '2')).toEqual([told, 1]);
  expect(await run('start', '--exit', '--period', addMonths(CLOSABLE, -1))).toEqual([told, 1]);
}, 60_000);

test('a reader that goes away does not end the work', async () => {
  const args = [PORTAL, 'demo', '--trace', await trace(), '--period', '2026-10', '--providers', '1', '--data', data];
  const child = spawn(process.execPath, args);
  child.stdout.destroy();
  child.stderr.destroy();
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(await readdir(join(data, 'documents/reports/2026-10'))).toEqual(['2026-10-1.json']);
}, 60_000);

test('what can not be written is told, and is no success', async () => {
  const input = await trace();
  const onlyRead = await open(input, 'r');
  const args = [PORTAL, 'demo', '--trace', input, '--period', '2026-10', '--providers', '1', '--data', data, '--json'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', onlyRead.fd, 'pipe'] });
  const [said, [exitCode]] = await Promise.all([text(child.stderr!), once(child, 'close')]);
  expect([said, exitCode]).toEqual([expect.stringMatching(/What was to be printed can't be written \(EBADF\)\n$/), 1]);
  await onlyRead.close();
}, 60_000);

test('a place where no folder can be, and a database that is damaged, are told with what to do', async () => {
  await writeFile(data, 'a file');
  expect(await run('start', '--exit')).toEqual([`Error  ${data} is no folder\n`, 1]);
  expect(await run('start', '--exit', '--fresh')).toEqual([`Error  ${data} is no folder\n`, 1]);
  data = join(data, 'within');
  const told = `Error  ${data} can't be made (ENOTDIR): choose another folder with --data\n`;
  expect(await run('start', '--exit')).toEqual([told, 1]);
  data = join(folder, 'damaged');
  await writeDataFolder(data, contents());
  await mkdir(join(data, 'database'));
  await writeFile(join(data, 'database/CURRENT'), 'nothing');
  expect(await run('start', '--exit')).toEqual([
    expect.stringMatching(/^Error {2}The database of \S+ is damaged or can't be read: .*--fresh \(.*\)\n$/),
    1,
  ]);
}, 60_000);

test.each([
  ['by the system', Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })],
  ['by the database', new Error('Error: IO error: /data/database/000003.log: No space left on device')],
  [
    'by the database as it opens',
    new Error('Database failed to open', { cause: new Error('/data/database/000005.log: No space left on device') }),
  ],
])('a full disk, told %s, is told with its place and what to do', (_who, error) => {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    expect(tellError(error, '/data')).toBe(1);
    expect(write.mock.calls.join('')).toContain(
      'There is no space left on the disk of /data: make room, then run the command again',
    );
  } finally {
    write.mockRestore();
  }
});
