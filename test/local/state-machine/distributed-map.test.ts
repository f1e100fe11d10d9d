import { createResultFiles } from '../../../local/state-machine/result-files.ts';
import type { Json, LambdaHandler } from '../../../local/state-machine/types.ts';
import { createMemoryObjects, invoke, machineOf, runOnce, testRunner } from '../../support/state-machines.ts';

const lines = (...items: Json[]) => items.map((item) => `${JSON.stringify(item)}\n`).join('');
const failsOn =
  (...bad: Json[]): LambdaHandler =>
  async (payload) => {
    if (bad.some((item) => JSON.stringify(payload).includes(JSON.stringify(item)))) throw new RangeError('bad item');
    return payload;
  };

const map = (
  rest: Record<string, unknown> = {},
  child: Record<string, unknown> = { F: invoke('f') },
  type = 'EXPRESS',
) => ({
  A: {
    Type: 'Map',
    ItemProcessor: {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: type },
      StartAt: Object.keys(child)[0],
      States: child,
    },
    End: true,
    ...rest,
  },
});

const fromS3 = (InputType: string, rest: Record<string, unknown> = {}) => ({
  ItemReader: {
    Resource: 'arn:aws:states:::s3:getObject',
    Arguments: { Bucket: 'work', Key: '{% $states.input.key %}' },
    ReaderConfig: { InputType, ...rest },
  },
});

const toS3 = (rest: Record<string, unknown> = {}) => ({
  ResultWriter: {
    Resource: 'arn:aws:states:::s3:putObject',
    Arguments: { Bucket: 'work', Prefix: 'out' },
    ...rest,
  },
});

/** Runs the states over an object 'work/in' and tells what was written. */
async function run(states: Record<string, unknown>, text: string, f: LambdaHandler = async (payload) => payload) {
  const { objects, texts } = createMemoryObjects({ 'work/in': text });
  const done = await runOnce(states, { key: 'in' }, { functions: { f }, objects });
  const written = new Map([...texts].filter(([key]) => key !== 'work/in'));
  const file = (name: string) => [...written].find(([key]) => key.endsWith(name))?.[1];
  const [mapRun] = done.runner.mapRuns('test');
  return { ...done, written, file, mapRun };
}

test('JSON Lines are read item by item, across chunks, blank lines left out', async () => {
  const { result } = await run(map(fromS3('JSONL')), '{"n":1}\n\n{"n":"ü€"}\r\n{"n":3}');
  expect(result).toEqual({ status: 'SUCCEEDED', output: [{ n: 1 }, { n: 'ü€' }, { n: 3 }] });
});

test('characters that chunks cut apart are whole again', async () => {
  const text = '€ü'.repeat(50);
  expect((await run(map(fromS3('JSONL')), lines(text))).result).toMatchObject({ output: [text] });
});

test('a JSON array is read whole, and MaxItems bounds either kind', async () => {
  expect((await run(map(fromS3('JSON')), '[1,\n2, 3]')).result).toMatchObject({ output: [1, 2, 3] });
  const two = { MaxItems: '{% 1 + 1 %}' };
  expect((await run(map(fromS3('JSON', two)), '[1,2,3]')).result).toMatchObject({ output: [1, 2] });
  const { result, mapRun } = await run(map(fromS3('JSONL', two)), lines(1, 2, 3));
  expect(result).toMatchObject({ output: [1, 2] });
  expect(mapRun?.itemCounts.total).toBe(2);
});

test('no items at all is a success', async () => {
  expect((await run(map(fromS3('JSONL')), '')).result).toEqual({ status: 'SUCCEEDED', output: [] });
});

test('Items come from an expression', async () => {
  const { result } = await run(map({ Items: '{% [1..3] %}' }), '');
  expect(result).toMatchObject({ output: [1, 2, 3] });
});

test.each([
  ['an object that is not there', 'JSONL', 'other', ''],
  ['a line that is not JSON', 'JSONL', 'in', '1\n{\n'],
  ['a file that is not JSON', 'JSON', 'in', '['],
  ['a file that is no array', 'JSON', 'in', '{}'],
])('%s fails with States.ItemReaderFailed', async (_, type, key, text) => {
  const { objects } = createMemoryObjects({ 'work/in': text });
  const { result } = await runOnce(map(fromS3(type)), { key }, { objects, functions: { f: async () => 1 } });
  expect(result).toMatchObject({ status: 'FAILED', error: 'States.ItemReaderFailed' });
});

