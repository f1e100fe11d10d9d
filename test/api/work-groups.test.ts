import type { Role } from '../../lambdas/domain/organization/organization.ts';
import type { RouteDefinition } from '../../lambdas/manifest/routes/route.ts';
import { isList } from '../../lambdas/manifest/routes/route.ts';
import { type RouteId, routes } from '../../lambdas/manifest/routes.ts';
import { bearerFor, request, type Sent } from '../support/api-requests.ts';
import { openUsagePortal, PROVIDER } from '../support/usage-portal.ts';

type World = Awaited<ReturnType<typeof openUsagePortal>>;
let world: World;
let token: string;
const ADMIN = { organizationId: 'SP-1', roles: ['Administrator', 'Operations'] as readonly Role[] };
const AGG_ADMIN = { organizationId: 'AGG-1', roles: ['Administrator', 'Operations'] as readonly Role[] };

const admin = (id: RouteId, sent: Sent = {}) => world.send(id, sent, ADMIN);
const member = (id: RouteId, sent: Sent = {}) => request(world.portal, id, { token, ...sent });
const items = (siteIds?: string[]) => [{ contracts: [{ contractId: world.contractId, ...(siteIds && { siteIds }) }] }];

async function group(wanted: object[], name = 'West'): Promise<string> {
  const { status, body } = await admin('createProviderWorkGroup', { body: { name, items: wanted } });
  expect(status).toBe(201);
  return String(body.id);
}
const assign = (userId: string, workGroupId: string | null) =>
  admin('assignProviderWorkGroup', { params: { userId }, body: { workGroupId } });
/** What is cached of accounts is trusted for half a minute. */
const later = () => {
  world.clock.time = new Date(world.clock.time.getTime() + 31_000);
};

beforeEach(async () => {
  world = await openUsagePortal();
  const secret = await world.addUser({ id: 'member', organizationId: 'SP-1', roles: ['Operations', 'Read Only'] });
  token = await bearerFor(world.portal, secret);
  expect((await admin('switchProviderWorkGroups', { body: { enabled: true } })).body).toEqual({ enabled: true });
  for (const [site, quantity] of [
    [world.west, '10'],
    [world.east, '20'],
  ] as const) {
    const body = { code: 'CORE', siteId: site, quantity };
    expect((await world.send('addUsage', { params: { orderId: world.orderId }, body }, PROVIDER)).status).toBe(201);
  }
});
afterEach(() => world.close());

const contents = async (id: RouteId, sent: Sent = {}) => {
  const { body } = await member(id, sent);
  return { total: body.total, content: body.content as Record<string, unknown>[] };
};

test('who is in no group sees all; a member of a group sees the contracts it names', async () => {
  expect((await contents('listProviderContracts')).total).toBe(2);
  await assign('member', await group(items()));
  later();
  const contracts = await contents('listProviderContracts');
  expect(contracts).toMatchObject({ total: 1, content: [{ id: world.contractId }] });
  const october = { query: { filter: 'usagePeriod==2026-10' } };
  expect((await contents('listProviderOrders', october)).content.map(({ id }) => id)).toEqual([world.orderId]);
  expect(await contents('listProviderTasks')).toMatchObject({ total: 1 });
  const hidden = { params: { contractId: world.plainContractId } };
  expect((await member('getProviderContract', hidden)).status).toBe(404);
  expect((await member('getProviderOrder', { params: { orderId: world.plainOrderId } })).status).toBe(404);
  expect((await member('listProviderUsageSites', hidden)).status).toBe(404);
  // All of the contract is in view: its order is a member's to submit.
  const order = await member('getProviderOrder', { params: { orderId: world.orderId } });
  expect(order.body).toHaveProperty('summary.reported', 210);
  const submitted = await member('submitOrder', {
    params: { orderId: world.orderId },
    body: { serviceProviderPurchaseOrder: 'PO' },
  });
  expect(submitted.status).toBe(204);
});

