/**
 * `npm run conformance -- <table>`: runs what the portal relies on of DynamoDB against a real table of the portal's form, in
 * the account and region of the environment. The items it writes have keys of their own prefix and are left there: use a
 * table for tests.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoDbCases } from './dynamodb-conformance/index.ts';

const [tableName] = process.argv.slice(2);
if (!tableName) {
  process.stderr.write('Name a table: npm run conformance -- <table>\n');
  process.exit(2);
}

let failed = 0;
const cases = dynamoDbCases(new DynamoDBClient({}), tableName, `conformance-${Date.now()}`);
for (const { name, run } of cases) {
  try {
    await run();
    process.stdout.write(`ok    ${name}\n`);
  } catch (error) {
    failed++;
    process.stdout.write(`FAIL  ${name}: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}
process.stdout.write(`${cases.length - failed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;
