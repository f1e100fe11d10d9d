import assert from 'node:assert/strict';
import { type DeclareCases, sortKeys } from './table.ts';

/** What queries of the table select, in which order and by which pages. */
export const queries: DeclareCases = (it, { key, put, query, allPages }) => {
  it('compares numbers as numbers and texts as texts', async (pk) => {
    for (const n of ['9', '10', '-1', '1.5']) await put({ ...key(pk, n), n: { N: n } });
    const { Items } = await query({
      KeyConditionExpression: 'pk = :pk',
      FilterExpression: 'n > :n',
      ExpressionAttributeValues: { ':pk': { S: pk }, ':n': { N: '1.5' } },
    });
    assert.deepEqual(sortKeys(Items), ['10', '9']);
  });

  it('sorts by the bytes of the sort key, both ways', async (pk) => {
    const sorted = ['A', 'Z', 'a', 'ab', 'b', 'é', '漢', '🙂'];
    for (const sk of sorted.toReversed()) await put(key(pk, sk));
    const all = { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': { S: pk } } };
    assert.deepEqual(sortKeys((await query(all)).Items), sorted);
    assert.deepEqual(sortKeys((await query({ ...all, ScanIndexForward: false })).Items), sorted.toReversed());
  });

  it('selects by begins_with, between and comparisons of the sort key', async (pk) => {
    for (const sk of ['2024-01', '2024-02', '2024-03', '2025-01']) await put(key(pk, sk));
    const select = async (condition: string, values: Record<string, string>) => {
      const texts = Object.entries({ ':pk': pk, ...values }).map(([name, text]) => [name, { S: text }]);
      const { Items } = await query({
        KeyConditionExpression: `pk = :pk AND ${condition}`,
        ExpressionAttributeValues: Object.fromEntries(texts),
      });
      return sortKeys(Items);
    };
    assert.deepEqual(await select('begins_with(sk, :a)', { ':a': '2024-' }), ['2024-01', '2024-02', '2024-03']);
    assert.deepEqual(await select('sk BETWEEN :a AND :b', { ':a': '2024-02', ':b': '2025-01' }), [
      '2024-02',
      '2024-03',
      '2025-01',
    ]);
    assert.deepEqual(await select('sk > :a', { ':a': '2024-03' }), ['2025-01']);
    assert.deepEqual(await select('sk >= :a', { ':a': '2024-03' }), ['2024-03', '2025-01']);
    assert.deepEqual(await select('sk < :a', { ':a': '2024-02' }), ['2024-01']);
    assert.deepEqual(await select('sk <= :a', { ':a': '2024-02' }), ['2024-01', '2024-02']);
    assert.deepEqual(await select('sk = :a', { ':a': '2024-02' }), ['2024-02']);
  });

  it('pages through a partition with LastEvaluatedKey', async (pk) => {
    for (let n = 0; n < 5; n++) await put(key(pk, String(n)));
    const pages = await allPages({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: pk } },
      Limit: 2,
    });
    assert.deepEqual(pages, [['0', '1'], ['2', '3'], ['4']]);
  });

  it('ends a page at 1 MB', async (pk) => {
    for (const sk of ['a', 'b', 'c', 'd']) await put({ ...key(pk, sk), text: { S: 'x'.repeat(300_000) } });
    const { Items, LastEvaluatedKey } = await query({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: pk } },
      ProjectionExpression: 'sk',
    });
    assert.ok(LastEvaluatedKey !== undefined && Items!.length < 5 && Items!.length >= 3);
  });
};
