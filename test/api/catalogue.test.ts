import type { PortalClient } from '../../client/portal-client.ts';
import { period } from '../../lambdas/domain/calendar/period.ts';
import type { Organization, Role } from '../../lambdas/domain/organization/organization.ts';
import { EXAMPLE_LOAD } from '../../lambdas/manifest/routes/catalogue-examples.ts';
import { importProgramme } from '../../lambdas/use-cases/import-programme.ts';
import { sampleProgramme } from '../../local/sample/sample-programme.ts';
import { outcomeOf, refusalOf } from '../support/api-client.ts';
import { request, type Sent } from '../support/api-requests.ts';
import { bearerOf } from '../support/billed-programme.ts';
import { ALL_ROLES, type ApiPortal, openApiPortal } from '../support/portal.ts';

const sample = sampleProgramme({ seed: 1, latestPeriod: period('2026-10'), months: 2 });
const [first] = sample.contracts;
const contract =
  first?.contract ??
  (() => {
    throw new Error('the sample has no contract');
  })();
const otherContract = sample.contracts.find((each) => each.contract.serviceProviderId !== contract.serviceProviderId);
const organizationOf = (test: (organization: Organization) => boolean): string =>
  sample.organizations.find(test)?.id ?? '';
const VENDOR = organizationOf(({ type }) => type === 'VENDOR');
const AWS = organizationOf(({ type, awsResell }) => type === 'AGGREGATOR' && awsResell);

let opened: ApiPortal;
const bearers = new Map<string, string>();

async function bearer(organizationId: string, roles: readonly Role[]): Promise<string> {
  const key = `${organizationId} ${roles}`;
  const token = bearers.get(key) ?? (await bearerOf(opened, organizationId, roles));
  bearers.set(key, token);
  return token;
}

const as = (organizationId: string, roles: readonly Role[] = ALL_ROLES): PortalClient =>
  opened.client(() => bearer(organizationId, roles));

/** Loads what no client would send. */
const load = async (sent: Sent) =>
  request(opened.portal, 'loadCatalogue', { ...sent, token: await bearer(VENDOR, ALL_ROLES) });

beforeEach(async () => {
  opened = await openApiPortal();
  bearers.clear();
  const dedicated = {
    ...sample.organizations.find(({ type }) => type === 'SERVICE_PROVIDER'),
    id: 'SP-AWS',
    prmId: '399999',
    awsResell: true,
  } as Organization;
  const sleeping = {
    ...dedicated,
    id: 'SP-OFF',
    prmId: '399998',
    awsResell: false,
    status: 'INACTIVE',
  } as Organization;
  const { families, skus, products, priceLists, contracts } = sample;
  const organizations = [...sample.organizations, dedicated, sleeping];
  await importProgramme(opened.portal, {
    organizations,
    families,
    skus,
    products,
    priceLists,
    contracts: contracts.slice(0, 2),
  });
});
afterEach(() => opened.close());

async function familyId(organizationId: string, code: string): Promise<string> {
  const { body } = await as(organizationId).listAggregatorProductFamilies();
  return body.content.find((row) => row.code === code)?.id ?? '';
}

test('an aggregator sees all families but AWS Resell, AWS that one alone; so do their service providers', async () => {
  const codes = async (id: 'listAggregatorProductFamilies' | 'listProviderProductFamilies', organization: string) =>
    (await as(organization)[id]()).body.content.map(({ code }) => code);
  const regular = ['GSS', 'ISV', 'LPCAAS', 'MSP', 'RENTAL', 'RENTAL_MAAS', 'SOV', 'SRV', 'VELO'];
  expect(await codes('listAggregatorProductFamilies', contract.aggregatorId)).toEqual(regular);
  expect(await codes('listAggregatorProductFamilies', AWS)).toEqual(['AWS_RESELL']);
  expect(await codes('listProviderProductFamilies', contract.serviceProviderId)).toEqual(regular);
  expect(await codes('listProviderProductFamilies', 'SP-AWS')).toEqual(['AWS_RESELL']);
  const { body } = await request(opened.portal, 'listProviderProductFamilies', {
    query: { limit: '1', x: '' },
    token: await bearer(contract.serviceProviderId, ALL_ROLES),
  });
  expect([body.total, (body.content as object[]).length]).toEqual([9, 9]);
});

test('the SKUs of a family are published with their months, minimums and numbers as they are', async () => {
  const productFamilyId = await familyId(contract.aggregatorId, 'RENTAL');
  const query = { filter: 'contractType==PAY-GO;minCommit=gt=1000', sort: '-minCommit', limit: 2 };
  const { body } = await as(contract.aggregatorId).listContractSkus({ params: { productFamilyId }, query });
  expect(body.total).toBe(4);
  expect(body.content).toEqual([
    {
      id: sample.skus.find(({ code }) => code === 'VSPP3-10800-C')?.id,
      code: 'VSPP3-10800-C',
      bolDate: '2023-10',
      contractType: 'PAY-GO',
      minCommit: 10_800,
      term: 12,
      discount: 0,
      commitType: 'MONTHLY',
      commitValue: 0,
    },
    expect.objectContaining({ code: 'VSPP3-3600-C' }),
  ]);
});

