import { readFileSync } from 'node:fs';
import { loadDefinition } from '../../../local/state-machine/load-definition.ts';
import { checkAsl } from '../../support/asl-checks.ts';
import { createMemoryObjects, testRunner } from '../../support/state-machines.ts';

const text = readFileSync(new URL('../../fixtures/asl/rates-orders.asl.json', import.meta.url), 'utf8');
const substitutions = { TableName: 'main', PlanFunctionArn: 'plan:1', RateFunctionArn: 'rate:1' };

test('both checkers are content with the file that the runner runs', async () => {
  expect(await checkAsl(text)).toEqual([]);
});

test('each checker tells what it finds wrong', async () => {
  const problems = await checkAsl(text.replace('"Next": "Any orders?"', '"Next": "Nowhere"'));
  expect(problems).toContainEqual(expect.stringMatching(/^asl-validator: .*Nowhere/));
  expect(problems).toContainEqual(expect.stringMatching(/^amazon-states-language-service: line \d+: /));
});

test('the whole file runs: reads its orders in batches, writes its results, tells of every state', async () => {
  const { objects, texts } = createMemoryObjects({ 'work/orders.jsonl': '{"id":"a"}\n{"id":"b"}\n{"id":"c"}\n' });
  const updates: unknown[] = [];
  const batches: unknown[] = [];
  const { runner } = testRunner({
    definition: loadDefinition(text, substitutions),
    objects,
    functions: {
      'plan:1': async () => ({ orders: 3, bucket: 'work', key: 'orders.jsonl' }),
      'rate:1': async (batch) => {
        batches.push(batch);
        if (batches.length === 2) throw new RangeError('bad order');
        return { done: 2 };
      },
    },
    tasks: { 'arn:aws:states:::dynamodb:updateItem': async (args) => updates.push(args) },
  });
  const result = await runner.start({ name: '2026-02-1', input: { period: '2026-02' } });
  expect(updates).toEqual([{ TableName: 'main', Key: { pk: { S: 'PERIOD#2026-02' } } }]);
  expect(batches).toEqual([
    { BatchInput: { runId: '2026-02-1' }, Items: [{ orderId: 'a' }, { orderId: 'b' }] },
    { BatchInput: { runId: '2026-02-1' }, Items: [{ orderId: 'c' }] },
  ]);
  const [mapRun] = runner.mapRuns('2026-02-1');
  const folder = `runs/2026-02-1/${mapRun?.mapRunArn.split(':').at(-1)}`;
  expect(result).toEqual({
    status: 'SUCCEEDED',
    output: [{ Bucket: 'work', Key: `${folder}/manifest.json` }, '2026-02'],
  });
  expect(texts.get(`work/${folder}/SUCCEEDED_0.jsonl`)).toBe('{"done":2}\n{"done":0,"failed":"RangeError"}\n');
});
