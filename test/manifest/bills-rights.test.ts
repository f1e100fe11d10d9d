import { task } from '../../lambdas/jobs/exports.ts';
import type { FunctionDefinition } from '../../lambdas/manifest/functions/function.ts';
import { type FunctionName, functions } from '../../lambdas/manifest/functions.ts';
import type { RouteDefinition } from '../../lambdas/manifest/routes/route.ts';
import { type RouteId, routes } from '../../lambdas/manifest/routes.ts';
import { tablePorts } from '../../lambdas/runtime/all-ports.ts';
import { openTable } from '../../lambdas/stores/table.ts';
import type { Portal } from '../../lambdas/use-cases/ports/portal.ts';
import { openLocalClient } from '../../local/dynamodb/client.ts';
import { request } from '../support/api-requests.ts';
import { bearerOf, billOctober } from '../support/billed-programme.ts';
import { addExampleThings, ownParams } from '../support/example-things.ts';
import { openApiPortal } from '../support/portal.ts';
import { TABLE_NAME } from '../support/portal-parts.ts';
import { recordingRights } from '../support/recording-rights.ts';

const NAMES = [
  'billsApi',
  'invoicesApi',
  'dashboardsApi',
  'exportsApi',
  'exports',
] as const satisfies readonly FunctionName[];

test('bills, dashboards and exports need no rights that their functions do not have', async () => {
  const opened = await openApiPortal();
  await billOctober(opened);
  await addExampleThings(opened);
  const used = new Map<string, Set<string>>(NAMES.map((name) => [name, new Set<string>()]));
  const portals = new Map<string, Portal>(
    NAMES.map((name) => {
      const client = openLocalClient(recordingRights(opened.database.requestHandler, used.get(name) as Set<string>));
      return [name, { ...opened.portal, ...tablePorts(openTable(client, TABLE_NAME)) }];
    }),
  );
  const tokens = {
    VENDOR: await bearerOf(opened, 'VENDOR'),
    AGGREGATOR: await bearerOf(opened, 'AGG-1'),
    SERVICE_PROVIDER: await bearerOf(opened, 'SP-1'),
  };
  for (const id of Object.keys(routes) as RouteId[]) {
    const { function: name, access, example, method }: RouteDefinition = routes[id];
    const portal = portals.get(name);
    if (!portal || access === 'PUBLIC') continue;
    const { answer: _answer, ...sent } = {
      ...example,
      ...(example.params && { params: ownParams(access, example.params) }),
    };
    const headers = { 'content-type': 'application/json', ...(method === 'POST' && { 'idempotency-key': id }) };
    const { status } = await request(portal, id, { ...sent, headers, token: tokens[access.organizationType] });
    // The vendor has no export that would be the example's.
    if (id !== 'getVendorExport' && id !== 'listVendorExportedFiles') expect([id, status < 300]).toEqual([id, true]);
  }
  expect(await task(portals.get('exports') as Portal, {})).toEqual({ done: 3, failures: [] });
  await opened.close();
  for (const name of NAMES) {
    const { rights }: FunctionDefinition = functions[name];
    const missing = [...(used.get(name) as Set<string>)].filter((right) => !rights.table?.includes(right));
    expect([name, missing]).toEqual([name, []]);
  }
});