test('a SKU past its last month is not offered, and stays in the vendor’s list', async () => {
  const old = { code: 'OLD', bolDate: '2020-01', eolDate: '2026-10' };
  const skus = EXAMPLE_LOAD.skus.slice(0, 1).map((sku) => ({ ...sku, ...old }));
  expect((await as(VENDOR).loadCatalogue({ body: { skus } })).status).toBe(200);
  const productFamilyId = await familyId(contract.aggregatorId, 'RENTAL');
  const query = { filter: 'code==OLD' };
  const offered = await as(contract.aggregatorId).listContractSkus({ params: { productFamilyId }, query });
  expect(offered.body.total).toBe(0);
  const kept = await as(VENDOR).listCatalogueSkus({ query });
  expect(kept.body.content).toMatchObject([{ code: 'OLD', eolDate: '2026-10' }]);
});

test('contracts can be made for active service providers, of AWS Resell for dedicated ones alone', async () => {
  const of = async (aggregator: string, code: string) => {
    const productFamilyId = await familyId(aggregator, code);
    return (await as(aggregator).listFamilyServiceProviders({ params: { productFamilyId } })).body;
  };
  const regular = await of(contract.aggregatorId, 'RENTAL');
  expect(regular.total).toBe(40);
  expect(Object.keys(regular.content[0] ?? {})).toEqual(['id', 'name', 'prmId', 'status']);
  const ofSample = organizationOf(({ type, awsResell }) => type === 'SERVICE_PROVIDER' && awsResell);
  const dedicated = (await of(AWS, 'AWS_RESELL')).content.map(({ id }) => id);
  expect(new Set(dedicated)).toEqual(new Set([ofSample, 'SP-AWS']));
});

test('a family that is not for the caller is answered as one that does not exist', async () => {
  const awsFamily = { productFamilyId: await familyId(AWS, 'AWS_RESELL') };
  const none = { productFamilyId: '11111111-1111-4111-8111-111111111111' };
  for (const id of ['listContractSkus', 'listFamilyServiceProviders'] as const) {
    for (const params of [awsFamily, none, { productFamilyId: 'no-uuid' }]) {
      // What is wrong with the request besides is not said.
      const asked = { params, query: { filter: 'x==1' } };
      const refused = await refusalOf(as(contract.aggregatorId)[id](asked));
      expect(refused).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    }
  }
});

test('the products of a contract are those of its family, for its service provider alone', async () => {
  const params = { contractId: contract.id };
  const provider = as(contract.serviceProviderId);
  const { content } = (await provider.listContractProducts({ params, query: { limit: 200 } })).body;
  // What is billed on Term contracts alone is not among them.
  const ofFamily = sample.products.filter(({ family }) => family === contract.listing.familyType);
  expect(ofFamily.filter(({ kind }) => kind === 'TERM')).toHaveLength(2);
  const expected = ofFamily.filter(({ kind }) => kind !== 'TERM');
  expect(content.map(({ product }) => product.code)).toEqual(expected.map(({ code }) => code).sort());
  expect(content[0]).toEqual({
    product: { id: expect.any(String), code: expect.any(String), name: expect.any(String) },
    uom: expect.any(String),
  });
  const wildcard = { params, query: { filter: 'product.code==*NET*', sort: '-product.code' } };
  expect((await provider.listContractProducts(wildcard)).body.total).toBeLessThan(expected.length);
  const other = as(otherContract?.contract.serviceProviderId ?? '');
  for (const contractId of [contract.id, 'none']) {
    const theirs = other.listContractProducts({ params: { contractId }, query: { filter: 'x==1' } });
    expect(await refusalOf(theirs)).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  }
});

test('roles are those of the table, of the published call exactly Administrator', async () => {
  const allowed = async (organization: string, ask: (client: PortalClient) => Promise<{ status: number }>) => {
    const roles: Role[] = [];
    for (const role of ALL_ROLES) {
      if ((await outcomeOf(ask(as(organization, [role])))).status !== 403) roles.push(role);
    }
    return roles;
  };
  expect(await allowed(contract.serviceProviderId, (by) => by.listProviderProductFamilies())).toEqual([
    'Administrator',
  ]);
  expect(await allowed(contract.aggregatorId, (by) => by.listAggregatorProductFamilies())).toEqual([
    'Administrator',
    'Operations',
    'Read Only',
  ]);
  const loadsNothing = (by: PortalClient) => by.loadCatalogue({ body: {} });
  expect(await allowed(VENDOR, loadsNothing)).toEqual(['Administrator', 'Operations']);
  expect((await refusalOf(loadsNothing(as(contract.aggregatorId)))).status).toBe(403);
  expect((await refusalOf(as(contract.serviceProviderId).listCatalogueProducts())).status).toBe(403);
});

