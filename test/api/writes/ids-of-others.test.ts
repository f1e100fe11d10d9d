import * as z from 'zod';
import type { RouteId } from '../../../lambdas/manifest/routes.ts';
import { type ContractPortal, NEGOTIATED, skuId, WANTED } from '../../support/contract-portal.ts';
import { addThings, openTenants } from '../../support/tenants.ts';
import { rowsOf, writeRoutes } from '../../support/write-routes.ts';

type Things = Awaited<ReturnType<typeof addThings>>;
type Body = (of: Things) => object;
/** A write that names things by id: of which thing it is, and what it says. */
type Naming = { id: RouteId; params?: (own: Things) => Record<string, string>; body: Body };

const GROUP: Body = ({ contractId, siteId }) => ({
  items: [{ contracts: [{ contractId, siteIds: [siteId] }] }],
});
const METERED: Body = ({ contractId, siteId }) => ({ contracts: [{ contractId, usageSiteId: siteId }] });
const NEW_METER = { instanceId: 'de16af2a-0c1d-4e5f-8a9b-8cd5d5bdad1e', name: 'um', version: '4.8.0.0' };
const RULE: Body = ({ serviceProviderId }) => ({ serviceProviderIds: [serviceProviderId] });
const CONTRACT: Body = ({ billToAccountId }) => ({ ...WANTED, billToAccountId });
const MADE_ANEW = { contractSKUId: skuId('RENTAL-CUSTOM'), ...NEGOTIATED, bolDate: '2026-12-01' };
const SUBSCRIPTION = { customer: { number: 'CUST-1', name: 'Customer One' }, productCode: 'HOST', quantity: '5' };
const TAKE_OVER = { aggregatorContact: 'agg@agg.example', vmwarePurchaseOrder: 'PO-2', billingOrderPreference: 'EDI' };
const DEAL = {
  ...{ productSKU: 'CORE', projectedDealValue: '10000.00', expectedCloseDate: '2026-12-23' },
  ...{ serviceProviderContact: 'ada@sp.example', aggregatorSalesContactLead: 'ada@agg.example' },
  aggregatorManager: 'ada@agg.example',
};
const CUSTOMER_COMMITMENT = {
  commitment: 10,
  bol: '2026-12',
  eol: '2026-12',
  minCommits: { '2026-12': 10 },
  name: 'mine',
};
const PRODUCT_COMMITMENT = {
  ...{ product: 'LCORE', uom: 'GB vRAM', quantity: 100, bol: '2026-12', term: 'YEAR_1', name: 'mine' },
  payment: 'MONTHLY',
};

const NAMINGS: readonly Naming[] = [
  { id: 'createAggregatorWorkGroup', body: (of) => ({ name: 'Benelux', ...GROUP(of) }) },
  { id: 'createProviderWorkGroup', body: (of) => ({ name: 'Benelux', ...GROUP(of) }) },
  {
    id: 'changeAggregatorWorkGroup',
    params: ({ aggregatorGroupId: workGroupId }) => ({ workGroupId }),
    body: GROUP,
  },
  { id: 'changeProviderWorkGroup', params: ({ providerGroupId: workGroupId }) => ({ workGroupId }), body: GROUP },
  {
    id: 'assignAggregatorWorkGroup',
    params: () => ({ userId: 'reader-of-AGG-1' }),
    body: ({ aggregatorGroupId: workGroupId }) => ({ workGroupId }),
  },
  {
    id: 'assignProviderWorkGroup',
    params: () => ({ userId: 'reader-of-SP-1' }),
    body: ({ providerGroupId: workGroupId }) => ({ workGroupId }),
  },
  {
    id: 'replayAggregatorDeadLetters',
    params: ({ aggregatorWebhookId: webhookId }) => ({ webhookId }),
    body: ({ aggregatorEventId }) => ({ eventIds: [aggregatorEventId] }),
  },
  {
    id: 'replayProviderDeadLetters',
    params: ({ providerWebhookId: webhookId }) => ({ webhookId }),
    body: ({ providerEventId }) => ({ eventIds: [providerEventId] }),
  },
  { id: 'createContract', body: CONTRACT },
  {
    id: 'changeContract',
    params: ({ contractId }) => ({ contractId }),
    body: ({ billToAccountId }) => ({ billToAccountId }),
  },
  {
    id: 'resubmitContractRequest',
    params: ({ revisedContractId: contractId, revisedId: requestId }) => ({ contractId, requestId }),
    body: (of) => ({ requestType: 'CREATE', ...CONTRACT(of), ...MADE_ANEW }),
  },
  {
    id: 'takeOverContract',
    params: ({ takenContractId: contractId }) => ({ contractId }),
    body: ({ billToAccountId }) => ({ ...TAKE_OVER, billToAccountId }),
  },
  { id: 'createApprovalRule', body: (of) => ({ name: 'Steady', withoutEdits: true, ...RULE(of) }) },
  { id: 'changeApprovalRule', params: ({ ruleId }) => ({ ruleId }), body: RULE },
  { id: 'approveOrders', body: ({ orderId }) => ({ orders: [{ orderId }] }) },
  { id: 'registerDeal', body: ({ contractId }) => ({ ...DEAL, contractId }) },
  {
    id: 'addUsage',
    params: ({ orderId }) => ({ orderId }),
    body: ({ siteId }) => ({ code: 'ADDON', siteId, quantity: '2' }),
  },
  {
    id: 'addUsage',
    params: ({ sovOrderId: orderId }) => ({ orderId }),
    body: ({ customerNumber }) => ({ code: 'CLOUD', customerNumber, quantity: '2' }),
  },
  {
    id: 'changeUsage',
    params: ({ orderId, usageId }) => ({ orderId, usageId }),
    body: ({ siteId }) => ({ siteId, quantity: '3' }),
  },
  {
    id: 'writeUsageBatch',
    params: ({ orderId }) => ({ orderId }),
    body: ({ siteId, usageId }) => ({
      atomic: true,
      operations: [{ operation: 'CHANGE', usageId, siteId, quantity: '4' }],
    }),
  },
  {
    id: 'writeUsageBatch',
    params: ({ sovOrderId: orderId }) => ({ orderId }),
    body: ({ customerNumber }) => ({
      atomic: true,
      operations: [{ operation: 'ADD', code: 'DISK', customerNumber, quantity: '2' }],
    }),
  },
  { id: 'announceUsageFile', body: ({ orderId }) => ({ name: 'usage.csv', size: 10, orderId }) },
  { id: 'registerUsageMeter', body: (of) => ({ ...NEW_METER, ...METERED(of) }) },
  { id: 'changeUsageMeter', params: ({ meterId }) => ({ meterId }), body: METERED },
  {
    id: 'createCustomerCommitment',
    params: ({ sovContractId: contractId }) => ({ contractId }),
    body: ({ customerId }) => ({ ...CUSTOMER_COMMITMENT, customerId }),
  },
  {
    id: 'createProductCommitment',
    params: ({ lpcaasContractId: contractId }) => ({ contractId }),
    body: ({ tenantId }) => ({ ...PRODUCT_COMMITMENT, customerId: tenantId }),
  },
  { id: 'keepServiceContract', body: ({ cloudContractId }) => ({ service: 'Any', contractId: cloudContractId }) },
  { id: 'orderSubscription', body: ({ cloudContractId }) => ({ ...SUBSCRIPTION, contractId: cloudContractId }) },
];

