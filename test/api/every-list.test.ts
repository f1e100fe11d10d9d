import { isList, type RouteDefinition } from '../../lambdas/manifest/routes/route.ts';
import { type RouteId, routes } from '../../lambdas/manifest/routes.ts';
import { request, type Sent } from '../support/api-requests.ts';
import { bearerOf, billOctober } from '../support/billed-programme.ts';
import { addExampleThings, ownParams } from '../support/example-things.ts';
import { ALL_ROLES, type ApiPortal, openApiPortal } from '../support/portal.ts';

const SENDER = { VENDOR: 'VENDOR', AGGREGATOR: 'AGG-1', SERVICE_PROVIDER: 'SP-1' } as const;

/** Lists that are never longer than a page, or the lines of one thing in the order they stand in. */
const WITHOUT_FILTER: ReadonlySet<string> = new Set([
  'listAggregatorRoles',
  'listProviderRoles',
  'listVendorRoles',
  'listProviderProductFamilies',
  'listUsageFileErrors',
  'getConsolidatedBills',
]);

/** What stands for the ids in the paths of the vendor's lists. */
const OF_THE_PROGRAMME: Readonly<Record<string, string>> = {
  organizationId: 'AGG-1',
  contractId: 'C-0001',
  orderId: 'order-1',
  webhookId: 'webhook-of-vendor',
  dealId: 'deal-1',
};

const lists = (Object.entries(routes) as [RouteId, RouteDefinition][]).flatMap(([id, route]) => {
  const { access, example } = route;
  if (access === 'PUBLIC' || !isList(route)) return [];
  const own = ownParams(access, example.params ?? {});
  const params =
    access.organizationType === 'VENDOR'
      ? Object.fromEntries(Object.entries(own).map(([name, value]) => [name, OF_THE_PROGRAMME[name] ?? value]))
      : own;
  // What some have to be asked with, e.g. a month; not how it is cut.
  const { filter, sort, limit, offset, ...query } = example.query ?? {};
  if (id === 'listVendorMonthlyBills') params.organizationId = 'SP-1';
  return [{ id, route, params, query, sender: SENDER[access.organizationType] }];
});
const filtered = lists.filter(({ id }) => !WITHOUT_FILTER.has(id));

let opened: ApiPortal;
let productFamilyId: string;
const tokens = new Map<string, string>();
beforeAll(async () => {
  opened = await openApiPortal();
  await billOctober(opened);
  await addExampleThings(opened);
  for (const sender of Object.values(SENDER)) tokens.set(sender, await bearerOf(opened, sender, ALL_ROLES));
  // A product family for the lists of one.
  const { body } = routes.loadCatalogue.example;
  const { status } = await request(opened.portal, 'loadCatalogue', { body, token: tokens.get('VENDOR') });
  expect(status).toBe(200);
  const families = await request(opened.portal, 'listProviderProductFamilies', { token: tokens.get('SP-1') });
  productFamilyId = (families.body.content as { id: string }[])[0]?.id ?? '';
});
afterAll(() => opened.close());

type Listed = { content: unknown[]; total: number };

async function asked(list: (typeof lists)[number], query: Sent['query'], headers = {}) {
  const { id, params, sender } = list;
  const own = { ...params, ...(params.productFamilyId && { productFamilyId }) };
  const sent = { params: own, query: { ...list.query, ...query }, headers, token: tokens.get(sender) };
  const { status, body, text = '', headers: answered } = await request(opened.portal, id, sent);
  const errors = (body.errors ?? []) as { field: string; message: string }[];
  return { status, body: body as unknown as Listed, text, type: answered['content-type'], errors };
}

test('lists are filtered and sorted, but for those that are named', () => {
  for (const { id, route } of lists) {
    const names = Object.keys(route.query.shape);
    expect([id, names.includes('filter') && names.includes('sort')]).toEqual([id, !WITHOUT_FILTER.has(id)]);
  }
});

test.each(lists)('$id answers CSV with a row for each of its total', async (list) => {
  const json = await asked(list, {});
  expect(json.status).toBe(200);
  if (!WITHOUT_FILTER.has(list.id)) expect(json.body.content.length).toBe(Math.min(json.body.total, 20));
  const csv = await asked(list, {}, { accept: 'text/csv' });
  expect([csv.status, csv.type]).toEqual([200, 'text/csv; charset=utf-8']);
  const [, ...rows] = csv.text
    .replaceAll(/"[^"]*"/g, '')
    .trimEnd()
    .split('\r\n');
  if (!WITHOUT_FILTER.has(list.id)) expect(rows.length).toBe(json.body.total);
});

describe.each(filtered)('$id', (list) => {
  test('cuts pages: a limit above 200 is 200, past the end there is nothing, its total stays', async () => {
    const parsed = list.route.query.parse({ ...list.route.example.query, limit: '100000' });
    expect(parsed).toMatchObject({ limit: 200 });
    const all = await asked(list, { limit: '100000' });
    expect(all.body.content.length).toBe(all.body.total);
    const past = await asked(list, { offset: '100000' });
    expect(past.body).toEqual({ content: [], total: all.body.total });
    const one = await asked(list, { limit: '1' });
    expect(one.body).toEqual({ content: all.body.content.slice(0, 1), total: all.body.total });
  });

  test.each([
    ['limit', '0'],
    ['limit', '-1'],
    ['limit', '1e3'],
    ['offset', 'x'],
    ['sort', 'nothingLikeIt'],
    ['sort', '__proto__'],
    ['filter', 'nothingLikeIt==1'],
    ['filter', '__proto__==1'],
    ['filter', '('.repeat(10_000)],
    ['filter', `${'('.repeat(10_000)}id==1${')'.repeat(10_000)}`],
    ['filter', `${'('.repeat(1_900)}id==1${')'.repeat(1_900)}`],
    ['filter', 'id=='],
  ])('refuses a wrong %s by its name', async (name, value) => {
    const { status, errors } = await asked(list, { [name]: value });
    expect([status, errors.map(({ field }) => field)]).toEqual([400, [name]]);
  });

  test('takes each of its selectors and no other, and sorts by each of its fields', async () => {
    const told = (name: string) => list.route.query.shape[name]?.meta()?.description ?? '';
    const selectors = [...told('filter').matchAll(/`([\w.]+)` \(([^)]*)\)/g)];
    expect(selectors.length).toBeGreaterThan(0);
    const { total } = (await asked(list, {})).body;
    for (const [, name] of selectors) {
      const { status, body } = await asked(list, { filter: `${name}!=*` });
      // Numbers and booleans have no wildcard.
      if (status === 200) expect(body.total).toBeLessThanOrEqual(total);
      else expect(status).toBe(400);
    }
    for (const [, field] of told('sort').matchAll(/`([\w.]+)`/g)) {
      expect([field, (await asked(list, { sort: `-${field}` })).body.total]).toEqual([field, total]);
    }
  });
});
