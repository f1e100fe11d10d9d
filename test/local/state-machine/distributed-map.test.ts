import type { Json } from '../../../local/state-machine/types.ts';
import { failsOn, fromS3, lines, mapOf, runOver } from '../../support/distributed-maps.ts';
import { createMemoryObjects, invoke, machineOf, powerCut, testRunner } from '../../support/state-machines.ts';

test('children run side by side within MaxConcurrency, which 0 and more than the cap leave to the cap', async () => {
  const mostAtOnce = async (MaxConcurrency: number) => {
    let running = 0;
    let most = 0;
    const { mapRun } = await runOver(
      mapOf({ ...fromS3('JSONL'), MaxConcurrency }),
      lines(1, 2, 3, 4, 5, 6, 7, 8, 9),
      async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise(setImmediate);
        running -= 1;
      },
    );
    expect(mapRun?.maxConcurrency).toBe(MaxConcurrency);
    return most;
  };
  expect(await mostAtOnce(3)).toBe(3);
  expect(await mostAtOnce(0)).toBe(4);
  expect(await mostAtOnce(1000)).toBe(4);
});

test('without tolerance one failed item fails the Map state, and no further child is started', async () => {
  const { result, mapRun, events } = await runOver(
    mapOf({ ...fromS3('JSONL'), MaxConcurrency: 1 }),
    lines(1, 2, 3, 4),
    failsOn(2),
  );
  expect(result).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
  expect(mapRun).toMatchObject({ status: 'FAILED', itemCounts: { total: 4, succeeded: 1, failed: 1, pending: 2 } });
  expect(events.at(-2)).toMatchObject({ type: 'MapRunFinished', state: 'A', failed: 1 });
});

test('a Catch sees the exceeded threshold', async () => {
  const states = {
    ...mapOf({ ...fromS3('JSONL'), Catch: [{ ErrorEquals: ['States.ExceedToleratedFailureThreshold'], Next: 'Z' }] }),
    Z: { Type: 'Pass', Output: 'caught', End: true },
  };
  expect((await runOver(states, lines(1), failsOn(1))).result).toMatchObject({ output: 'caught' });
});

test('tolerated failures are counted in items, and the failed children are told in full', async () => {
  const states = mapOf({ ...fromS3('JSONL'), ItemBatcher: { MaxItemsPerBatch: 2 }, ToleratedFailureCount: 2 });
  const { result, mapRun } = await runOver(states, lines(1, 2, 3, 4), failsOn(3));
  expect(mapRun?.itemCounts).toMatchObject({ succeeded: 2, failed: 2 });
  expect(result).toMatchObject({
    status: 'SUCCEEDED',
    output: [{ Items: [1, 2] }, { Status: 'FAILED', Error: 'RangeError', Input: '{"Items":[3,4]}' }],
  });
  const stricter = mapOf({ ...fromS3('JSONL'), ItemBatcher: { MaxItemsPerBatch: 2 }, ToleratedFailureCount: 1 });
  expect((await runOver(stricter, lines(1, 2, 3, 4), failsOn(3))).result).toMatchObject({ status: 'FAILED' });
});

test('a tolerated percentage is one of all items; of two tolerances the lower counts', async () => {
  const failed = async (tolerance: Record<string, unknown>) =>
    (await runOver(mapOf({ ...fromS3('JSONL'), ...tolerance }), lines(1, 2, 3, 4), failsOn(1, 2))).result.status;
  expect(await failed({ ToleratedFailurePercentage: 50 })).toBe('SUCCEEDED');
  expect(await failed({ ToleratedFailurePercentage: 49 })).toBe('FAILED');
  expect(await failed({ ToleratedFailurePercentage: '{% 100 %}', ToleratedFailureCount: 1 })).toBe('FAILED');
  expect(await failed({ ToleratedFailurePercentage: 100, ToleratedFailureCount: 2 })).toBe('SUCCEEDED');
});