test('of a contract that is partly in view, lines of other sites are absent, and so is what adds them up', async () => {
  await assign('member', await group(items([world.west])));
  later();
  const params = { orderId: world.orderId };
  expect((await contents('listProviderUsages', { params })).content.map(({ siteName }) => siteName)).toEqual(['West']);
  expect((await contents('listProviderUsageDetails', { params })).total).toBe(1);
  expect((await contents('listAllUsageSites')).content.map(({ name }) => name)).toEqual(['West']);
  const sites = await contents('listProviderUsageSites', { params: { contractId: world.contractId } });
  expect(sites.content.map(({ name }) => name)).toEqual(['West']);
  const { body } = await member('getProviderOrder', { params });
  expect(body).not.toHaveProperty('summary');
  expect((await contents('listProviderOrders')).content[0]).not.toHaveProperty('summary');
  for (const id of ['estimateProviderOrder', 'readProviderOrderHistory', 'listProviderComments'] as const) {
    expect((await member(id, { params })).body).toMatchObject({ code: 'NOT_ALLOWED' });
  }
  const site = { contractId: world.contractId, siteId: world.east };
  expect((await member('getProviderUsageSite', { params: site })).status).toBe(404);
});

test('a member writes lines of what is in view alone, and what is for the whole order is not for it', async () => {
  await assign('member', await group(items([world.west])));
  later();
  const params = { orderId: world.orderId };
  const lines = await world.lines();
  const idOf = (siteName: string) => lines.find((line) => line.siteName === siteName)?.id as string;
  const change = (usageId: string, body: object) => member('changeUsage', { params: { ...params, usageId }, body });
  expect((await change(idOf('West'), { quantity: '11' })).status).toBe(200);
  expect((await change(idOf('East'), { quantity: '21' })).status).toBe(404);
  expect((await change(idOf('West'), { siteId: world.east })).status).toBe(400);
  const removal = { params: { ...params, usageId: idOf('East') } };
  expect((await member('removeUsage', removal)).status).toBe(404);
  const add = (siteId: string) => member('addUsage', { params, body: { code: 'ADDON', siteId, quantity: '1' } });
  expect((await add(world.east)).status).toBe(400);
  expect((await add(world.west)).status).toBe(201);
  expect((await world.lines()).map(({ siteName, quantity }) => `${siteName} ${quantity}`).sort()).toEqual([
    'East 20000000',
    'West 1000000',
    'West 11000000',
  ]);
  for (const id of ['submitOrder', 'reportZeroUsage', 'addProviderComment'] as const) {
    const { body } = await member(id, { params, body: routes[id].example.body });
    expect([id, body.code]).toEqual([id, 'NOT_ALLOWED']);
  }
  const file = { name: 'usage.csv', format: 'CSV', size: 10 };
  expect((await member('announceUsageFile', { body: file })).status).toBe(403);
});

const exampleQuery = (id: RouteId) => (routes[id] as RouteDefinition).example.query ?? {};

/** Lists that need nothing named, of service providers or aggregators. */
const listsOf = (type: string) =>
  (Object.entries(routes) as [RouteId, RouteDefinition][])
    .filter(([, { access }]) => access !== 'PUBLIC' && access.organizationType === type)
    .filter(([, route]) => isList(route) && !route.path.includes('{'))
    .map(([id]) => id);

