import {
  type AttributeValue,
  BatchWriteItemCommand,
  CreateTableCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { startDynamoDb } from '../local/dynamodb/server.ts';
import { tableInput } from '../local/dynamodb/table-input.ts';
import { benchFolder } from './folder.ts';

const TableName = 'commerce-portal';
const IN_FLIGHT = 16;
const MS_PER_MEASUREMENT = 1500;

export interface Measurement {
  name: string;
  value: number;
  unit: string;
}

/** Rates of the local DynamoDB on disk in its own thread, as a client of the SDK sees them with 16 requests in flight. */
export async function measureLocalDynamoDb(): Promise<Measurement[]> {
  const folder = await benchFolder();
  const database = await startDynamoDb({ path: folder.path });
  const client = new DynamoDBClient(database.clientConfig);
  try {
    await client.send(new CreateTableCommand(tableInput(TableName)));
    for (let n = 0; n < 1000; n++) await client.send(new PutItemCommand({ TableName, Item: item('seed', n) }));
    return [
      { name: 'conditional UpdateItem', unit: 'requests/s', value: await rate((n) => client.send(update(n))) },
      {
        name: 'TransactWriteItems of 5',
        unit: 'transactions/s',
        value: await rate((n) => client.send(transaction(n))),
      },
      { name: 'Query of 20 items of 300 bytes', unit: 'requests/s', value: await rate(() => client.send(query())) },
      { name: 'BatchWriteItem of 25', unit: 'items/s', value: 25 * (await rate((n) => client.send(batch(n)))) },
    ];
  } finally {
    client.destroy();
    await database.close();
    await folder.remove();
  }
}

/** Requests a second, after a warm-up of a fifth of the time. */
async function rate(send: (n: number) => Promise<unknown>): Promise<number> {
  let started = 0;
  let done = 0;
  const warm = performance.now() + MS_PER_MEASUREMENT / 5;
  const end = warm + MS_PER_MEASUREMENT;
  async function lane(): Promise<void> {
    while (performance.now() < end) {
      await send(started++);
      if (performance.now() > warm) done++;
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  return Math.round((done * 1000) / MS_PER_MEASUREMENT);
}

/** About 300 bytes, in two indexes. */
function item(owner: string, n: number): Record<string, AttributeValue> {
  const id = String(n).padStart(8, '0');
  return {
    pk: { S: `OWNER#${owner}` },
    sk: { S: `ORDER#${id}` },
    gsi1pk: { S: `PERIOD#${n % 64}` },
    gsi1sk: { S: id },
    gsi2pk: { S: `STATUS#${n % 8}` },
    gsi2sk: { S: id },
    version: { N: '1' },
    row: { M: { id: { S: id }, state: { S: 'OPEN' }, name: { S: 'A customer with a name of usual length' } } },
    text: { S: 'x'.repeat(60) },
  };
}

function update(n: number) {
  const { pk, sk } = item('seed', n % 1000) as { pk: AttributeValue; sk: AttributeValue };
  return new UpdateItemCommand({
    TableName,
    Key: { pk, sk },
    UpdateExpression: 'SET #text = :text, #row.#state = :state ADD #version :one',
    ConditionExpression: 'attribute_exists(pk) AND #version >= :one',
    ExpressionAttributeNames: { '#text': 'text', '#version': 'version', '#row': 'row', '#state': 'state' },
    ExpressionAttributeValues: { ':text': { S: `text ${n}` }, ':one': { N: '1' }, ':state': { S: 'SEALED' } },
  });
}

function transaction(n: number) {
  const puts = [0, 1, 2].map((part) => ({
    Put: { TableName, Item: item(`transaction-${n}`, part), ConditionExpression: 'attribute_not_exists(pk)' },
  }));
  const { Key, ...change } = update(n).input;
  const { pk, sk } = item('seed', (n + 500) % 1000) as { pk: AttributeValue; sk: AttributeValue };
  return new TransactWriteItemsCommand({
    TransactItems: [
      ...puts,
      { Update: { Key, ...change, UpdateExpression: change.UpdateExpression, TableName } },
      { ConditionCheck: { TableName, Key: { pk, sk }, ConditionExpression: 'attribute_exists(pk)' } },
    ],
  });
}

function query() {
  return new QueryCommand({
    TableName,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
    ExpressionAttributeValues: { ':pk': { S: 'OWNER#seed' }, ':sk': { S: 'ORDER#0000' } },
    Limit: 20,
  });
}

function batch(n: number) {
  const requests = Array.from({ length: 25 }, (_, part) => ({ PutRequest: { Item: item(`batch-${n}`, part) } }));
  return new BatchWriteItemCommand({ RequestItems: { [TableName]: requests } });
}

if (import.meta.main) {
  for (const { name, value, unit } of await measureLocalDynamoDb()) console.log(`${name}: ${value} ${unit}`);
}
