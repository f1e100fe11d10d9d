import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { tablePorts } from '../../lambdas/runtime/all-ports.ts';
import { openTable } from '../../lambdas/stores/table.ts';
import { startDynamoDb } from '../../local/dynamodb/server.ts';
import { tableInput } from '../../local/dynamodb/table-input.ts';
import { LOCAL_SETTINGS } from '../../local/settings.ts';

export const TABLE_NAME = 'portal';

/** What every portal of the tests is made of: settings, a clock that stands until a test moves it, a table in memory. */
export async function openPortalParts() {
  const database = await startDynamoDb({ inProcess: true });
  await database.execute('CreateTable', tableInput(TABLE_NAME));
  const table = openTable(new DynamoDBClient(database.clientConfig), TABLE_NAME);
  const clock = { time: new Date('2026-11-10T02:00:00.000Z') };
  const parts = {
    settings: LOCAL_SETTINGS,
    clock: () => clock.time,
    newId: randomUUID,
    ...tablePorts(table),
  };
  return { database, table, clock, parts };
}