test('meters, tasks and CSV are of what is in view, in lists and by id; what is of all there is, is not for a member', async () => {
  const all = { organizationId: 'SP-1' };
  await world.send('chooseAutomaticReporting', { body: { optedIn: true } }, all);
  const register = async (instanceId: string, contract: object): Promise<string> => {
    const meter = { instanceId, name: 'um', version: '4.8.0.0', contracts: [contract] };
    const { status, body } = await world.send('registerUsageMeter', { body: meter }, all);
    expect(status).toBe(201);
    return String(body.id);
  };
  const west = await register('de16af2a-0c1d-4e5f-8a9b-8cd5d5bdad1e', {
    contractId: world.contractId,
    usageSiteId: world.west,
  });
  const other = await register('de16af2a-0c1d-4e5f-8a9b-8cd5d5bdad1f', { contractId: world.plainContractId });
  await assign('member', await group(items()));
  later();
  const meters = async () => (await contents('listUsageMeters')).content.map(({ id }) => id);
  const read = async (meterId: string) => (await member('getUsageMeter', { params: { meterId } })).status;
  expect(await meters()).toEqual([west]);
  expect([await read(west), await read(other)]).toEqual([200, 404]);
  const tasks = (await contents('listProviderTasks')).content;
  expect(tasks.map(({ contractId }) => contractId)).toEqual([world.contractId]);
  const csv = await member('listProviderOrders', { headers: { accept: 'text/csv' } });
  expect([csv.text?.includes(world.orderId), csv.text?.includes(world.plainOrderId)]).toEqual([true, false]);
  for (const id of ['requestProviderExport', 'listProviderExports', 'listProviderMonthlyBills'] as const) {
    const { body } = await member(id, { query: exampleQuery(id), body: (routes[id] as RouteDefinition).example.body });
    expect([id, body.code]).toEqual([id, 'NOT_ALLOWED']);
  }
  // Of a contract that is partly in view a meter is not: it reports for all sites.
  await assign('member', await group(items([world.east]), 'East'));
  later();
  expect(await meters()).toEqual([]);
  expect(await read(west)).toBe(403);
});

test('a member whose group names nothing finds nothing in any list', async () => {
  await assign('member', await group([], 'Nobody'));
  later();
  const seen: string[] = [];
  for (const id of listsOf('SERVICE_PROVIDER')) {
    const { status, body } = await member(id, { query: exampleQuery(id) });
    if (status === 200 && body.total !== 0) seen.push(id);
    else expect([200, 400, 403]).toContain(status);
  }
  expect(seen).toEqual([]);
});

test('an Administrator sees as a member would, but changes nothing that way', async () => {
  const id = await group(items([world.west]));
  const headers = { 'x-work-group': id };
  const as = (sent: Sent = {}) => admin('listProviderUsages', { params: { orderId: world.orderId }, headers, ...sent });
  expect(((await as()).body.content as { siteName: string }[]).map(({ siteName }) => siteName)).toEqual(['West']);
  expect(await as({ headers: {} })).toMatchObject({ body: { total: 2 } });
  expect((await as({ headers: { 'x-work-group': 'none' } })).status).toBe(404);
  const body = { serviceProviderPurchaseOrder: 'PO' };
  expect((await admin('submitOrder', { params: { orderId: world.orderId }, body, headers })).status).toBe(400);
  expect((await member('listProviderOrders', { headers })).body).toMatchObject({ code: 'NOT_ALLOWED' });
});

test('disabled, all users see all again; a group that is gone shows nothing', async () => {
  const id = await group(items());
  await assign('member', id);
  expect((await admin('deleteProviderWorkGroup', { params: { workGroupId: id } })).body).toMatchObject({
    code: 'WORK_GROUP_HAS_MEMBERS',
  });
  await admin('switchProviderWorkGroups', { body: { enabled: false } });
  later();
  expect((await contents('listProviderContracts')).total).toBe(2);
  await admin('switchProviderWorkGroups', { body: { enabled: true } });
  await assign('member', null);
  expect((await admin('deleteProviderWorkGroup', { params: { workGroupId: id } })).status).toBe(204);
  later();
  expect((await contents('listProviderContracts')).total).toBe(2);
});

