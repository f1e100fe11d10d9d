import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { indexes } from './indexes.ts';
import { limits } from './limits.ts';
import { queries } from './queries.ts';
import { requestsTo } from './table.ts';
import { transactions } from './transactions.ts';
import { updates } from './updates.ts';
import { writes } from './writes.ts';

/** One thing that DynamoDB does. It throws when the database does otherwise. */
interface ConformanceCase {
  name: string;
  run(): Promise<void>;
}

const TOPICS = [writes, updates, queries, indexes, transactions, limits];

/**
 * What the portal counts on of DynamoDB, as cases to run against a table made by `tableInput`: the local one, or a real
 * one. Each case writes under partition keys that start with `prefix`, so that a real table need not be empty.
 */
export function dynamoDbCases(client: DynamoDBClient, TableName: string, prefix: string): ConformanceCase[] {
  const cases: ConformanceCase[] = [];
  const table = requestsTo(client, TableName);
  for (const declare of TOPICS) {
    declare((name, run) => {
      const pk = `${prefix}#${cases.length}`;
      cases.push({ name, run: () => run(pk) });
    }, table);
  }
  return cases;
}
