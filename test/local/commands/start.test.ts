import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { portalClient } from '../../../client/portal-client.ts';
import { isList, type RouteDefinition } from '../../../lambdas/manifest/routes/route.ts';
import { routes } from '../../../lambdas/manifest/routes.ts';

const HOUSE = join(import.meta.dirname, '../../..');
const PORTAL = join(HOUSE, 'bin/portal.ts');

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

type Who = Exclude<RouteDefinition['access'], 'PUBLIC'>['organizationType'];

/** What a portal that is started so says it serves: its address, and an API token for each kind of organization. */
async function serving(data: string, [command, ...args]: readonly [string, ...string[]]) {
  const child = spawn(command, [...args, '--data', data, '--port', '0'], { cwd: HOUSE });
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  const ended = once(child, 'close');
  while (!said.includes('Ctrl+C') && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 20));
  const [, url = ''] = /^API +(http\S+)\/api /m.exec(said) ?? [];
  const tokenOf = (who: string) => new RegExp(`^  ${who} +(cpt_\\S+)$`, 'm').exec(said)?.[1] ?? '';
  const tokens: Record<Who, string> = {
    VENDOR: tokenOf('vendor'),
    AGGREGATOR: tokenOf('aggregator'),
    SERVICE_PROVIDER: tokenOf('service provider'),
  };
  return { url, tokens, child, ended };
}

/** Lists that name no thing in their path, each with the parameters that it needs. */
const lists = Object.values<RouteDefinition>(routes).flatMap((route) => {
  const { access, path, query, example } = route;
  if (access === 'PUBLIC' || !isList(route) || path.includes('{')) return [];
  const asked = Object.entries(query.shape).flatMap(([name, schema]) => {
    if (name === 'usagePeriod') return [[name, '2026-09']];
    return schema.safeParse(undefined).success ? [] : [[name, example.query?.[name] ?? '']];
  });
  return [{ who: access.organizationType, path, asked: Object.fromEntries(asked) as Record<string, string> }];
});

/** Kills the process once it has written its first invoices: in the middle of the first of the closes. */
async function startAndKill(data: string): Promise<void> {
  const { child, ended } = start(data);
  while ((await invoicesIn(data)).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill('SIGKILL');
  await ended;
}

test('a start that is killed in the middle of a close is taken up by the next: all is billed, no number left out, and every list can be read', async () => {
  await startAndKill(folder);
  const { output, ended } = start(folder);
  expect(await ended).toEqual([0, null]);
  const report = JSON.parse(output.stdout);
  expect(report).toMatchObject({ period: '2026-09', reconciled: true, failed: 0 });
  const numbers = (await invoicesIn(folder)).map((path) => path.slice(-'INV-2026-000001.json'.length, -'.json'.length));
  expect(numbers.length).toBeGreaterThan(report.invoices);
  expect(numbers.toSorted()).toEqual(numbers.map((_, index) => `INV-2026-${String(index + 1).padStart(6, '0')}`));

  const { url, tokens, child, ended: stopped } = await serving(folder, ['npm', 'start', '--']);
  const bearers = {} as Record<Who, string>;
  for (const [who, userToken] of Object.entries(tokens)) {
    const { body } = await portalClient({ url }).signIn({ body: { type: 'UserToken', userToken } });
    bearers[who as Who] = body.accessToken;
  }
  const refused: string[] = [];
  for (const { who, path, asked } of lists) {
    const address = `${url}${path}?${new URLSearchParams(asked)}`;
    const { status } = await fetch(address, { headers: { authorization: `Bearer ${bearers[who]}` } });
    // Of what the sample's users may not read, they are told so.
    if (status !== 200 && status !== 403) refused.push(`${status} ${path}`);
  }
  expect(refused).toEqual([]);
  // Its output ends with the last process that has it: npm's end alone would not do.
  child.kill('SIGTERM');
  await stopped;
  await expect(fetch(url)).rejects.toThrow('fetch failed');

  const again = await serving(folder, [process.execPath, PORTAL, 'start']);
  for (const ms of [0, 5]) setTimeout(() => again.child.kill('SIGINT'), ms);
  expect(await again.ended).toEqual([0, null]);
}, 120_000);