test('ItemSelector shapes each item; ItemBatcher puts them together with BatchInput', async () => {
  const states = map({
    ...fromS3('JSONL'),
    ItemSelector: { n: '{% $states.context.Map.Item.Value %}', at: '{% $states.context.Map.Item.Index %}' },
    ItemBatcher: { MaxItemsPerBatch: 2, BatchInput: { from: '{% $states.input.key %}' } },
  });
  const { result, mapRun } = await run(states, lines('a', 'b', 'c'));
  expect(result).toMatchObject({
    output: [
      {
        BatchInput: { from: 'in' },
        Items: [
          { n: 'a', at: 0 },
          { n: 'b', at: 1 },
        ],
      },
      { BatchInput: { from: 'in' }, Items: [{ n: 'c', at: 2 }] },
    ],
  });
  expect(mapRun?.itemCounts).toEqual({ total: 3, pending: 0, running: 0, succeeded: 3, failed: 0 });
  expect(mapRun?.executionCounts).toEqual({ total: 2, pending: 0, running: 0, succeeded: 2, failed: 0 });
});

test('a batch stays within MaxInputBytesPerBatch', async () => {
  const batches = async (MaxInputBytesPerBatch: number) => {
    const { result } = await run(
      map({ ...fromS3('JSONL'), ItemBatcher: { MaxInputBytesPerBatch } }),
      lines('aaaa', 'bbbb', 'cccc'),
    );
    return (result as unknown as { output: { Items: Json[] }[] }).output.map(({ Items }) => Items.length);
  };
  // {"Items":["aaaa","bbbb"]} is 25 bytes, one comma more is counted than there is.
  expect(await batches(26)).toEqual([2, 1]);
  expect(await batches(25)).toEqual([1, 1, 1]);
  expect(await batches(1000)).toEqual([3]);
});

test('an item too big for a child fails that child', async () => {
  const { result } = await run(
    map(fromS3('JSONL'), { P: { Type: 'Pass', Output: 1, End: true } }),
    lines('x'.repeat(300_000)),
  );
  expect(result).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
  expect(result).toMatchObject({ cause: expect.stringContaining('States.DataLimitExceeded') });
});

