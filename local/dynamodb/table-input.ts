import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { tableDefinition } from '../../lambdas/manifest/table.ts';

/** The CreateTable request for the portal's main table (lambdas/manifest/table.ts) under the given name. */
export function tableInput(tableName: string = tableDefinition.nameSuffix): CreateTableCommandInput {
  const { partitionKey, sortKey, indexes, projectedAttributes } = tableDefinition;
  const keys = [{ partitionKey, sortKey }, ...indexes];
  return {
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: keys
      .flatMap((key) => [key.partitionKey, key.sortKey])
      .map((name) => ({ AttributeName: name, AttributeType: 'S' })),
    KeySchema: keySchema({ partitionKey, sortKey }),
    GlobalSecondaryIndexes: indexes.map((index) => ({
      IndexName: index.name,
      KeySchema: keySchema(index),
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: [...projectedAttributes] },
    })),
  };
}

function keySchema(key: { partitionKey: string; sortKey: string }) {
  return [
    { AttributeName: key.partitionKey, KeyType: 'HASH' as const },
    { AttributeName: key.sortKey, KeyType: 'RANGE' as const },
  ];
}
