import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startDynamoDb } from '../../../local/dynamodb/server.ts';
import { tableInput } from '../../../local/dynamodb/table-input.ts';
import { dynamoDbCases } from '../../support/dynamodb-conformance/index.ts';

const TableName = 'commerce-portal';

describe('the local DynamoDB does as DynamoDB does: it', () => {
  const database = startDynamoDb({ inProcess: true });
  const client = database.then(async ({ clientConfig, execute }) => {
    await execute('CreateTable', tableInput(TableName));
    return new DynamoDBClient(clientConfig);
  });
  afterAll(async () => (await database).close());

  const names = dynamoDbCases(undefined as never, TableName, 'case').map(({ name }) => name);
  test.each(names)('%s', async (name) => {
    const cases = dynamoDbCases(await client, TableName, 'case');
    await cases.find((one) => one.name === name)!.run();
  });
});