test('a load in JSON comes back in the lists, every fault of another is named by its path', async () => {
  const products = [
    { code: 'NEW-1', name: 'نظام 🚀', category: 'New', family: 'RENTAL', uom: 'VM', ppu: '0.0125', minQuantity: '2' },
    {
      code: 'NEW-2',
      name: 'Tiered',
      category: 'New',
      family: 'RENTAL',
      uom: 'GB',
      ppu: '3',
      tiers: [{ from: '0', ppu: '3' }],
    },
  ];
  const priceLists = [
    { currency: 'BHD', version: 'BHD-1', validFrom: '2027-01', prices: [{ sku: 'VSPP3-1800-C', listPrice: '0.3315' }] },
  ];
  const vendor = as(VENDOR);
  const loaded = await vendor.loadCatalogue({ body: { products, priceLists } });
  expect(loaded).toMatchObject({
    status: 200,
    body: { dryRun: false, products: { created: 2 }, priceLists: { created: 1 } },
  });
  const listed = await vendor.listCatalogueProducts({ query: { filter: 'code==NEW-*;family==RENTAL' } });
  expect(listed.body.content).toEqual([
    { id: expect.any(String), ...products[0] },
    { id: expect.any(String), ...products[1], tiers: [{ from: '0', ppu: '3', split: '1' }] },
  ]);
  const params = { currency: 'BHD', version: 'BHD-1' };
  expect((await vendor.getPriceList({ params })).body).toEqual({
    ...params,
    validFrom: '2027-01',
    prices: [{ sku: 'VSPP3-1800-C', listPrice: '0.3315' }],
  });
  const none = vendor.getPriceList({ params: { ...params, version: 'BHD-2' } });
  expect((await refusalOf(none)).status).toBe(404);
  const lists = await vendor.listPriceLists({ query: { filter: 'currency==BHD' } });
  expect(lists.body).toEqual({ content: [{ ...params, validFrom: '2027-01', prices: 1 }], total: 1 });

  const bad = products.map((product, n) => (n ? { ...product, family: 'NONE' } : { ...product, ppu: '-1' }));
  const refused = await refusalOf(vendor.loadCatalogue({ body: { products: bad, priceLists } }));
  expect([refused.status, refused.errors]).toEqual([
    400,
    [
      { field: 'products[0].ppu', message: expect.any(String) },
      { field: 'products[1].family', message: 'there is no product family NONE' },
    ],
  ]);
});

test('a load in CSV is told by its content type, and needs its kind; a dry run changes nothing', async () => {
  const headers = { 'content-type': 'text/csv; charset=utf-8' };
  const csv = 'code,name,category,family,uom,ppu\nCSV-1,One,New,RENTAL,VM,1\n';
  const counts = { created: 1, changed: 0, unchanged: 0 };
  const vendor = as(VENDOR);
  const dry = await vendor.loadCatalogue({ csv, query: { kind: 'products', dryRun: true } });
  expect(dry).toMatchObject({ status: 200, body: { dryRun: true, products: counts } });
  const query = { kind: 'products' } as const;
  const real = await load({ body: csv, headers, query });
  expect(real).toMatchObject({ status: 200, body: { dryRun: false, products: counts } });
  expect(await refusalOf(vendor.loadCatalogue({ csv }))).toMatchObject({
    status: 400,
    errors: [{ field: 'kind', message: 'is needed with CSV: say what the file has' }],
  });
  expect((await refusalOf(vendor.loadCatalogue({ body: {}, query }))).status).toBe(400);
  expect((await load({ body: csv, headers: { 'content-type': 'text/plain' } })).status).toBe(415);
  const large = vendor.loadCatalogue({ csv: 'x'.repeat(4_000_001), query });
  expect((await refusalOf(large)).status).toBe(413);
});

test('a change of what charges depend on, and of a price list, has a code of its own', async () => {
  const flex = sample.products.find(({ code }) => code === 'FLEX-CORE');
  const uom = flex?.uom ?? '';
  const same = { name: 'x', category: 'y', family: 'RENTAL', uom, metering: 'VRAM' };
  const products = [{ code: 'FLEX-CORE', ...same, ppu: '5' }];
  const vendor = as(VENDOR);
  expect(await refusalOf(vendor.loadCatalogue({ body: { products } }))).toMatchObject({
    status: 409,
    code: 'CATALOGUE_ENTRY_FIXED',
    errors: [{ field: 'products[0].ppu' }],
  });
  const [list] = sample.priceLists;
  const priceLists = [
    {
      currency: list?.currency ?? '',
      version: list?.version ?? '',
      validFrom: '2027-01',
      prices: [{ sku: 'VSPP3-1800-C', listPrice: '1' }],
    },
  ];
  expect(await refusalOf(vendor.loadCatalogue({ body: { priceLists } }))).toMatchObject({
    status: 409,
    code: 'PRICE_LIST_EXISTS',
    errors: [{ field: 'priceLists[0].version' }],
  });
});