test('a child is an execution of its own, with its input, a name and no Map context', async () => {
  const { result } = await runOver(
    mapOf(
      { ...fromS3('JSONL'), Label: 'Rate' },
      { P: { Type: 'Pass', Output: '{% $states.context.Execution %}', End: true } },
    ),
    lines('x'),
  );
  const [execution] = (result as unknown as { output: { Id: string; Name: string; Input: Json }[] }).output;
  expect(execution?.Id).toBe(`arn:aws:states:local:000000000000:execution:billing-close/Rate:${execution?.Name}`);
  expect(execution?.Input).toBe('x');
});

test('an Express child ends after five minutes, past its own Catch; a Standard one may take longer', async () => {
  const slow = (type: string) =>
    mapOf({ ...fromS3('JSONL') }, { W: { Type: 'Wait', Seconds: 400, Next: 'F' }, F: invoke('f') }, type);
  const express = await runOver(slow('EXPRESS'), lines(1));
  expect(express.result).toMatchObject({
    error: 'States.ExceedToleratedFailureThreshold',
    cause: expect.stringContaining('300 seconds'),
  });
  expect((await runOver(slow('STANDARD'), lines(1))).result).toMatchObject({ output: [1] });
});

test('events and map runs tell the progress while it goes on', async () => {
  const { events } = await runOver(mapOf({ ...fromS3('JSONL'), MaxConcurrency: 1 }), lines(1, 2));
  expect(events.filter(({ type }) => type.startsWith('MapRun'))).toEqual([
    { type: 'MapRunStarted', state: 'A', total: 2, succeeded: 0, failed: 0, pending: 2 },
    { type: 'MapRunProgress', state: 'A', total: 2, succeeded: 1, failed: 0, pending: 1 },
    { type: 'MapRunProgress', state: 'A', total: 2, succeeded: 2, failed: 0, pending: 0 },
    { type: 'MapRunFinished', state: 'A', total: 2, succeeded: 2, failed: 0, pending: 0 },
  ]);
  expect(events.filter(({ type }) => type === 'StateEntered')).toHaveLength(1);
  const { objects } = createMemoryObjects({ 'work/in': lines(1, 2) });
  let during: unknown;
  const { runner } = testRunner({
    definition: machineOf(mapOf({ ...fromS3('JSONL'), MaxConcurrency: 1 })),
    objects,
    functions: {
      f: async () => {
        during ??= structuredClone(runner.mapRuns('x')[0]);
      },
    },
  });
  await runner.start({ name: 'x', input: { key: 'in' } });
  expect(during).toMatchObject({ status: 'RUNNING', label: 'A', itemCounts: { running: 1, pending: 1 } });
  expect(runner.mapRuns('x')[0]).toMatchObject({ status: 'SUCCEEDED', itemCounts: { running: 0, succeeded: 2 } });
});

test('a crash in a child rejects the run once the children under way have ended', async () => {
  const crash = powerCut();
  const begun: unknown[] = [];
  const ended: unknown[] = [];
  const f = async (n: unknown) => {
    begun.push(n);
    await new Promise(setImmediate);
    if (n === 1) throw crash;
    await new Promise(setImmediate);
    ended.push(n);
  };
  await expect(runOver(mapOf({ ...fromS3('JSONL'), MaxConcurrency: 2 }), lines(1, 2, 3, 4), f)).rejects.toBe(crash);
  expect([begun, ended]).toEqual([[1, 2], [2]]);
});

test('aborting stops between the children', async () => {
  const { objects } = createMemoryObjects({ 'work/in': lines(1, 2, 3) });
  const stop = new AbortController();
  const seen: unknown[] = [];
  const f = async (n: unknown) => {
    seen.push(n);
    stop.abort();
  };
  const definition = machineOf(mapOf({ ...fromS3('JSONL'), MaxConcurrency: 1 }));
  const { runner } = testRunner({ definition, objects, functions: { f } });
  expect(await runner.start({ name: 'x', input: { key: 'in' }, signal: stop.signal })).toEqual({ status: 'ABORTED' });
  expect(seen).toEqual([1]);
});