test('groups are listed with their members, All first of all who are in none', async () => {
  const id = await group(items());
  await assign('member', id);
  const { body } = await admin('listProviderWorkGroups');
  const listed = body.content as { id?: string; name: string; members: string[] }[];
  expect(listed.map(({ name, members }) => [name, members.includes('member')])).toEqual([
    ['All', false],
    ['West', true],
  ]);
  expect(listed[0]).not.toHaveProperty('id');
  const changed = await admin('changeProviderWorkGroup', { params: { workGroupId: id }, body: { name: 'Occident' } });
  expect(changed.body).toEqual({ id, name: 'Occident', items: items() });
  const trail = await admin('readProviderAuditTrail', { query: { filter: `subject==WORK-GROUP#${id}` } });
  expect((trail.body.content as { action: string }[]).map(({ action }) => action).sort()).toEqual([
    'changeWorkGroup',
    'createWorkGroup',
  ]);
});

test('Administrators stay in All, and enabling is for who is Operations too', async () => {
  const id = await group(items());
  await world.addUser({ id: 'boss', organizationId: 'SP-1', roles: ['Administrator'] });
  expect((await assign('boss', id)).body).toMatchObject({ code: 'ADMINISTRATOR_SEES_ALL' });
  await assign('member', id);
  const promote = { params: { userId: 'member' }, body: { roles: ['Administrator'] } };
  expect((await admin('changeProviderUser', promote)).body).toMatchObject({ code: 'ADMINISTRATOR_SEES_ALL' });
  const only = { organizationId: 'SP-1', roles: ['Administrator'] as const };
  expect((await world.send('switchProviderWorkGroups', { body: { enabled: false } }, only)).status).toBe(403);
  expect((await assign('someone-of-another', id)).status).toBe(404);
});

test('a group names what there is, and what is the organization’s', async () => {
  const refused = async (wanted: object[], name = 'Wrong') => {
    const { status, body } = await admin('createProviderWorkGroup', { body: { name, items: wanted } });
    return [status, (body.errors as { field: string }[] | undefined)?.map(({ field }) => field) ?? body.code];
  };
  expect(await refused([{ contracts: [{ contractId: 'other' }] }])).toEqual([
    400,
    ['items[0].contracts[0].contractId'],
  ]);
  expect(await refused(items(['no-site']))).toEqual([400, ['items[0].contracts[0].siteIds']]);
  expect(await refused([{ serviceProviders: ['1'] }])).toEqual([400, ['items[0].serviceProviders']]);
  expect(await refused([{}])).toEqual([400, expect.anything()]);
  expect(await refused(items(), 'All')).toEqual([409, 'WORK_GROUP_EXISTS']);
  await group(items());
  expect(await refused(items(), 'West')).toEqual([409, 'WORK_GROUP_EXISTS']);
});

test('an aggregator’s group has all contracts of a service provider, also those to come', async () => {
  const make = (body: object) => world.send('createAggregatorWorkGroup', { body }, AGG_ADMIN);
  await world.send('switchAggregatorWorkGroups', { body: { enabled: true } }, AGG_ADMIN);
  const { body } = await make({ name: 'SP 1', items: [{ serviceProviders: ['prm-SP-1'] }] });
  const secret = await world.addUser({ id: 'agent', organizationId: 'AGG-1', roles: ['Operations', 'Read Only'] });
  const agent = await bearerFor(world.portal, secret);
  const put = (workGroupId: unknown) =>
    world.send('assignAggregatorWorkGroup', { params: { userId: 'agent' }, body: { workGroupId } }, AGG_ADMIN);
  await put(body.id);
  later();
  const contracts = async () => (await request(world.portal, 'listAggregatorContracts', { token: agent })).body.total;
  expect(await contracts()).toBe(2);
  const { body: other } = await make({ name: 'Another', items: [{ serviceProviders: ['prm-unknown'] }] });
  await put(other.id);
  later();
  expect(await contracts()).toBe(0);
  for (const id of listsOf('AGGREGATOR')) {
    const answer = await request(world.portal, id, { token: agent, query: exampleQuery(id) });
    if (answer.status === 200 && !['listAggregatorProductFamilies', 'listBillToAccounts'].includes(id)) {
      expect([id, answer.body.total]).toEqual([id, 0]);
    }
  }
});
