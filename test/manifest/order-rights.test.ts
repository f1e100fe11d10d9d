import type { FunctionDefinition } from '../../lambdas/manifest/functions/function.ts';
import { type FunctionName, functions } from '../../lambdas/manifest/functions.ts';
import type { RouteDefinition } from '../../lambdas/manifest/routes/route.ts';
import { type RouteId, routes } from '../../lambdas/manifest/routes.ts';
import { tablePorts } from '../../lambdas/runtime/all-ports.ts';
import { openTable } from '../../lambdas/stores/table.ts';
import type { Portal } from '../../lambdas/use-cases/ports/portal.ts';
import { openLocalClient } from '../../local/dynamodb/client.ts';
import { bearerFor, request, type Sent } from '../support/api-requests.ts';
import { EXAMPLE_LINES, openOrderPortal, PAYG_1800, PURCHASE_ORDERS } from '../support/order-portal.ts';
import { TABLE_NAME } from '../support/portal-parts.ts';
import { recordingRights } from '../support/recording-rights.ts';

const NAMES = ['billingOrdersApi', 'orderDecisionsApi'] as const satisfies readonly FunctionName[];

test('what is done with billing orders needs the rights that their functions have', async () => {
  const opened = await openOrderPortal();
  const used = new Map<string, Set<string>>(NAMES.map((name) => [name, new Set<string>()]));
  const portals = new Map<string, Portal>(
    NAMES.map((name) => {
      const client = openLocalClient(recordingRights(opened.database.requestHandler, used.get(name) as Set<string>));
      return [name, { ...opened.portal, ...tablePorts(openTable(client, TABLE_NAME)) }];
    }),
  );
  const tokens = new Map<string, string>();
  for (const [path, organizationId] of [
    ['aggregator', 'AGG-1'],
    ['provider', 'SP-1'],
    ['vendor', 'VENDOR'],
  ] as const) {
    const user = { id: `user-of-${path}`, organizationId, roles: ['Operations'] as const };
    tokens.set(path, await bearerFor(opened.portal, await opened.addUser(user)));
  }
  const called = new Set<RouteId>();
  const send = async (id: RouteId, sent: Sent = {}) => {
    const route: RouteDefinition = routes[id];
    called.add(id);
    const token = tokens.get(route.path.split('/')[2] ?? '');
    const reply = await request(portals.get(route.function) as Portal, id, { ...sent, token });
    expect([id, reply.status < 300]).toEqual([id, true]);
  };

  const contract = await opened.addContract('contract', PAYG_1800, { delinquent: true });
  const late = await opened.addOrder(contract, 'order', { lines: EXAMPLE_LINES });
  await opened.addOrder(contract, 'running', { month: '2026-11', status: 'NOT_OPEN' });
  const params = { orderId: late.id };
  const once = { 'idempotency-key': 'once', 'content-type': 'application/json' };
  await send('submitOrder', { params, body: PURCHASE_ORDERS, headers: once });
  await send('sendBackOrder', { params, body: { comment: 'Check' } });
  await send('submitOrder', { params, body: PURCHASE_ORDERS });
  await send('approveOrder', { params, body: PURCHASE_ORDERS });
  await send('rejectOrder', { params, body: { comment: 'Expired' } });
  await send('addAggregatorComment', { params, body: { content: 'Yes' } });
  await send('addProviderComment', { params, body: { content: 'No' } });

  const all = (Object.entries(routes) as [RouteId, RouteDefinition][]).filter(([, route]) =>
    (NAMES as readonly string[]).includes(route.function),
  );
  for (const [id, route] of all.filter(([, { method }]) => method === 'GET')) {
    const query = id === 'listVendorOrders' ? { usagePeriod: '2026-10' } : undefined;
    const given = 'orderId' in route.params.shape ? params : { contractId: contract.id };
    await send(id, { ...(Object.keys(route.params.shape).length > 0 && { params: given }), ...(query && { query }) });
  }
  await send('cancelOrder', { params, body: { comment: 'Made in error' } });

  expect([...called].sort()).toEqual(all.map(([id]) => id).sort());
  for (const name of NAMES) {
    const { rights }: FunctionDefinition = functions[name];
    const asked = [...(used.get(name) ?? [])];
    expect([name, asked.filter((right) => !rights.table?.includes(right))]).toEqual([name, []]);
  }
  await opened.close();
});
