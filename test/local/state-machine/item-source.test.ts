import { fromS3, lines, mapOf, runOver } from '../../support/distributed-maps.ts';
import { createMemoryObjects, runOnce } from '../../support/state-machines.ts';

test('JSON Lines are read item by item, across chunks, blank lines left out', async () => {
  const { result } = await runOver(mapOf(fromS3('JSONL')), '{"n":1}\n\n{"n":"ü€"}\r\n{"n":3}');
  expect(result).toEqual({ status: 'SUCCEEDED', output: [{ n: 1 }, { n: 'ü€' }, { n: 3 }] });
});

test('characters that chunks cut apart are whole again', async () => {
  const text = '€ü'.repeat(50);
  expect((await runOver(mapOf(fromS3('JSONL')), lines(text))).result).toMatchObject({ output: [text] });
});

test('a JSON array is read whole, and MaxItems bounds either kind', async () => {
  expect((await runOver(mapOf(fromS3('JSON')), '[1,\n2, 3]')).result).toMatchObject({ output: [1, 2, 3] });
  const two = { MaxItems: '{% 1 + 1 %}' };
  expect((await runOver(mapOf(fromS3('JSON', two)), '[1,2,3]')).result).toMatchObject({ output: [1, 2] });
  const { result, mapRun } = await runOver(mapOf(fromS3('JSONL', two)), lines(1, 2, 3));
  expect(result).toMatchObject({ output: [1, 2] });
  expect(mapRun?.itemCounts.total).toBe(2);
});

test('no items at all is a success', async () => {
  expect((await runOver(mapOf(fromS3('JSONL')), '')).result).toEqual({ status: 'SUCCEEDED', output: [] });
});

test('Items come from an expression', async () => {
  const { result } = await runOver(mapOf({ Items: '{% [1..3] %}' }), '');
  expect(result).toMatchObject({ output: [1, 2, 3] });
});

test.each([
  ['an object that is not there', 'JSONL', 'other', ''],
  ['a line that is not JSON', 'JSONL', 'in', '1\n{\n'],
  ['a file that is not JSON', 'JSON', 'in', '['],
  ['a file that is no array', 'JSON', 'in', '{}'],
])('%s fails with States.ItemReaderFailed', async (_, type, key, text) => {
  const { objects } = createMemoryObjects({ 'work/in': text });
  const { result } = await runOnce(mapOf(fromS3(type)), { key }, { objects, functions: { f: async () => 1 } });
  expect(result).toMatchObject({ status: 'FAILED', error: 'States.ItemReaderFailed' });
});
