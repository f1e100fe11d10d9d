import { readFileSync } from 'node:fs';
import { period } from '../../lambdas/domain/calendar/period.ts';
import type { CloseRun } from '../../lambdas/domain/close/run.ts';
import type { FunctionDefinition } from '../../lambdas/manifest/functions/function.ts';
import { type FunctionName, functions } from '../../lambdas/manifest/functions.ts';
import { tablePorts } from '../../lambdas/runtime/all-ports.ts';
import type { Task } from '../../lambdas/runtime/task-handler.ts';
import { openTable } from '../../lambdas/stores/table.ts';
import { TerminalError } from '../../lambdas/use-cases/errors.ts';
import { importProgramme } from '../../lambdas/use-cases/import-programme.ts';
import type { Portal } from '../../lambdas/use-cases/ports/portal.ts';
import { startClose } from '../../lambdas/use-cases/start-close.ts';
import { openLocalClient } from '../../local/dynamodb/client.ts';
import { plainProgramme } from '../../local/simulation/plain-programme.ts';
import { openVirtualClock } from '../../local/simulation/virtual-clock.ts';
import { openLife, openWorld, TABLE_NAME } from '../../local/simulation/world.ts';
import { loadDefinition } from '../../local/state-machine/load-definition.ts';
import { createRunner } from '../../local/state-machine/runner.ts';
import type { ExecutionResult } from '../../local/state-machine/types.ts';
import { recordingRights } from '../support/recording-rights.ts';

/**
 * Closes a small programme, with batches and runs that fail, each function on a portal of its own that writes down what it
 * asks of the table: a right that is missing in the manifest would stop the close on AWS only.
 */
const OCTOBER = period('2026-10');
const CUTOFF = new Date('2026-11-10T02:00:00Z');
const DEFINITION = new URL('../../statemachines/billing-close.asl.json', import.meta.url);

// Jobs beside the close; what they need is seen in tests of their own, each named after its job.
const OF_THEIR_OWN: readonly string[] = [
  'startClose',
  'contractDay',
  'programmeDay',
  'usageFiles',
  'meterDay',
  'deliverWebhooks',
  'exports',
  'dealDay',
];
const all = Object.entries<FunctionDefinition>(functions) as [FunctionName, FunctionDefinition][];
const inMachine = all.filter(([name, { entry }]) => !entry.startsWith('lambdas/api/') && !OF_THEIR_OWN.includes(name));
const closing: FunctionName[] = ['startClose', 'closesApi', ...inMachine.map(([name]) => name)];

const used = new Map(closing.map((name) => [name, new Set<string>()]));
/** What stands in the way of a function until it is taken away. */
const obstacles = new Set<FunctionName>();
const world = await openWorld(CUTOFF);
// By the policy that holds usage back, the cutoff asks for more.
const { portal: whole } = openLife(world, { seed: 1, cutoffPolicy: 'billMinimumCommit' });
const executions: Promise<ExecutionResult>[] = [];

function portalOf(name: FunctionName): Portal {
  const { requestHandler } = world.database;
  const recording = recordingRights(requestHandler, used.get(name) ?? new Set());
  const table = openTable(openLocalClient(recording), TABLE_NAME);
  return {
    ...whole,
    ...tablePorts(table),
    executions: {
      start: async (run, input) => {
        executions.push(runner.start({ name: run, input }));
      },
      status: async () => 'ENDED',
      progress: async () => [],
    },
  };
}

async function deployed(name: FunctionName): Promise<(event: unknown) => Promise<unknown>> {
  const { task } = (await import(`../../${functions[name].entry}`)) as { task: Task<unknown> };
  const portal = portalOf(name);
  return async (event) => {
    if (obstacles.has(name)) throw new TerminalError(`${name} is kept from working`);
    return task(portal, event);
  };
}

const nameInMachine = (name: string) => `${name[0]?.toUpperCase()}${name.slice(1)}`;
const deployedInMachine = await Promise.all(
  inMachine.map(async ([name]) => [nameInMachine(name), await deployed(name)] as const),
);
const runner = createRunner({
  definition: loadDefinition(readFileSync(DEFINITION, 'utf8'), {
    ...Object.fromEntries(deployedInMachine.map(([name]) => [name, name])),
    WorkBucket: 'work',
  }),
  functions: Object.fromEntries(deployedInMachine),
  objects: {
    read: async (_bucket, key) =>
      (async function* () {
        yield (await whole.workFiles.get(key)) ?? new Uint8Array();
      })(),
    write: async (_bucket, key, body) => {
      await whole.workFiles.putOnce(key, body, 'application/json');
    },
  },
  clock: openVirtualClock(world.time),
  random: () => 0.5,
});

/** Starts a close while these functions fail, and answers the run's end. */
async function closeWithout(start: () => Promise<unknown>, ...failing: FunctionName[]): Promise<CloseRun | undefined> {
  obstacles.clear();
  for (const name of failing) obstacles.add(name);
  await start();
  await executions.at(-1);
  const [last] = await whole.closes.runs(OCTOBER);
  return last;
}

afterAll(() => world.close());

test('a close, with all that can go wrong in it, calls nothing that the manifest does not allow', async () => {
  await importProgramme(whole, plainProgramme({ period: OCTOBER, contracts: 12, lines: 3 }));
  const schedule = await deployed('startClose');
  const api = portalOf('closesApi');
  const scheduled = () => schedule({ scheduledTime: CUTOFF.toISOString() });
  const redriven = () => startClose(api, { period: OCTOBER, mode: 'REDRIVE', now: CUTOFF, actor: 'ada' });

  const setAside = await closeWithout(scheduled, 'rateBatch');
  expect(setAside).toMatchObject({ status: 'SUCCEEDED', report: { invoices: 0 } });
  expect(setAside?.report?.failed.length).toBeGreaterThan(0);
  expect(await closeWithout(redriven, 'planRun')).toMatchObject({ status: 'FAILED' });
  expect(await closeWithout(redriven)).toMatchObject({ status: 'SUCCEEDED', report: { reconciled: true, failed: [] } });

  const asked = closing.map((name) => [name, [...(used.get(name) ?? [])].sort()] as const);
  const allowed = (name: FunctionName): readonly string[] => (functions[name] as FunctionDefinition).rights.table ?? [];
  const beyond = asked.map(([name, rights]) => [name, rights.filter((right) => !allowed(name).includes(right))]);
  expect(beyond.filter(([, rights]) => rights?.length)).toEqual([]);
  // A function that has asked for nothing was not tried.
  const idle = asked.filter(([, rights]) => rights.length === 0).map(([name]) => name);
  expect(idle).toEqual(closing.filter((name) => allowed(name).length === 0));
});
