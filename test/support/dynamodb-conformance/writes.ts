import assert from 'node:assert/strict';
import { BatchWriteItemCommand, ConditionalCheckFailedException, DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { refused, refusedAsInvalid } from './refused.ts';
import type { DeclareCases, Item } from './table.ts';

/** What single writes and reads do, and the keys that they refuse. */
export const writes: DeclareCases = (it, { client, TableName, key, put, update, read }) => {
  it('stores and reads all types of values', async (pk) => {
    const item: Item = {
      ...key(pk),
      text: { S: 'Ünïcode 漢字' },
      empty: { S: '' },
      number: { N: '-12.5' },
      big: { N: '12345678901234567890123456789012345678' },
      flag: { BOOL: false },
      nothing: { NULL: true },
      bytes: { B: new Uint8Array([0, 1, 255]) },
      list: { L: [{ S: 'x' }, { N: '1' }, { M: { deep: { S: 'y' } } }] },
      map: { M: {} },
      strings: { SS: ['a', 'b'] },
    };
    await put(item);
    const { bytes, ...rest } = (await read(key(pk)))!;
    assert.deepEqual([...bytes!.B!], [0, 1, 255]);
    const { bytes: _bytes, ...expected } = item;
    assert.deepEqual(rest, expected);
  });

  it('reads nothing where nothing is', async (pk) => {
    assert.equal(await read(key(pk)), undefined);
  });

  it('puts an item once only under attribute_not_exists', async (pk) => {
    const once = { ConditionExpression: 'attribute_not_exists(pk)' };
    await put({ ...key(pk), who: { S: 'first' } }, once);
    await refused(put({ ...key(pk), who: { S: 'second' } }, once), ConditionalCheckFailedException);
    assert.deepEqual((await read(key(pk)))?.who, { S: 'first' });
  });

  it('shows the item that failed a condition', async (pk) => {
    await put({ ...key(pk), version: { N: '7' } });
    const error = await refused(
      put(key(pk), {
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
      ConditionalCheckFailedException,
    );
    assert.deepEqual(error.Item, { ...key(pk), version: { N: '7' } });
  });

  it('deletes under a condition and answers the old item', async (pk) => {
    await put({ ...key(pk), n: { N: '1' } });
    const remove = (n: string) =>
      client.send(
        new DeleteItemCommand({
          TableName,
          Key: key(pk),
          ConditionExpression: 'n = :n',
          ExpressionAttributeValues: { ':n': { N: n } },
          ReturnValues: 'ALL_OLD',
        }),
      );
    await refused(remove('2'), ConditionalCheckFailedException);
    assert.deepEqual((await remove('1')).Attributes, { ...key(pk), n: { N: '1' } });
    assert.equal(await read(key(pk)), undefined);
  });

  it('refuses empty and wrong keys', async (pk) => {
    await refusedAsInvalid(put(key('')), /empty string/);
    await refusedAsInvalid(put({ pk: { S: pk }, sk: { N: '1' } }), /Type mismatch/);
    await refusedAsInvalid(put({ pk: { S: pk } }), /Missing the key sk/);
    await refusedAsInvalid(put({ ...key(pk), gsi1pk: { S: '' }, gsi1sk: { S: 'x' } }), /empty string/);
    await refusedAsInvalid(put({ ...key(pk), gsi1pk: { N: '1' }, gsi1sk: { S: 'x' } }), /Type mismatch/);
    await refusedAsInvalid(
      update(key(pk), { UpdateExpression: 'SET sk = :x', ExpressionAttributeValues: { ':x': { S: 'b' } } }),
      /part of the key/,
    );
  });

  it('refuses the same item twice in a batch', async (pk) => {
    const same = [{ PutRequest: { Item: key(pk) } }, { DeleteRequest: { Key: key(pk) } }];
    await refusedAsInvalid(
      client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: same } })),
      /duplicates/,
    );
  });
};
