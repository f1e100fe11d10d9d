import type { Json } from '../../../local/state-machine/types.ts';
import { fromS3, lines, mapOf, runOver } from '../../support/distributed-maps.ts';

test('ItemSelector shapes each item; ItemBatcher puts them together with BatchInput', async () => {
  const states = mapOf({
    ...fromS3('JSONL'),
    ItemSelector: { n: '{% $states.context.Map.Item.Value %}', at: '{% $states.context.Map.Item.Index %}' },
    ItemBatcher: { MaxItemsPerBatch: 2, BatchInput: { from: '{% $states.input.key %}' } },
  });
  const { result, mapRun } = await runOver(states, lines('a', 'b', 'c'));
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
    const { result } = await runOver(
      mapOf({ ...fromS3('JSONL'), ItemBatcher: { MaxInputBytesPerBatch } }),
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
  const { result } = await runOver(
    mapOf(fromS3('JSONL'), { P: { Type: 'Pass', Output: 1, End: true } }),
    lines('x'.repeat(300_000)),
  );
  expect(result).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
  expect(result).toMatchObject({ cause: expect.stringContaining('States.DataLimitExceeded') });
});