/** Members that may name what isn't the caller's, or name nothing that is kept here; the vendor sees everybody's things. */
const MAY_NAME_ANY: Readonly<Record<string, string>> = {
  contractSKUId: 'the catalogue is the same for everybody',
  productSKU: 'the catalogue is the same for everybody',
  'createContract serviceProviderId': 'an aggregator makes contracts with service providers that it has none with yet',
  'resubmitContractRequest serviceProviderId': 'as it makes contracts',
  'askForSwap aggregatorPrmId': 'a service provider goes to an aggregator that it has no contract with yet',
  'addEndCustomer customerNumber': 'others’ are added by their exact number (domain.md §8)',
  'requestAggregatorExport serviceProviderId': 'narrows documents of the aggregator: of a stranger there are none',
  'items[].serviceProviders[]': 'narrows contracts of the organization: of a stranger there are none',
  'items[].customers[]': 'narrows usage of the organization: of a stranger there is none',
  'customer.number': 'the service provider’s own, for its customers; they are not kept here',
  instanceId: 'of the meter’s appliance; the same one of another service provider is nobody’s matter',
  entitlementAccount: 'the service provider’s account with the vendor, which is not kept here',
  serviceProviderContact: 'a mail address, of who needs be no user',
  licenseContact: 'a mail address, of who needs be no user',
  aggregatorContact: 'a mail address, of who needs be no user',
  systemContact: 'a mail address, of who needs be no user',
  aggregatorSalesContactLead: 'a mail address, of who needs be no user',
  aggregatorManager: 'a mail address, of who needs be no user',
};

const NAMES_A_THING =
  /(Id|Ids|Number|SKU|Account|Contact|Lead|Manager)(\[\])?$|\.number$|(serviceProviders|customers)\[\]$/;

type Json = { $ref?: string; properties?: Record<string, Json>; items?: Json; anyOf?: Json[]; oneOf?: Json[] };
type Schema = Json & { $defs?: Record<string, Json> };

/** Members of a schema that have no members of their own, by their paths. */
function leavesOf({ $defs = {}, ...schema }: Schema): string[] {
  const leaves = ({ $ref, properties, items, anyOf = [], oneOf = [] }: Json, path: string): string[] => {
    const defined = $ref && $defs[$ref.replace('#/$defs/', '')];
    const either = [...(defined ? [defined] : []), ...anyOf, ...oneOf];
    if (either.length > 0) return either.flatMap((each) => leaves(each, path));
    if (items) return leaves(items, `${path}[]`);
    if (!properties) return [path];
    return Object.entries(properties).flatMap(([name, each]) => leaves(each, path === '' ? name : `${path}.${name}`));
  };
  return leaves(schema, '');
}

