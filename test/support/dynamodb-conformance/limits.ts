import assert from 'node:assert/strict';
import { BatchGetItemCommand, BatchWriteItemCommand, TransactGetItemsCommand } from '@aws-sdk/client-dynamodb';
import { refusedAsInvalid } from './refused.ts';
import type { DeclareCases } from './table.ts';

/** The sizes and counts up to which requests are taken. */
export const limits: DeclareCases = (it, { client, TableName, key, put, update, transact }) => {
  it('refuses an item above 400 KB, counted in bytes', async (pk) => {
    await put({ ...key(pk), text: { S: 'x'.repeat(409_000) } });
    await refusedAsInvalid(put({ ...key(pk), text: { S: 'é'.repeat(204_900) } }), /maximum allowed size/);
    await refusedAsInvalid(
      update(key(pk), {
        UpdateExpression: 'SET more = :m',
        ExpressionAttributeValues: { ':m': { S: 'x'.repeat(1000) } },
      }),
      /maximum allowed size/,
    );
  });

  it('writes and reads batches, up to 25 and 100', async (pk) => {
    const requests = (count: number) =>
      Array.from({ length: count }, (_, n) => ({ PutRequest: { Item: key(pk, String(n)) } }));
    const write = (count: number) =>
      client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: requests(count) } }));
    await write(25);
    await refusedAsInvalid(write(26), /25/);
    const get = (count: number) =>
      client.send(
        new BatchGetItemCommand({
          RequestItems: {
            [TableName]: { Keys: Array.from({ length: count }, (_, n) => key(pk, String(n))), ConsistentRead: true },
          },
        }),
      );
    assert.equal((await get(100)).Responses?.[TableName]?.length, 25);
    await refusedAsInvalid(get(101), /100|Too many/);
  });

  it('takes 100 actions in a transaction, not 101, and no item twice', async (pk) => {
    const puts = (count: number) =>
      Array.from({ length: count }, (_, n) => ({ Put: { TableName, Item: key(pk, String(n)) } }));
    await transact(puts(100));
    await refusedAsInvalid(transact(puts(101)), /less than or equal to 100/);
    await refusedAsInvalid(transact([...puts(1), { Delete: { TableName, Key: key(pk, '0') } }]), /multiple operations/);
  });

  it('takes less than 4 MB in a transaction', async (pk) => {
    const puts = (count: number) =>
      Array.from({ length: count }, (_, n) => ({
        Put: { TableName, Item: { ...key(pk, String(n)), text: { S: 'x'.repeat(390_000) } } },
      }));
    await transact(puts(10));
    await refusedAsInvalid(transact(puts(11)), /size|4 ?MB/i);
  });

  it('reads up to 100 items as of one moment', async (pk) => {
    await put({ ...key(pk, 'a'), n: { N: '1' } });
    const get = (count: number) =>
      client.send(
        new TransactGetItemsCommand({
          TransactItems: Array.from({ length: count }, (_, n) => ({
            Get: { TableName, Key: key(pk, 'abc'[n] ?? `${n}`) },
          })),
        }),
      );
    const { Responses } = await get(2);
    assert.deepEqual(
      Responses?.map((response) => response.Item),
      [{ ...key(pk, 'a'), n: { N: '1' } }, undefined],
    );
    await refusedAsInvalid(get(101), /less than or equal to 100/);
  });
};
