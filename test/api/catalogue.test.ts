import { period } from '../../lambdas/domain/calendar/period.ts';
import type { Organization, Role } from '../../lambdas/domain/organization/organization.ts';
import { EXAMPLE_LOAD } from '../../lambdas/manifest/routes/catalogue-examples.ts';
import { importProgramme } from '../../lambdas/use-cases/import-programme.ts';
import { sampleProgramme } from '../../local/sample/sample-programme.ts';
import { type Reply, request, type Sent } from '../support/api-requests.ts';
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

async function send(
  id: Parameters<typeof request>[1],
  organizationId: string,
  sent: Sent = {},
  roles: readonly Role[] = ALL_ROLES,
): Promise<Reply> {
  const key = `${organizationId} ${roles}`;
  const token = bearers.get(key) ?? (await bearerOf(opened, organizationId, roles));
  bearers.set(key, token);
  return request(opened.portal, id, { ...sent, token });
}

type Row = Record<string, unknown> & { id: string; code: string; product: { code: string } };
const rowsOf = ({ body }: Reply) => body.content as Row[];

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

const familyId = async (organizationId: string, code: string): Promise<string> =>
  rowsOf(await send('listAggregatorProductFamilies', organizationId)).find((row) => row.code === code)?.id ?? '';

test('an aggregator sees all families but AWS Resell, AWS that one alone; so do their service providers', async () => {
  const codes = async (id: Parameters<typeof send>[0], organization: string) =>
    rowsOf(await send(id, organization)).map(({ code }) => code);
  const regular = ['GSS', 'ISV', 'LPCAAS', 'MSP', 'RENTAL', 'RENTAL_MAAS', 'SOV', 'SRV', 'VELO'];
  expect(await codes('listAggregatorProductFamilies', contract.aggregatorId)).toEqual(regular);
  expect(await codes('listAggregatorProductFamilies', AWS)).toEqual(['AWS_RESELL']);
  expect(await codes('listProviderProductFamilies', contract.serviceProviderId)).toEqual(regular);
  expect(await codes('listProviderProductFamilies', 'SP-AWS')).toEqual(['AWS_RESELL']);
  const { body } = await send('listProviderProductFamilies', contract.serviceProviderId, {
    query: { limit: '1', x: '' },
  });
  expect([body.total, rowsOf({ body } as Reply).length]).toEqual([9, 9]);
});

