import assert from 'node:assert/strict';
import { DeleteItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { refusedAsInvalid } from './refused.ts';
import { type DeclareCases, type Item, sortKeys } from './table.ts';

/** What the sparse indexes hold and answer. */
export const indexes: DeclareCases = (it, { client, TableName, key, put, update, query, indexed, allPages }) => {
  it('pages through items of equal index keys, each once', async (pk) => {
    for (let n = 0; n < 7; n++) {
      await put({ ...key(pk, String(n)), gsi1pk: { S: `${pk}#index` }, gsi1sk: { S: 'same' } });
    }
    await indexed('gsi1', `${pk}#index`, 7);
    for (const ScanIndexForward of [true, false]) {
      const pages = await allPages({
        IndexName: 'gsi1',
        KeyConditionExpression: 'gsi1pk = :pk AND gsi1sk = :sk',
        ExpressionAttributeValues: { ':pk': { S: `${pk}#index` }, ':sk': { S: 'same' } },
        Limit: 3,
        ScanIndexForward,
      });
      assert.deepEqual(pages.flat().sort(), ['0', '1', '2', '3', '4', '5', '6']);
    }
  });

  it('holds in a sparse index only items with its keys, and only what is projected', async (pk) => {
    const partition = `${pk}#open`;
    await put({ ...key(pk, 'in'), gsi2pk: { S: partition }, gsi2sk: { S: '1' }, row: { M: {} }, other: { S: 'x' } });
    await put({ ...key(pk, 'half'), gsi2pk: { S: partition } });
    assert.deepEqual(await indexed('gsi2', partition, 1), [
      { ...key(pk, 'in'), gsi2pk: { S: partition }, gsi2sk: { S: '1' }, row: { M: {} } },
    ]);
    await update(key(pk, 'in'), { UpdateExpression: 'REMOVE gsi2pk, gsi2sk' });
    assert.deepEqual(await indexed('gsi2', partition, 0), []);
  });

  it('moves an item within an index when its key changes', async (pk) => {
    await put({ ...key(pk), gsi3pk: { S: `${pk}#old` }, gsi3sk: { S: '1' } });
    await put({ ...key(pk), gsi3pk: { S: `${pk}#new` }, gsi3sk: { S: '2' } });
    assert.equal((await indexed('gsi3', `${pk}#new`, 1)).length, 1);
    assert.equal((await indexed('gsi3', `${pk}#old`, 0)).length, 0);
  });

  it('takes deleted items out of every index', async (pk) => {
    const item: Item = {
      ...key(pk),
      gsi1pk: { S: `${pk}#1` },
      gsi1sk: { S: 'x' },
      gsi4pk: { S: `${pk}#4` },
      gsi4sk: { S: 'x' },
    };
    await put(item);
    await client.send(new DeleteItemCommand({ TableName, Key: key(pk) }));
    assert.equal((await indexed('gsi1', `${pk}#1`, 0)).length, 0);
    assert.equal((await indexed('gsi4', `${pk}#4`, 0)).length, 0);
  });

  it('refuses a consistent read of an index', async (pk) => {
    await refusedAsInvalid(
      query({
        IndexName: 'gsi1',
        ConsistentRead: true,
        KeyConditionExpression: 'gsi1pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: pk } },
      }),
      /[Cc]onsistent reads? (are|is) not supported/,
    );
  });

  it('refuses an attribute that the index does not project', async (pk) => {
    await refusedAsInvalid(
      query({
        IndexName: 'gsi1',
        KeyConditionExpression: 'gsi1pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: pk } },
        ProjectionExpression: 'elsewhere',
      }),
      /project/,
    );
  });

  it('scans an index by pages', async (pk) => {
    for (let n = 0; n < 3; n++) await put({ ...key(pk, String(n)), gsi4pk: { S: `${pk}#${n}` }, gsi4sk: { S: 'x' } });
    await indexed('gsi4', `${pk}#2`, 1);
    const found: Item[] = [];
    let start: Item | undefined;
    do {
      const page = await client.send(
        new ScanCommand({ TableName, IndexName: 'gsi4', Limit: 1, ...(start && { ExclusiveStartKey: start }) }),
      );
      found.push(...(page.Items ?? []).filter((item) => item.pk?.S === pk));
      start = page.LastEvaluatedKey;
    } while (start);
    assert.deepEqual(sortKeys(found).sort(), ['0', '1', '2']);
  });
};
