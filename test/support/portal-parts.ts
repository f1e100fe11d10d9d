import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { tablePorts } from '../../lambdas/runtime/all-ports.ts';
import { openTable } from '../../lambdas/stores/table.ts';
import { openLocalClient } from '../../local/dynamodb/client.ts';
import { startDynamoDb } from '../../local/dynamodb/server.ts';
import { tableInput } from '../../local/dynamodb/table-input.ts';
import { LOCAL_SETTINGS } from '../../local/settings.ts';

export const TABLE_NAME = 'portal';

/**
 * What every portal of the tests is made of: settings, a clock that stands until a test moves it, a table in memory.
 * @param sdk asks the database through the SDK's own client, as on AWS; otherwise through the local portal's, in a quarter
 *   of its time
 */
export async function openPortalParts({ sdk = false } = {}) {
  const database = await startDynamoDb({ inProcess: true });
  await database.execute('CreateTable', tableInput(TABLE_NAME));
  const client = sdk ? new DynamoDBClient(database.clientConfig) : openLocalClient(database.requestHandler);
  const table = openTable(client, TABLE_NAME);
  const clock = { time: new Date('2026-11-10T02:00:00.000Z') };
  const parts = {
    settings: LOCAL_SETTINGS,
    clock: () => clock.time,
    newId: randomUUID,
    ...tablePorts(table),
  };
  return { database, table, clock, parts };
}
