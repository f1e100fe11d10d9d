import { period } from '../../lambdas/domain/calendar/period.ts';
import type { FunctionDefinition } from '../../lambdas/manifest/functions/function.ts';
import { type FunctionName, functions } from '../../lambdas/manifest/functions.ts';
import type { RouteDefinition } from '../../lambdas/manifest/routes/route.ts';
import { type RouteId, routes } from '../../lambdas/manifest/routes.ts';
import { tablePorts } from '../../lambdas/runtime/all-ports.ts';
import { openTable } from '../../lambdas/stores/table.ts';
import type { Portal } from '../../lambdas/use-cases/ports/portal.ts';
import { openLocalClient } from '../../local/dynamodb/client.ts';
import { bearerFor, request, type Sent } from '../support/api-requests.ts';
import { NEGOTIATED, openContractPortal, skuId, WANTED } from '../support/contract-portal.ts';
import { TABLE_NAME } from '../support/portal-parts.ts';
import { recordingRights } from '../support/recording-rights.ts';

const WHOLE = ['contractsApi', 'contractChangesApi'] as const satisfies readonly FunctionName[];
/** Those and the one of usage sites, which does more than this test asks it for (customer-rights.test.ts). */
const NAMES = [...WHOLE, 'customersApi'] as const satisfies readonly FunctionName[];
const AT_ONCE = { 'content-type': 'application/json', 'idempotency-key': 'k-1' };

test('what is done with contracts needs the rights that their functions have, and no others', async () => {
  const opened = await openContractPortal();
  const used = new Map<string, Set<string>>(NAMES.map((name) => [name, new Set<string>()]));
  const called = new Set<RouteId>();
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
  ] as const) {
    const user = { id: `user-of-${path}`, organizationId, roles: ['Operations', 'Read Only'] as const };
    tokens.set(path, await bearerFor(opened.portal, await opened.addUser(user)));
  }
  const send = async (id: RouteId, sent: Sent = {}) => {
    const route: RouteDefinition = routes[id];
    const token = tokens.get(route.path.split('/')[2] ?? '');
    called.add(id);
    const reply = await request(portals.get(route.function) as Portal, id, { ...sent, token });
    expect([id, reply.status < 300]).toEqual([id, true]);
    return reply;
  };
  const ofOwn = async (body: object, headers?: Record<string, string>) => {
    const { headers: given } = await send('createContract', { body, ...(headers && { headers }) });
    return { contractId: given.location?.split('/').at(-1) ?? '' };
  };

  const params = await ofOwn(WANTED, AT_ONCE);
  const change = { contractSKUId: skuId('RENTAL-3600'), effectiveDate: '2026-12-01' };
  const asked = await send('upgradeContract', { params, body: change });
  const request1 = { ...params, requestId: String(asked.body.id) };
  await send('withdrawContractRequest', { params: request1, body: {} });
  await send('downgradeContract', {
    params,
    body: { ...change, contractSKUId: skuId('RENTAL-360'), comment: 'Fewer customers' },
  });
  await send('terminateContract', {
    params,
    body: { effectiveDate: '2027-01-01', comment: 'End', reason: 'COVID Impact' },
  });
  await send('changeContract', { params, body: { vmwarePurchaseOrder: 'PO-2' } });
  for (const [list, get, create, edit, close] of [
    [
      'listAggregatorUsageSites',
      'getAggregatorUsageSite',
      'createAggregatorUsageSite',
      'changeAggregatorUsageSite',
      'closeAggregatorUsageSite',
    ],
    [
      'listProviderUsageSites',
      'getProviderUsageSite',
      'createProviderUsageSite',
      'changeProviderUsageSite',
      'closeProviderUsageSite',
    ],
  ] as const) {
    const body = { name: create, countryRegion: 'US', address: 'x', postCode: '1' };
    const { body: site } = await send(create, { params, body });
    const one = { ...params, usageSiteId: String(site.id) };
    await send(list, { params });
    await send(get, { params: one });
    await send(edit, { params: one, body: { postCode: '2' } });
    await send(close, { params: one });
  }
  await send('listAllUsageSites');
  await send('setAggregatorTags', { params, body: { tags: ['a'] } });
  await send('setProviderTags', { params, body: { tags: [] } });
  const negotiated = { ...WANTED, ...NEGOTIATED, contractSKUId: skuId('RENTAL-CUSTOM') };
  const custom = await ofOwn(negotiated);
  const [made] = await opened.portal.contractRequests.ofContract(custom.contractId);
  if (!made) throw new Error('the contract has no request');
  await opened.portal.units.commit([opened.portal.contractRequests.changed({ ...made, status: 'PENDING_REVISE' })]);
  const anew = { requestType: 'CREATE', ...negotiated };
  await send('resubmitContractRequest', { params: { ...custom, requestId: made.id }, body: anew });
  await send('listAggregatorContracts');
  await send('listProviderContracts');
  for (const id of [
    'getAggregatorContract',
    'getProviderContract',
    'listContractRequests',
    'readAggregatorTimeline',
    'readProviderTimeline',
    'getAggregatorTags',
    'getProviderTags',
    'getPrepayment',
    'adviseCommit',
  ] as const) {
    await send(id, { params });
  }
  await send('getContractRequest', { params: request1 });
  expect(await opened.portal.billingOrders.ofContract(params.contractId, [period('2026-11')])).toHaveLength(1);

  // They do what an upgrade does, for other types of contracts.
  const likeUpgrade: RouteId[] = [
    'topUpContract',
    'renewContract',
    'amendContract',
    'amendPrepayment',
    'updateThreshold',
  ];
  const all = (Object.entries(routes) as [RouteId, RouteDefinition][]).filter(([, route]) =>
    (WHOLE as readonly string[]).includes(route.function),
  );
  expect([...called, ...likeUpgrade].filter((id) => routes[id].function !== 'customersApi').sort()).toEqual(
    all.map(([id]) => id).sort(),
  );
  expect(functions.customersApi.rights.table).toEqual(expect.arrayContaining([...(used.get('customersApi') ?? [])]));
  for (const name of WHOLE) {
    const { rights }: FunctionDefinition = functions[name];
    expect([name, [...(used.get(name) ?? [])].sort()]).toEqual([name, [...(rights.table ?? [])].sort()]);
  }
  await opened.close();
});
