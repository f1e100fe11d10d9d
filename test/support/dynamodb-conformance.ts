import assert from 'node:assert/strict';
import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  DynamoDBServiceException,
  GetItemCommand,
  IdempotentParameterMismatchException,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  TransactGetItemsCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';

type Item = Record<string, AttributeValue>;
type Key = { pk: AttributeValue; sk: AttributeValue };

/** One thing that DynamoDB does. It throws when the database does otherwise. */
export interface ConformanceCase {
  name: string;
  run(): Promise<void>;
}

/** How long an index of a real table may lag. */
const INDEX_PATIENCE_MS = 10_000;

/**
 * What the portal counts on of DynamoDB, as cases to run against a table made by `tableInput`: the local one, or a real
 * one. Each case writes under partition keys that start with `prefix`, so that a real table need not be empty.
 */
export function dynamoDbCases(client: DynamoDBClient, TableName: string, prefix: string): ConformanceCase[] {
  const cases: ConformanceCase[] = [];

  function it(name: string, run: (pk: string) => Promise<void>): void {
    cases.push({ name, run: () => run(`${prefix}#${cases.findIndex((one) => one.name === name)}`) });
  }
  const key = (pk: string, sk = 'a'): Key => ({ pk: { S: pk }, sk: { S: sk } });
  const put = (Item: Item, more: object = {}) => client.send(new PutItemCommand({ TableName, Item, ...more }));
  const update = (Key: Key, more: Partial<UpdateItemCommandInput>) =>
    client.send(new UpdateItemCommand({ TableName, Key, ...more }));
  const read = async (Key: Key) =>
    (await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }))).Item;
  const query = (more: Partial<QueryCommandInput>) => client.send(new QueryCommand({ TableName, ...more }));
  const transact = (TransactItems: object[], ClientRequestToken?: string) =>
    client.send(new TransactWriteItemsCommand({ TransactItems, ...(ClientRequestToken && { ClientRequestToken }) }));

  /** The items of an index's partition, once there are as many as expected. */
  async function indexed(index: string, partition: string, count: number): Promise<Item[]> {
    const end = Date.now() + INDEX_PATIENCE_MS;
    for (;;) {
      const { Items = [] } = await query({
        IndexName: index,
        KeyConditionExpression: '#pk = :pk',
        ExpressionAttributeNames: { '#pk': `${index}pk` },
        ExpressionAttributeValues: { ':pk': { S: partition } },
      });
      if (Items.length === count || Date.now() > end) return Items;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  const sortKeys = (items: Item[] | undefined) => (items ?? []).map((item) => item.sk?.S);

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

  it('ends a page at 1 MB', async (pk) => {
    for (const sk of ['a', 'b', 'c', 'd']) await put({ ...key(pk, sk), text: { S: 'x'.repeat(300_000) } });
    const { Items, LastEvaluatedKey } = await query({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: pk } },
      ProjectionExpression: 'sk',
    });
    assert.ok(LastEvaluatedKey !== undefined && Items!.length < 5 && Items!.length >= 3);
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

  it('refuses the same item twice in a batch', async (pk) => {
    const same = [{ PutRequest: { Item: key(pk) } }, { DeleteRequest: { Key: key(pk) } }];
    await refusedAsInvalid(
      client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: same } })),
      /duplicates/,
    );
  });

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

  async function allPages(input: Partial<QueryCommandInput>): Promise<Array<Array<string | undefined>>> {
    const pages: Array<Array<string | undefined>> = [];
    let start: Item | undefined;
    do {
      const page = await query({ ...input, ...(start && { ExclusiveStartKey: start }) });
      if (page.Items?.length) pages.push(sortKeys(page.Items));
      start = page.LastEvaluatedKey;
    } while (start);
    return pages;
  }

  return cases;
}

type ErrorClass<E> = abstract new (...args: never[]) => E;

async function refused<E extends Error>(request: Promise<unknown>, type: ErrorClass<E>): Promise<E> {
  const error = await request.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof type, `expected ${type.name}, got ${String(error)}`);
  return error;
}

async function refusedAsInvalid(request: Promise<unknown>, message: RegExp): Promise<void> {
  const error = await refused(request, DynamoDBServiceException);
  assert.equal(error.name, 'ValidationException');
  assert.match(error.message, message);
}