test('the SKUs of a family are published with their months, minimums and numbers as they are', async () => {
  const productFamilyId = await familyId(contract.aggregatorId, 'RENTAL');
  const query = { filter: 'contractType==PAY-GO;minCommit=gt=1000', sort: '-minCommit', limit: '2' };
  const reply = await send('listContractSkus', contract.aggregatorId, { params: { productFamilyId }, query });
  expect(reply.body.total).toBe(4);
  expect(rowsOf(reply)).toEqual([
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
  const skus = [{ ...EXAMPLE_LOAD.skus[0], code: 'OLD', bolDate: '2020-01', eolDate: '2026-10' }];
  expect((await send('loadCatalogue', VENDOR, { body: { skus } })).status).toBe(200);
  const productFamilyId = await familyId(contract.aggregatorId, 'RENTAL');
  const query = { filter: 'code==OLD' };
  expect(
    (await send('listContractSkus', contract.aggregatorId, { params: { productFamilyId }, query })).body.total,
  ).toBe(0);
  expect(rowsOf(await send('listCatalogueSkus', VENDOR, { query }))).toMatchObject([
    { code: 'OLD', eolDate: '2026-10' },
  ]);
});

test('contracts can be made for active service providers, of AWS Resell for dedicated ones alone', async () => {
  const of = async (aggregator: string, code: string) => {
    const productFamilyId = await familyId(aggregator, code);
    return send('listFamilyServiceProviders', aggregator, { params: { productFamilyId } });
  };
  const regular = await of(contract.aggregatorId, 'RENTAL');
  expect(regular.body.total).toBe(40);
  expect(Object.keys(rowsOf(regular)[0] ?? {})).toEqual(['id', 'name', 'prmId', 'status']);
  expect(rowsOf(await of(AWS, 'AWS_RESELL')).map(({ id }) => id)).toEqual(['SP-AWS']);
});

test('a family that is not for the caller is answered as one that does not exist', async () => {
  const awsFamily = { productFamilyId: await familyId(AWS, 'AWS_RESELL') };
  const none = { productFamilyId: '11111111-1111-4111-8111-111111111111' };
  for (const id of ['listContractSkus', 'listFamilyServiceProviders'] as const) {
    for (const params of [awsFamily, none, { productFamilyId: 'no-uuid' }]) {
      // What is wrong with the request besides is not said.
      const reply = await send(id, contract.aggregatorId, { params, query: { filter: 'x==1' } });
      expect([reply.status, reply.body.code]).toEqual([404, 'NOT_FOUND']);
    }
  }
});

test('the products of a contract are those of its family, for its service provider alone', async () => {
  const params = { contractId: contract.id };
  const reply = await send('listContractProducts', contract.serviceProviderId, { params, query: { limit: '200' } });
  const expected = sample.products.filter(({ family }) => family === contract.listing.familyType);
  expect(rowsOf(reply).map(({ product }) => product.code)).toEqual(expected.map(({ code }) => code).sort());
  expect(rowsOf(reply)[0]).toEqual({
    product: { id: expect.any(String), code: expect.any(String), name: expect.any(String) },
    uom: expect.any(String),
  });
  const wildcard = { params, query: { filter: 'product.code==*NET*', sort: '-product.code' } };
  expect((await send('listContractProducts', contract.serviceProviderId, wildcard)).body.total).toBeLessThan(
    expected.length,
  );
  for (const contractId of [contract.id, 'none']) {
    const other = { params: { contractId }, query: { filter: 'x==1' } };
    const theirs = await send('listContractProducts', otherContract?.contract.serviceProviderId ?? '', other);
    expect([theirs.status, theirs.body.code]).toEqual([404, 'NOT_FOUND']);
  }
});

test('roles are those of the table, of the published call exactly Administrator', async () => {
  const allowed = async (id: Parameters<typeof send>[0], organization: string, sent: Sent = {}) => {
    const roles: Role[] = [];
    for (const role of ALL_ROLES) if ((await send(id, organization, sent, [role])).status !== 403) roles.push(role);
    return roles;
  };
  expect(await allowed('listProviderProductFamilies', contract.serviceProviderId)).toEqual(['Administrator']);
  expect(await allowed('listAggregatorProductFamilies', contract.aggregatorId)).toEqual([
    'Administrator',
    'Operations',
    'Read Only',
  ]);
  expect(await allowed('loadCatalogue', VENDOR, { body: {} })).toEqual(['Administrator', 'Operations']);
  expect((await send('loadCatalogue', contract.aggregatorId, { body: {} })).status).toBe(403);
  expect((await send('listCatalogueProducts', contract.serviceProviderId)).status).toBe(403);
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
  const loaded = await send('loadCatalogue', VENDOR, { body: { products, priceLists } });
  expect(loaded).toMatchObject({
    status: 200,
    body: { dryRun: false, products: { created: 2 }, priceLists: { created: 1 } },
  });
  const listed = await send('listCatalogueProducts', VENDOR, { query: { filter: 'code==NEW-*;family==RENTAL' } });
  expect(rowsOf(listed)).toEqual([
    { id: expect.any(String), ...products[0] },
    { id: expect.any(String), ...products[1], tiers: [{ from: '0', ppu: '3', split: '1' }] },
  ]);
  const params = { currency: 'BHD', version: 'BHD-1' };
  expect((await send('getPriceList', VENDOR, { params })).body).toEqual({
    ...params,
    validFrom: '2027-01',
    prices: [{ sku: 'VSPP3-1800-C', listPrice: '0.3315' }],
  });
  expect((await send('getPriceList', VENDOR, { params: { ...params, version: 'BHD-2' } })).status).toBe(404);
  const lists = await send('listPriceLists', VENDOR, { query: { filter: 'currency==BHD' } });
  expect(lists.body).toEqual({ content: [{ ...params, validFrom: '2027-01', prices: 1 }], total: 1 });

  const bad = {
    products: [
      { ...products[0], ppu: '-1' },
      { ...products[1], family: 'NONE' },
    ],
    priceLists,
  };
  const refused = await send('loadCatalogue', VENDOR, { body: bad });
  expect([refused.status, refused.body.errors]).toEqual([
    400,
    [
      { field: 'products[0].ppu', message: expect.any(String) },
      { field: 'products[1].family', message: 'there is no product family NONE' },
    ],
  ]);
});

test('a load in CSV is told by its content type, and needs its kind; a dry run changes nothing', async () => {
  const csv = { 'content-type': 'text/csv; charset=utf-8' };
  const body = 'code,name,category,family,uom,ppu\nCSV-1,One,New,RENTAL,VM,1\n';
  const counts = { created: 1, changed: 0, unchanged: 0 };
  const dry = await send('loadCatalogue', VENDOR, { body, headers: csv, query: { kind: 'products', dryRun: 'true' } });
  expect(dry).toMatchObject({ status: 200, body: { dryRun: true, products: counts } });
  const real = await send('loadCatalogue', VENDOR, { body, headers: csv, query: { kind: 'products' } });
  expect(real).toMatchObject({ status: 200, body: { dryRun: false, products: counts } });
  expect(await send('loadCatalogue', VENDOR, { body, headers: csv })).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'kind', message: 'is needed with CSV: say what the file has' }] },
  });
  expect((await send('loadCatalogue', VENDOR, { body: {}, query: { kind: 'products' } })).status).toBe(400);
  expect((await send('loadCatalogue', VENDOR, { body, headers: { 'content-type': 'text/plain' } })).status).toBe(415);
  const large = 'x'.repeat(4_000_001);
  expect((await send('loadCatalogue', VENDOR, { body: large, headers: csv, query: { kind: 'products' } })).status).toBe(
    413,
  );
});

test('a change of what charges depend on, and of a price list, has a code of its own', async () => {
  const flex = sample.products.find(({ code }) => code === 'FLEX-CORE');
  const products = [{ code: 'FLEX-CORE', name: 'x', category: 'y', family: 'RENTAL', uom: flex?.uom, ppu: '5' }];
  expect(await send('loadCatalogue', VENDOR, { body: { products } })).toMatchObject({
    status: 409,
    body: { code: 'CATALOGUE_ENTRY_FIXED', errors: [{ field: 'products[0].ppu' }] },
  });
  const [list] = sample.priceLists;
  const priceLists = [
    {
      currency: list?.currency,
      version: list?.version,
      validFrom: '2027-01',
      prices: [{ sku: 'VSPP3-1800-C', listPrice: '1' }],
    },
  ];
  expect(await send('loadCatalogue', VENDOR, { body: { priceLists } })).toMatchObject({
    status: 409,
    body: { code: 'PRICE_LIST_EXISTS', errors: [{ field: 'priceLists[0].version' }] },
  });
});