test('children run side by side within MaxConcurrency, which 0 and more than the cap leave to the cap', async () => {
  const mostAtOnce = async (MaxConcurrency: number) => {
    let running = 0;
    let most = 0;
    const { mapRun } = await run(
      map({ ...fromS3('JSONL'), MaxConcurrency }),
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
  const { result, mapRun, events } = await run(
    map({ ...fromS3('JSONL'), MaxConcurrency: 1 }),
    lines(1, 2, 3, 4),
    failsOn(2),
  );
  expect(result).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
  expect(mapRun).toMatchObject({ status: 'FAILED', itemCounts: { total: 4, succeeded: 1, failed: 1, pending: 2 } });
  expect(events.at(-2)).toMatchObject({ type: 'MapRunFinished', state: 'A', failed: 1 });
});

test('a Catch sees the exceeded threshold', async () => {
  const states = {
    ...map({ ...fromS3('JSONL'), Catch: [{ ErrorEquals: ['States.ExceedToleratedFailureThreshold'], Next: 'Z' }] }),
    Z: { Type: 'Pass', Output: 'caught', End: true },
  };
  expect((await run(states, lines(1), failsOn(1))).result).toMatchObject({ output: 'caught' });
});

test('tolerated failures are counted in items, and the failed children are told in full', async () => {
  const states = map({ ...fromS3('JSONL'), ItemBatcher: { MaxItemsPerBatch: 2 }, ToleratedFailureCount: 2 });
  const { result, mapRun } = await run(states, lines(1, 2, 3, 4), failsOn(3));
  expect(mapRun?.itemCounts).toMatchObject({ succeeded: 2, failed: 2 });
  expect(result).toMatchObject({
    status: 'SUCCEEDED',
    output: [{ Items: [1, 2] }, { Status: 'FAILED', Error: 'RangeError', Input: '{"Items":[3,4]}' }],
  });
  const stricter = map({ ...fromS3('JSONL'), ItemBatcher: { MaxItemsPerBatch: 2 }, ToleratedFailureCount: 1 });
  expect((await run(stricter, lines(1, 2, 3, 4), failsOn(3))).result).toMatchObject({ status: 'FAILED' });
});

test('a tolerated percentage is one of all items; of two tolerances the lower counts', async () => {
  const failed = async (tolerance: Record<string, unknown>) =>
    (await run(map({ ...fromS3('JSONL'), ...tolerance }), lines(1, 2, 3, 4), failsOn(1, 2))).result.status;
  expect(await failed({ ToleratedFailurePercentage: 50 })).toBe('SUCCEEDED');
  expect(await failed({ ToleratedFailurePercentage: 49 })).toBe('FAILED');
  expect(await failed({ ToleratedFailurePercentage: '{% 100 %}', ToleratedFailureCount: 1 })).toBe('FAILED');
  expect(await failed({ ToleratedFailurePercentage: 100, ToleratedFailureCount: 2 })).toBe('SUCCEEDED');
});

test('a child is an execution of its own, with its input, a name and no Map context', async () => {
  const { result } = await run(
    map(
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
    map({ ...fromS3('JSONL') }, { W: { Type: 'Wait', Seconds: 400, Next: 'F' }, F: invoke('f') }, type);
  const express = await run(slow('EXPRESS'), lines(1));
  expect(express.result).toMatchObject({
    error: 'States.ExceedToleratedFailureThreshold',
    cause: expect.stringContaining('300 seconds'),
  });
  expect((await run(slow('STANDARD'), lines(1))).result).toMatchObject({ output: [1] });
});

test('what all children give must fit the state unless a ResultWriter takes it', async () => {
  const big = async () => 'x'.repeat(200_000);
  expect((await run(map(fromS3('JSONL')), lines(1, 2), big)).result).toMatchObject({
    error: 'States.DataLimitExceeded',
  });
  expect((await run(map({ ...fromS3('JSONL'), ...toS3() }), lines(1, 2), big)).result.status).toBe('SUCCEEDED');
});

test('a ResultWriter writes a manifest and the results by status, and the state gives where they are', async () => {
  const states = map({ ...fromS3('JSONL'), ...toS3(), Label: 'Rate', ToleratedFailureCount: 1 });
  const { result, written, file } = await run(states, lines(1, 2), failsOn(2));
  const id = [...written.keys()].join().split('/')[2];
  const mapRunArn = `arn:aws:states:local:000000000000:mapRun:billing-close/Rate:${id}`;
  expect(result).toEqual({
    status: 'SUCCEEDED',
    output: { MapRunArn: mapRunArn, ResultWriterDetails: { Bucket: 'work', Key: `out/${id}/manifest.json` } },
  });
  expect([...written.keys()].sort()).toEqual(
    ['FAILED_0.json', 'SUCCEEDED_0.json', 'manifest.json'].map((name) => `work/out/${id}/${name}`),
  );
  const size = (name: string) => Buffer.byteLength(file(name) as string);
  expect(JSON.parse(file('manifest.json') as string)).toEqual({
    DestinationBucket: 'work',
    MapRunArn: mapRunArn,
    ResultFiles: {
      FAILED: [{ Key: `out/${id}/FAILED_0.json`, Size: size('FAILED_0.json') }],
      PENDING: [],
      SUCCEEDED: [{ Key: `out/${id}/SUCCEEDED_0.json`, Size: size('SUCCEEDED_0.json') }],
    },
  });
  const [succeeded] = JSON.parse(file('SUCCEEDED_0.json') as string);
  expect(succeeded).toEqual({
    ExecutionArn: `arn:aws:states:local:000000000000:execution:billing-close/Rate:${succeeded.Name}`,
    Input: '1',
    InputDetails: { Included: true },
    Name: succeeded.Name,
    Output: '1',
    OutputDetails: { Included: true },
    RedriveCount: 0,
    RedriveStatus: 'NOT_REDRIVABLE',
    StartDate: '2026-03-01T00:00:00.000Z',
    StateMachineArn: 'arn:aws:states:local:000000000000:stateMachine:billing-close/Rate',
    Status: 'SUCCEEDED',
    StopDate: '2026-03-01T00:00:00.000Z',
  });
  const [failed] = JSON.parse(file('FAILED_0.json') as string);
  expect(failed).toMatchObject({
    Input: '2',
    Status: 'FAILED',
    Error: 'RangeError',
    RedriveStatus: 'REDRIVABLE_BY_MAP_RUN',
  });
});

test('a Prefix may end in a slash or be left out', async () => {
  const folderOf = async (Arguments: Json) => {
    const { written } = await run(map({ ...fromS3('JSONL'), ...toS3({ Arguments }) }), lines(1));
    return [...written.keys()][0]?.split('/').slice(0, -2).join('/');
  };
  expect(await folderOf({ Bucket: 'work', Prefix: 'out/' })).toBe('work/out');
  expect(await folderOf({ Bucket: 'work' })).toBe('work');
});

test('many results are spread over several files, so that few wait in memory', async () => {
  const sizes: Record<string, number> = {};
  const files = createResultFiles('out', 'JSONL', async (key, text) => {
    sizes[key] = text.length;
  });
  const entry = 'x'.repeat(9 * 1024 * 1024);
  for (let index = 0; index < 3; index += 1) await files.add('SUCCEEDED', [entry]);
  expect(sizes).toEqual({ 'out/SUCCEEDED_0.jsonl': 2 * (entry.length + 3) });
  const { SUCCEEDED } = await files.close();
  expect(SUCCEEDED.map(({ Key }) => Key)).toEqual(['out/SUCCEEDED_0.jsonl', 'out/SUCCEEDED_1.jsonl']);
});

test('a failed Map state still writes its results, with the children that never started as pending', async () => {
  const { result, file } = await run(
    map({ ...fromS3('JSONL'), ...toS3(), MaxConcurrency: 1 }),
    lines(1, 2, 3, 4),
    failsOn(2),
  );
  expect(result).toMatchObject({ error: 'States.ExceedToleratedFailureThreshold' });
  expect(JSON.parse(file('PENDING_0.json') as string)).toEqual([
    { Input: '3', InputDetails: { Included: true }, Status: 'PENDING' },
    { Input: '4', InputDetails: { Included: true }, Status: 'PENDING' },
  ]);
});

test.each([
  ['JSON', 'COMPACT', '[[1,2],3]'],
  ['JSON', 'FLATTEN', '[1,2,3]'],
  ['JSONL', 'FLATTEN', '1\n2\n3\n'],
])('WriterConfig %s %s writes outputs only', async (OutputType, Transformation, text) => {
  const config = { WriterConfig: { OutputType, Transformation } };
  const { file } = await run(map({ ...fromS3('JSONL'), ...toS3(config), MaxConcurrency: 1 }), lines([1, 2], 3));
  expect(file(`SUCCEEDED_0.${OutputType.toLowerCase()}`)).toBe(text);
});

test('WriterConfig without a Resource shapes the output of the state', async () => {
  const states = map({
    ...fromS3('JSONL'),
    ResultWriter: { WriterConfig: { OutputType: 'JSON', Transformation: 'FLATTEN' } },
  });
  expect((await run(states, lines([1, 2], 3))).result).toMatchObject({ output: [1, 2, 3] });
});

test('results that can not be written fail with States.ResultWriterFailed', async () => {
  const { objects } = createMemoryObjects({ 'work/in': '1' });
  const broken = { ...objects, write: async () => Promise.reject(new Error('AccessDenied')) };
  const { result } = await runOnce(
    map({ ...fromS3('JSONL'), ...toS3() }),
    { key: 'in' },
    { objects: broken, functions: { f: async () => 1 } },
  );
  expect(result).toMatchObject({ error: 'States.ResultWriterFailed', cause: expect.stringContaining('AccessDenied') });
});

test('results come in the order of the items, whatever order the children end in', async () => {
  const f = async (n: unknown) => {
    for (let turn = 0; turn < 5 - Number(n); turn += 1) await new Promise(setImmediate);
    return n;
  };
  expect((await run(map(fromS3('JSONL')), lines(1, 2, 3, 4), f)).result).toMatchObject({ output: [1, 2, 3, 4] });
});

test('events and map runs tell the progress while it goes on', async () => {
  const { events } = await run(map({ ...fromS3('JSONL'), MaxConcurrency: 1 }), lines(1, 2));
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
    definition: machineOf(map({ ...fromS3('JSONL'), MaxConcurrency: 1 })),
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
  const crash = Object.assign(new Error('power cut'), { isCrash: true });
  const begun: unknown[] = [];
  const ended: unknown[] = [];
  const f = async (n: unknown) => {
    begun.push(n);
    await new Promise(setImmediate);
    if (n === 1) throw crash;
    await new Promise(setImmediate);
    ended.push(n);
  };
  await expect(run(map({ ...fromS3('JSONL'), MaxConcurrency: 2 }), lines(1, 2, 3, 4), f)).rejects.toBe(crash);
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
  const definition = machineOf(map({ ...fromS3('JSONL'), MaxConcurrency: 1 }));
  const { runner } = testRunner({ definition, objects, functions: { f } });
  expect(await runner.start({ name: 'x', input: { key: 'in' }, signal: stop.signal })).toEqual({ status: 'ABORTED' });
  expect(seen).toEqual([1]);
});
