import type { Json } from '../../../local/state-machine/types.ts';
import { failsOn, fromS3, lines, mapOf, runOver, toS3 } from '../../support/distributed-maps.ts';
import { createMemoryObjects, runOnce } from '../../support/state-machines.ts';

test('what all children give must fit the state unless a ResultWriter takes it', async () => {
  const big = async () => 'x'.repeat(200_000);
  expect((await runOver(mapOf(fromS3('JSONL')), lines(1, 2), big)).result).toMatchObject({
    error: 'States.DataLimitExceeded',
  });
  expect((await runOver(mapOf({ ...fromS3('JSONL'), ...toS3() }), lines(1, 2), big)).result.status).toBe('SUCCEEDED');
});

test('a ResultWriter writes a manifest and the results by status, and the state gives where they are', async () => {
  const states = mapOf({ ...fromS3('JSONL'), ...toS3(), Label: 'Rate', ToleratedFailureCount: 1 });
  const { result, written, file } = await runOver(states, lines(1, 2), failsOn(2));
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
    const { written } = await runOver(mapOf({ ...fromS3('JSONL'), ...toS3({ Arguments }) }), lines(1));
    return [...written.keys()][0]?.split('/').slice(0, -2).join('/');
  };
  expect(await folderOf({ Bucket: 'work', Prefix: 'out/' })).toBe('work/out');
  expect(await folderOf({ Bucket: 'work' })).toBe('work');
});

test('a failed Map state still writes its results, with the children that never started as pending', async () => {
  const { result, file } = await runOver(
    mapOf({ ...fromS3('JSONL'), ...toS3(), MaxConcurrency: 1 }),
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
  const { file } = await runOver(mapOf({ ...fromS3('JSONL'), ...toS3(config), MaxConcurrency: 1 }), lines([1, 2], 3));
  expect(file(`SUCCEEDED_0.${OutputType.toLowerCase()}`)).toBe(text);
});

test('WriterConfig without a Resource shapes the output of the state', async () => {
  const states = mapOf({
    ...fromS3('JSONL'),
    ResultWriter: { WriterConfig: { OutputType: 'JSON', Transformation: 'FLATTEN' } },
  });
  expect((await runOver(states, lines([1, 2], 3))).result).toMatchObject({ output: [1, 2, 3] });
});

test('results that can not be written fail with States.ResultWriterFailed', async () => {
  const { objects } = createMemoryObjects({ 'work/in': '1' });
  const broken = { ...objects, write: async () => Promise.reject(new Error('AccessDenied')) };
  const { result } = await runOnce(
    mapOf({ ...fromS3('JSONL'), ...toS3() }),
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
  expect((await runOver(mapOf(fromS3('JSONL')), lines(1, 2, 3, 4), f)).result).toMatchObject({ output: [1, 2, 3, 4] });
});
