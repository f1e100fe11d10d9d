import assert from 'node:assert/strict';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { refused, refusedAsInvalid } from './refused.ts';
import type { DeclareCases } from './table.ts';

/** What update expressions do. */
export const updates: DeclareCases = (it, { key, put, update, read }) => {
  it('updates under a condition on the version', async (pk) => {
    await put({ ...key(pk), version: { N: '1' } });
    const change = {
      UpdateExpression: 'SET #n = :name ADD version :one',
      ConditionExpression: 'version = :expected',
      ExpressionAttributeNames: { '#n': 'name' },
      ExpressionAttributeValues: { ':name': { S: 'x' }, ':one': { N: '1' }, ':expected': { N: '1' } },
    };
    const { Attributes } = await update(key(pk), { ...change, ReturnValues: 'ALL_NEW' });
    assert.deepEqual(Attributes, { ...key(pk), version: { N: '2' }, name: { S: 'x' } });
    await refused(update(key(pk), change), ConditionalCheckFailedException);
  });

  it('keeps values of repeated expressions apart', async (pk) => {
    const change = (value: string, expected: string) => ({
      UpdateExpression: 'SET v = :v',
      ConditionExpression: 'attribute_not_exists(v) OR v = :expected',
      ExpressionAttributeValues: { ':v': { S: value }, ':expected': { S: expected } },
    });
    await update(key(pk), change('one', 'none'));
    await update(key(pk), change('two', 'one'));
    await refused(update(key(pk), change('three', 'one')), ConditionalCheckFailedException);
    assert.deepEqual((await read(key(pk)))?.v, { S: 'two' });
  });

  it('adds to numbers and sets, creating them', async (pk) => {
    const add = {
      UpdateExpression: 'ADD points :points, tags :tags',
      ExpressionAttributeValues: { ':points': { N: '0.1' }, ':tags': { SS: ['a'] } },
    };
    await update(key(pk), add);
    await update(key(pk), add);
    const item = await read(key(pk));
    assert.deepEqual([item?.points, item?.tags], [{ N: '0.2' }, { SS: ['a'] }]);
  });

  it('removes attributes, appends to lists and falls back with if_not_exists', async (pk) => {
    await put({ ...key(pk), gone: { S: 'x' }, list: { L: [{ N: '1' }] } });
    await update(key(pk), {
      UpdateExpression:
        'SET #l = list_append(#l, :more), fresh = list_append(if_not_exists(fresh, :none), :more), n = if_not_exists(n, :n) REMOVE gone',
      ExpressionAttributeNames: { '#l': 'list' },
      ExpressionAttributeValues: { ':more': { L: [{ N: '2' }] }, ':none': { L: [] }, ':n': { N: '5' } },
    });
    assert.deepEqual(await read(key(pk)), {
      ...key(pk),
      list: { L: [{ N: '1' }, { N: '2' }] },
      fresh: { L: [{ N: '2' }] },
      n: { N: '5' },
    });
  });

  it('changes what is inside a map, and refuses a path that is not there', async (pk) => {
    await put({ ...key(pk), sums: { M: { amount: { N: '1' } } } });
    const change = (path: string) => ({
      UpdateExpression: `SET ${path} = :v`,
      ExpressionAttributeValues: { ':v': { N: '2' } },
    });
    await update(key(pk), change('sums.amount'));
    assert.deepEqual((await read(key(pk)))?.sums, { M: { amount: { N: '2' } } });
    await refusedAsInvalid(update(key(pk), change('absent.amount')), /document path/);
  });

  it('refuses reserved words and values that are not used', async (pk) => {
    await refusedAsInvalid(
      update(key(pk), {
        UpdateExpression: 'SET #a = :x',
        ExpressionAttributeNames: { '#a': 'a' },
        ExpressionAttributeValues: { ':x': { S: '' }, ':y': { S: '' } },
      }),
      /unused/,
    );
    await refusedAsInvalid(
      update(key(pk), { UpdateExpression: 'SET status = :x', ExpressionAttributeValues: { ':x': { S: '' } } }),
      /reserved keyword/,
    );
  });
};
