import { createResultFiles } from '../../../local/state-machine/result-files.ts';

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
