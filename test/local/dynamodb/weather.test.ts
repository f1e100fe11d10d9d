import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { meterRequests } from '../../../local/dynamodb/meter.ts';
import { type LocalDynamoDb, startDynamoDb } from '../../../local/dynamodb/server.ts';
import { tableInput } from '../../../local/dynamodb/table-input.ts';
import { Crash, type Weather, withWeather } from '../../../local/dynamodb/weather.ts';

const TableName = 'commerce-portal';
let database: LocalDynamoDb;
let fair: DynamoDBClient;

beforeEach(async () => {
  database = await startDynamoDb({ inProcess: true });
  await database.execute('CreateTable', tableInput(TableName));
  fair = new DynamoDBClient(database.clientConfig);
});
afterEach(() => database.close());

function clientIn(weather: Omit<Weather, 'seed'>, seed = 1) {
  const { handler, happened } = withWeather(database.requestHandler, { seed, ...weather });
  return {
    client: new DynamoDBClient({ ...database.clientConfig, requestHandler: handler, maxAttempts: 1 }),
    happened,
  };
}

const item = (sk: string) => ({ pk: { S: 'p' }, sk: { S: sk }, gsi1pk: { S: 'i' }, gsi1sk: { S: sk } });
const put = (sk: string) => new PutItemCommand({ TableName, Item: item(sk) });
const exists = async (sk: string) => {
  const { pk, sk: sort } = item(sk);
  return (await fair.send(new GetItemCommand({ TableName, Key: { pk, sk: sort } }))).Item !== undefined;
};
const nameOf = (request: Promise<unknown>) =>
  request.then(
    () => 'done',
    (error: Error) => error.name,
  );

test('fair weather changes nothing', async () => {
  const { client, happened } = clientIn({});
  await client.send(put('a'));
  expect(await exists('a')).toBe(true);
  expect(Object.values(happened())).toEqual([0, 0, 0, 0, 0, 0, 0]);
});

test('the same seed gives the same weather', async () => {
  const sequence = async (seed: number) => {
    const { client } = clientIn({ throttled: 0.2, serverError: 0.2, answerLost: 0.2 }, seed);
    const names: string[] = [];
    for (let n = 0; n < 30; n++) names.push(await nameOf(client.send(put(`${n}`))));
    return names;
  };
  const first = await sequence(4);
  expect(await sequence(4)).toEqual(first);
  expect(await sequence(5)).not.toEqual(first);
  expect(new Set(first).size).toBeGreaterThanOrEqual(4);
});

test('a throttled or failed request has no effect', async () => {
  const throttled = clientIn({ throttled: 1 });
  expect(await nameOf(throttled.client.send(put('a')))).toMatch(
    /^(ProvisionedThroughputExceeded|Throttling)Exception$/,
  );
  expect(throttled.happened().throttled).toBe(1);
  expect(await nameOf(clientIn({ serverError: 1 }).client.send(put('a')))).toBe('InternalServerError');
  expect(await exists('a')).toBe(false);
});

test('a conflict cancels a transaction with the reason at one action', async () => {
  const { client } = clientIn({ conflict: 1 });
  const transaction = new TransactWriteItemsCommand({
    TransactItems: ['a', 'b', 'c'].map((sk) => ({ Put: { TableName, Item: item(sk) } })),
  });
  const error = await client.send(transaction).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(TransactionCanceledException);
  const codes = (error as TransactionCanceledException).CancellationReasons?.map((reason) => reason.Code);
  expect(codes?.toSorted()).toEqual(['None', 'None', 'TransactionConflict']);
  expect(await exists('a')).toBe(false);
  expect(await nameOf(client.send(put('a')))).toBe('TransactionConflictException');
});

test('a lost answer comes after the effect', async () => {
  const { client } = clientIn({ answerLost: 1 });
  const error = (await client.send(put('a')).catch((reason: unknown) => reason)) as Error & { code: string };
  expect([error.name, error.code]).toEqual(['TimeoutError', 'ECONNRESET']);
  expect(await exists('a')).toBe(true);
});

test('unprocessed items are told and not written, and some are always processed', async () => {
  const { client } = clientIn({ unprocessed: 1 });
  const sks = ['0', '1', '2', '3', '4', '5', '6', '7'];
  const requests = sks.map((sk) => ({ PutRequest: { Item: item(sk) } }));
  const { UnprocessedItems } = await client.send(
    new BatchWriteItemCommand({ RequestItems: { [TableName]: requests } }),
  );
  const left = UnprocessedItems?.[TableName]?.map((request) => request.PutRequest?.Item?.sk?.S) ?? [];
  expect(left.length).toBeGreaterThan(0);
  expect(left.length).toBeLessThan(sks.length);
  for (const sk of sks) expect(await exists(sk)).toBe(!left.includes(sk));

  await fair.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: requests } }));
  const Keys = sks.map((sk) => ({ pk: { S: 'p' }, sk: { S: sk } }));
  const { Responses, UnprocessedKeys } = await client.send(
    new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: true } } }),
  );
  const rest = UnprocessedKeys?.[TableName];
  expect(rest?.ConsistentRead).toBe(true);
  expect(rest!.Keys!.length + Responses![TableName]!.length).toBe(sks.length);
});

test('a lagging index misses the last writes, and only those', async () => {
  const { client } = clientIn({ indexLag: { probability: 1, writes: 1 } });
  for (const sk of ['a', 'b', 'c']) await client.send(put(sk));
  const query = new QueryCommand({
    TableName,
    IndexName: 'gsi1',
    KeyConditionExpression: 'gsi1pk = :i',
    ExpressionAttributeValues: { ':i': { S: 'i' } },
  });
  const { Items, Count } = await client.send(query);
  expect(Items?.map(({ sk }) => sk?.S)).toEqual(['a', 'b']);
  expect(Count).toBe(2);
  expect((await fair.send(query)).Count).toBe(3);
});

test.each(['before', 'after'] as const)('a crash %s the effect of a request ends all requests', async (when) => {
  const { client, happened } = clientIn({ crash: { request: 2, when } });
  await client.send(put('a'));
  await expect(client.send(put('b'))).rejects.toBeInstanceOf(Crash);
  await expect(client.send(put('c'))).rejects.toBeInstanceOf(Crash);
  expect([await exists('a'), await exists('b'), await exists('c')]).toEqual([true, when === 'after', false]);
  expect(happened().crash).toBe(1);
});

test('the meter counts requests and units as DynamoDB does', async () => {
  const { handler, totals } = meterRequests(database.requestHandler);
  const client = new DynamoDBClient({ ...database.clientConfig, requestHandler: handler });
  const large = { ...item('a'), text: { S: 'x'.repeat(1500) } };
  await client.send(new PutItemCommand({ TableName, Item: large }));
  await client.send(new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName, Item: item('b') } }] }));
  const Key = { pk: { S: 'p' }, sk: { S: 'a' } };
  await client.send(new GetItemCommand({ TableName, Key }));
  await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
  expect(totals()).toEqual({
    // 1.5 KB are 2 units, its index entry 1.
    PutItem: { requests: 1, readUnits: 0, writeUnits: 3 },
    // The item twice, to prepare and to commit; its index entry once.
    TransactWriteItems: { requests: 1, readUnits: 0, writeUnits: 3 },
    GetItem: { requests: 2, readUnits: 1.5, writeUnits: 0 },
  });
});
