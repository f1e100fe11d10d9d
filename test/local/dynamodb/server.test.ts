import { DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { startDynamoDb } from '../../../local/dynamodb/server.ts';
import { tableInput } from '../../../local/dynamodb/table-input.ts';

const TableName = 'commerce-portal';

test('the database answers from its own thread until it is closed', async () => {
  const database = await startDynamoDb();
  await database.execute('CreateTable', tableInput(TableName));
  const client = new DynamoDBClient(database.clientConfig);
  const puts = Array.from({ length: 30 }, (_, n) =>
    client.send(new PutItemCommand({ TableName, Item: { pk: { S: 'p' }, sk: { S: String(n) } } })),
  );
  await Promise.all(puts);
  const { Count } = await client.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :p',
      ExpressionAttributeValues: { ':p': { S: 'p' } },
    }),
  );
  expect(Count).toBe(30);
  await database.close();
  await expect(database.execute('Scan', { TableName })).rejects.toThrow('closed');
  await database.close();
});

test('a database that cannot be opened says so at the start', async () => {
  await expect(startDynamoDb({ path: '/dev/null/nowhere' })).rejects.toThrow();
});
