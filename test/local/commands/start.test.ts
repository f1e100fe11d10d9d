import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PORTAL = join(import.meta.dirname, '../../../bin/portal.ts');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portal-start-'));
});
afterEach(() => rm(folder, { recursive: true }));

function start(data: string) {
  const child = spawn(process.execPath, [PORTAL, 'start', '--data', data, '--period', '2026-09', '--exit', '--json']);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => {
    output.stdout += text;
  });
  child.stderr.on('data', (text) => {
    output.stderr += text;
  });
  return { child, output, ended: once(child, 'close') };
}

const invoicesIn = async (data: string): Promise<string[]> =>
  (await readdir(join(data, 'documents/invoices'), { recursive: true }).catch(() => []))
    .filter((name) => name.endsWith('.json'))
    .sort();

/** Kills the process once it has written its first invoices: in the middle of the first of the closes. */
async function startAndKill(data: string): Promise<void> {
  const { child, ended } = start(data);
  while ((await invoicesIn(data)).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill('SIGKILL');
  await ended;
}

test('a start that is killed in the middle of a close is taken up by the next: all is billed, no number is left out', async () => {
  await startAndKill(folder);
  const { output, ended } = start(folder);
  expect(await ended).toEqual([0, null]);
  const report = JSON.parse(output.stdout);
  expect(report).toMatchObject({ period: '2026-09', reconciled: true, failed: 0 });
  const numbers = (await invoicesIn(folder)).map((path) => path.slice(-'INV-2026-000001.json'.length, -'.json'.length));
  expect(numbers.length).toBeGreaterThan(report.invoices);
  expect(numbers.toSorted()).toEqual(numbers.map((_, index) => `INV-2026-${String(index + 1).padStart(6, '0')}`));
}, 120_000);
