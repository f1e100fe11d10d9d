import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createExecutions } from '../../../local/state-machine/executions.ts';
import type { ExecutionEvent, LambdaHandler } from '../../../local/state-machine/types.ts';
import { invoke, machineOf, testRunner } from '../../support/state-machines.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'executions-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const child = {
  ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
  StartAt: 'F',
  States: { F: invoke('f') },
};
const states = { A: { Type: 'Map', Items: '{% $states.input.list %}', ItemProcessor: child, End: true } };

function open(f: LambdaHandler = async (payload) => payload, onEvent?: (name: string, event: ExecutionEvent) => void) {
  const { runner, clock } = testRunner({ definition: machineOf(states), functions: { f } });
  return createExecutions({ folder, runner, clock, ...(onEvent && { onEvent }) });
}

const onDisk = (name: string) => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));

test('an execution is RUNNING on disk from its start, then SUCCEEDED with its output', async () => {
  const executions = open();
  const started = executions.start('2026-02-1', { list: [1, 2] });
  const running = {
    name: '2026-02-1',
    status: 'RUNNING',
    input: { list: [1, 2] },
    startDate: '2026-03-01T00:00:00.000Z',
  };
  expect(started).toEqual(running);
  expect(onDisk('2026-02-1')).toEqual(running);
  expect(executions.describe('2026-02-1')).toEqual(running);
  const ended = await executions.wait('2026-02-1');
  expect(ended).toMatchObject({
    ...running,
    status: 'SUCCEEDED',
    output: [1, 2],
    stopDate: '2026-03-01T00:00:00.000Z',
  });
  expect(executions.describe('2026-02-1')).toEqual(ended);
  expect(onDisk('2026-02-1')).toEqual(ended);
  expect(readdirSync(folder)).toEqual(['2026-02-1.json']);
});

test('a failed execution keeps its error and cause', async () => {
  const executions = open(async () => {
    throw new RangeError('bad');
  });
  executions.start('x', { list: [1] });
  expect(await executions.wait('x')).toMatchObject({
    status: 'FAILED',
    error: 'States.ExceedToleratedFailureThreshold',
    cause: expect.stringContaining('bad'),
  });
});

test('a name can be used once, also after the process has come back', async () => {
  const executions = open();
  executions.start('x', { list: [] });
  expect(() => executions.start('x', { list: [] })).toThrow("An execution named 'x' already exists");
  await executions.wait('x');
  expect(() => executions.start('x', { list: [] })).toThrow(
    expect.objectContaining({ name: 'ExecutionAlreadyExists' }),
  );
  expect(() => open().start('x', { list: [] })).toThrow(expect.objectContaining({ name: 'ExecutionAlreadyExists' }));
  expect(await open().wait('x')).toMatchObject({ status: 'SUCCEEDED', output: [] });
});

test('an execution found RUNNING at the opening has failed with its process', async () => {
  const crash = Object.assign(new Error('power cut'), { isCrash: true });
  const executions = open(async () => {
    throw crash;
  });
  executions.start('x', { list: [1] });
  await expect(executions.wait('x')).rejects.toBe(crash);
  expect(onDisk('x').status).toBe('RUNNING');
  const later = open();
  expect(later.describe('x')).toMatchObject({
    status: 'FAILED',
    error: 'ProcessStopped',
    stopDate: '2026-03-01T00:00:00.000Z',
  });
  expect(onDisk('x')).toEqual(later.describe('x'));
  expect(later.mapRuns('x')).toEqual([]);
});

test('a half-written state file left by a crash is no execution', () => {
  writeFileSync(join(folder, 'x.json.part'), '{"name":');
  expect(() => open().describe('x')).toThrow("There is no execution named 'x'");
});

test('map runs are told while the execution runs and after a restart', async () => {
  const during: unknown[] = [];
  const executions = open(async (payload) => {
    during.push(executions.mapRuns('x')[0]?.status);
    return payload;
  });
  executions.start('x', { list: [1] });
  await executions.wait('x');
  expect(during).toEqual(['RUNNING']);
  expect(executions.mapRuns('x')).toMatchObject([
    { state: 'A', status: 'SUCCEEDED', itemCounts: { total: 1, succeeded: 1 } },
  ]);
  expect(open().mapRuns('x')).toEqual(executions.mapRuns('x'));
});

test('events carry the name of their execution', async () => {
  const told: string[] = [];
  const executions = open(undefined, (name, event) => told.push(`${name} ${event.type}`));
  executions.start('x', { list: [] });
  await executions.wait('x');
  expect(told[0]).toBe('x StateEntered');
});

test('an unknown name and an impossible name are told apart', async () => {
  const executions = open();
  for (const ask of [executions.describe, executions.mapRuns]) {
    expect(() => ask('x')).toThrow(expect.objectContaining({ name: 'ExecutionDoesNotExist' }));
  }
  await expect(executions.wait('x')).rejects.toThrow("There is no execution named 'x'");
  expect(() => executions.start('../x', {})).toThrow("'../x' can not name an execution");
});
