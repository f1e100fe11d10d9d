import {
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  ListMapRunsCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { openExecutions } from '../../lambdas/stores/step-functions.ts';

const stepFunctions = mockClient(SFNClient);
beforeEach(() => stepFunctions.reset());

const MACHINE = 'arn:aws:states:eu-central-1:111122223333:stateMachine:close';
const EXECUTION = 'arn:aws:states:eu-central-1:111122223333:execution:close:2026-10-1';
const executions = openExecutions(new SFNClient({ region: 'eu-central-1' }), MACHINE);
const error = { message: 'refused', $metadata: {} };
const unknown = new ExecutionDoesNotExist(error);

describe('start', () => {
  test('starts an execution under the name of the run', async () => {
    stepFunctions.on(StartExecutionCommand).resolves({});
    await executions.start('2026-10-1', { period: '2026-10' });
    expect(stepFunctions.commandCalls(StartExecutionCommand).map(({ args }) => args[0].input)).toEqual([
      { stateMachineArn: MACHINE, name: '2026-10-1', input: '{"period":"2026-10"}' },
    ]);
  });

  test('leaves an execution of that name that exists already as it is', async () => {
    stepFunctions.on(StartExecutionCommand).rejects(new ExecutionAlreadyExists(error));
    await expect(executions.start('2026-10-1', {})).resolves.toBeUndefined();
  });

  test('passes any other refusal on', async () => {
    stepFunctions.on(StartExecutionCommand).rejects(new Error('throttled'));
    await expect(executions.start('2026-10-1', {})).rejects.toThrow('throttled');
  });
});

describe('status', () => {
  test.each([
    ['RUNNING', 'RUNNING'],
    ['SUCCEEDED', 'ENDED'],
    ['FAILED', 'ENDED'],
    ['TIMED_OUT', 'ENDED'],
    ['ABORTED', 'ENDED'],
  ] as const)('of an execution that is %s is %s', async (status, expected) => {
    stepFunctions.on(DescribeExecutionCommand, { executionArn: EXECUTION }).resolves({ status });
    expect(await executions.status('2026-10-1')).toBe(expected);
  });

  test('of an execution that nobody knows is UNKNOWN', async () => {
    stepFunctions.on(DescribeExecutionCommand).rejects(unknown);
    expect(await executions.status('2026-10-1')).toBe('UNKNOWN');
  });

  test('is not guessed when it can not be read', async () => {
    stepFunctions.on(DescribeExecutionCommand).rejects(new Error('throttled'));
    await expect(executions.status('2026-10-1')).rejects.toThrow('throttled');
  });
});

describe('progress', () => {
  const mapRun = (label: string) => `${EXECUTION.replace(':execution:', ':mapRun:')}/${label}:0000`;
  const describeRun = (label: string, minute: number, itemCounts: Record<string, number>) =>
    stepFunctions.on(DescribeMapRunCommand, { mapRunArn: mapRun(label) }).resolves({
      mapRunArn: mapRun(label),
      startDate: new Date(Date.UTC(2026, 10, 10, 2, minute)),
      itemCounts: itemCounts as never,
    });

  test('tells the maps of an execution in the order they began', async () => {
    stepFunctions.on(ListMapRunsCommand, { executionArn: EXECUTION }).resolves({
      mapRuns: ['Issue', 'Rate', 'Settle'].map((label) => ({ mapRunArn: mapRun(label) })) as never,
    });
    describeRun('Settle', 9, { total: 4, succeeded: 0, failed: 0 });
    describeRun('Issue', 5, { total: 90, succeeded: 40, failed: 0 });
    describeRun('Rate', 1, { total: 100, succeeded: 98, failed: 2 });
    expect(await executions.progress('2026-10-1')).toEqual([
      { stage: 'Rate', total: 100, succeeded: 98, failed: 2 },
      { stage: 'Issue', total: 90, succeeded: 40, failed: 0 },
      { stage: 'Settle', total: 4, succeeded: 0, failed: 0 },
    ]);
  });

  test('of an execution that nobody knows is none', async () => {
    stepFunctions.on(ListMapRunsCommand).rejects(unknown);
    expect(await executions.progress('2026-10-1')).toEqual([]);
  });
});
