import assert from 'node:assert/strict';
import { IdempotentParameterMismatchException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { refused } from './refused.ts';
import { type DeclareCases, sortKeys } from './table.ts';

/** How transactions commit, and are cancelled as a whole. */
export const transactions: DeclareCases = (it, { TableName, key, put, read, transact, indexed }) => {
  it('commits a transaction of all kinds with its index entries', async (pk) => {
    await put({ ...key(pk, 'updated'), n: { N: '1' } });
    await put({ ...key(pk, 'deleted'), gsi1pk: { S: `${pk}#t` }, gsi1sk: { S: '0' } });
    await put({ ...key(pk, 'checked'), sealed: { BOOL: false } });
    await transact([
      { Put: { TableName, Item: { ...key(pk, 'put'), gsi1pk: { S: `${pk}#t` }, gsi1sk: { S: '1' } } } },
      {
        Update: {
          TableName,
          Key: key(pk, 'updated'),
          UpdateExpression: 'ADD n :one SET gsi1pk = :p, gsi1sk = :s',
          ExpressionAttributeValues: { ':one': { N: '1' }, ':p': { S: `${pk}#t` }, ':s': { S: '2' } },
        },
      },
      { Delete: { TableName, Key: key(pk, 'deleted') } },
      {
        ConditionCheck: {
          TableName,
          Key: key(pk, 'checked'),
          ConditionExpression: 'sealed = :no',
          ExpressionAttributeValues: { ':no': { BOOL: false } },
        },
      },
    ]);
    assert.deepEqual((await read(key(pk, 'updated')))?.n, { N: '2' });
    assert.equal(await read(key(pk, 'deleted')), undefined);
    const entries = await indexed('gsi1', `${pk}#t`, 2);
    assert.deepEqual(sortKeys(entries), ['put', 'updated']);
  });

  it('cancels a transaction as a whole, with a reason for each action in order', async (pk) => {
    await put({ ...key(pk, 'there'), n: { S: 'text' } });
    const once = { ConditionExpression: 'attribute_not_exists(pk)' };
    const error = await refused(
      transact([
        { Put: { TableName, Item: key(pk, 'there'), ...once, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } },
        { ConditionCheck: { TableName, Key: key(pk, 'absent'), ConditionExpression: 'attribute_exists(pk)' } },
        { Put: { TableName, Item: { ...key(pk, 'new'), gsi1pk: { S: `${pk}#c` }, gsi1sk: { S: '1' } }, ...once } },
      ]),
      TransactionCanceledException,
    );
    assert.deepEqual(
      error.CancellationReasons?.map((reason) => reason.Code),
      ['ConditionalCheckFailed', 'ConditionalCheckFailed', 'None'],
    );
    assert.deepEqual(error.CancellationReasons?.[0]?.Item, { ...key(pk, 'there'), n: { S: 'text' } });
    assert.equal(await read(key(pk, 'new')), undefined);
    assert.deepEqual(await indexed('gsi1', `${pk}#c`, 0), []);
  });

  it('tells a wrong type in a transaction as a validation error of that action', async (pk) => {
    await put({ ...key(pk), n: { S: 'text' } });
    const error = await refused(
      transact([
        { Put: { TableName, Item: key(pk, 'other') } },
        {
          Update: {
            TableName,
            Key: key(pk),
            UpdateExpression: 'ADD n :one',
            ExpressionAttributeValues: { ':one': { N: '1' } },
          },
        },
      ]),
      TransactionCanceledException,
    );
    assert.deepEqual(
      error.CancellationReasons?.map((reason) => reason.Code),
      ['None', 'ValidationError'],
    );
    assert.equal(await read(key(pk, 'other')), undefined);
  });

  it('carries out a transaction once per client request token', async (pk) => {
    const add = (amount: string) => [
      {
        Update: {
          TableName,
          Key: key(pk),
          UpdateExpression: 'ADD n :n',
          ExpressionAttributeValues: { ':n': { N: amount } },
        },
      },
    ];
    const token = `${Date.now()}-${pk}`.slice(-36);
    await transact(add('1'), token);
    await transact(add('1'), token);
    assert.deepEqual((await read(key(pk)))?.n, { N: '1' });
    await refused(transact(add('2'), token), IdempotentParameterMismatchException);
  });
};