type Path = readonly (string | number)[];

/** Members of a body that have no members of their own, each with its path. */
function membersOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, each]) =>
    membersOf(each, [...path, Array.isArray(value) ? Number(name) : name]),
  );
}

const at = (body: unknown, path: Path): unknown => path.reduce((of, name) => (of as never)[name], body);
const textOf = (path: Path): string =>
  path
    .map((name) => (typeof name === 'number' ? '[]' : `.${name}`))
    .join('')
    .slice(1);

/** A body with another value at a path. */
function bodyWith(body: unknown, path: Path, value: unknown): object {
  const copy = structuredClone(body) as object;
  (at(copy, path.slice(0, -1)) as Record<string | number, unknown>)[path.at(-1) ?? ''] = value;
  return copy;
}

/** An id of the same form that nothing has. */
const ofNothing = (id: string): string => id.replace(/\d/g, (digit) => String(9 - Number(digit)));
const NOTHING = (things: Things): Things =>
  Object.fromEntries(Object.entries(things).map(([name, id]) => [name, ofNothing(id)])) as Things;

let portal: ContractPortal;
let own: Things;
/** Things of strangers; of the aggregator's with another service provider, of the service provider's with another aggregator. */
let strangers: Things;
let ofAggregator: Things;
let ofProvider: Things;
beforeAll(async () => {
  portal = await openTenants();
  for (const id of ['AGG-1', 'SP-1']) {
    await portal.addUser({ id: `reader-of-${id}`, organizationId: id, roles: ['Read Only'] });
  }
  own = await addThings(portal, 'AGG-1', 'SP-1');
  strangers = await addThings(portal, 'AGG-3', 'SP-3');
  ofAggregator = await addThings(portal, 'AGG-1', 'SP-2');
  ofProvider = await addThings(portal, 'AGG-2', 'SP-1');
});
afterAll(() => portal.close());

const senderOf = (id: RouteId) => writeRoutes.find((each) => each.id === id)?.sender as 'AGG-1' | 'SP-1';

async function answer({ id, params }: Naming, body: object) {
  const organizationId = senderOf(id);
  const sent = { ...(params && { params: params(own) }), body };
  const { status, text = '' } = await portal.send(id, sent, { organizationId });
  return { status, text };
}

/** Where the body names what is somebody's: with the id of an own thing, of another's, and of nothing. */
function placesOf({ id, body }: Naming) {
  const others = [strangers, senderOf(id) === 'AGG-1' ? ofProvider : ofAggregator];
  return membersOf(body(own)).flatMap((path) =>
    others
      .filter((other) => at(body(other), path) !== at(body(own), path))
      .map((other) => ({ path, id: String(at(body(other), path)), nothing: String(at(body(NOTHING(other)), path)) })),
  );
}

test.each(NAMINGS)(
  '$id answers the id of what is another’s as that of nothing, and changes nothing',
  async (naming) => {
    const { others: before } = await rowsOf(portal);
    const places = placesOf(naming);
    expect(places).not.toEqual([]);
    for (const { path, id, nothing } of places) {
      const said = async (of: string) => {
        const { status, text } = await answer(naming, bodyWith(naming.body(own), path, of));
        return { path, status, text: text.replaceAll(of, 'ID') };
      };
      expect(await said(id)).toEqual(await said(nothing));
    }
    expect((await rowsOf(portal)).others).toEqual(before);
  },
);

test.each(NAMINGS)('$id takes the id of what is the caller’s', async (naming) => {
  const { route } = writeRoutes.find((each) => each.id === naming.id) as (typeof writeRoutes)[number];
  expect(await answer(naming, naming.body(own))).toMatchObject({ status: route.answer.status });
});

test('every member of a body that names a thing is tried, or may name any', () => {
  const asked = writeRoutes.filter(({ route, sender }) => route.body && sender !== 'VENDOR');
  const members = asked.flatMap(({ id, route }) => {
    const schema = z.toJSONSchema(route.body as z.ZodType, { io: 'input', unrepresentable: 'any' }) as Schema;
    return [...new Set(leavesOf(schema))].filter((path) => NAMES_A_THING.test(path)).map((path) => ({ id, path }));
  });
  const tried = new Set(
    NAMINGS.flatMap((naming) => placesOf(naming).map(({ path }) => `${naming.id} ${textOf(path)}`)),
  );
  const nameOf = (path: string) => [path, path.split('.').at(-1) ?? ''];
  const free = ({ id, path }: { id: string; path: string }) =>
    [`${id} ${path}`, ...nameOf(path)].find((name) => MAY_NAME_ANY[name]);
  const left = members.filter((member) => !tried.has(`${member.id} ${member.path}`) && !free(member));
  expect(left).toEqual([]);
  const needed = new Set(members.filter(({ id, path }) => !tried.has(`${id} ${path}`)).map(free));
  expect(Object.keys(MAY_NAME_ANY).filter((name) => !needed.has(name))).toEqual([]);
});
