import { type PortalClient, portalClient } from '../../client/portal-client.ts';
import { NumberLiteral } from '../../lambdas/manifest/routes/exact-numbers.ts';
import { refusalOf } from '../support/api-client.ts';
import { type ContractPortal, openContractPortal, WANTED } from '../support/contract-portal.ts';

// `npm run types` fails on each request that compiles in spite of `@ts-expect-error`; here the portal refuses it, too.
let portal: ContractPortal;
let vendor: PortalClient;
let aggregator: PortalClient;

beforeAll(async () => {
  portal = await openContractPortal();
  vendor = portal.as({ organizationId: 'VENDOR' });
  aggregator = portal.as();
});
afterAll(() => portal.close());

const fieldsOf = async (request: Promise<{ status: number }>) =>
  (await refusalOf(request)).errors.map(({ field }) => field);

test('a path parameter that is missing, misspelt or of another type does not compile', async () => {
  // @ts-expect-error: the params are missing
  await expect(vendor.getClose()).rejects.toThrow(RangeError);
  // @ts-expect-error: they are named otherwise
  await expect(vendor.getClose({ params: { name: '2026-10-1' } })).rejects.toThrow(RangeError);
  // @ts-expect-error: no document has this form
  const document = aggregator.getAggregatorInvoiceDocument({ params: { number: 'INV-2026-000001', ext: 'docx' } });
  expect((await refusalOf(document)).status).toBe(404);
});

test('a query with an unknown, missing or wrong parameter does not compile', async () => {
  // @ts-expect-error: the vendor has to name the usage period
  expect(await fieldsOf(vendor.listVendorInvoices())).toEqual(['usagePeriod']);
  // @ts-expect-error: this list has no such parameter
  expect(await fieldsOf(vendor.listCloses({ query: { usagePeriod: '2026-10' } }))).toEqual(['usagePeriod']);
  // @ts-expect-error: a number of rows is no boolean
  expect(await fieldsOf(vendor.listCloses({ query: { limit: true } }))).toEqual(['limit']);
  // @ts-expect-error: there is no such kind
  expect(await fieldsOf(vendor.loadCatalogue({ query: { kind: 'sites' }, csv: 'code\n' }))).toEqual(['kind']);
});

test('a body with a missing, unknown or wrong field does not compile', async () => {
  // @ts-expect-error: the period is missing
  expect(await fieldsOf(vendor.startClose({ body: {} }))).toEqual(['period']);
  // @ts-expect-error: there is no such field
  expect(await fieldsOf(vendor.startClose({ body: { period: '2026-09', force: true } }))).toEqual(['force']);
  // @ts-expect-error: it is a boolean
  expect(await fieldsOf(vendor.startClose({ body: { period: '2026-09', dryRun: 'yes' } }))).toEqual(['dryRun']);
  // @ts-expect-error: a comment is given to be withdrawn with
  const renewed = aggregator.renewContract({ params: { contractId: 'none' }, body: { comment: 'Why' } });
  expect(await fieldsOf(renewed)).toEqual(['term']);
  // @ts-expect-error: an exact number is a number, or its literal
  expect(await fieldsOf(aggregator.createContract({ body: { ...WANTED, discount: '20' } }))).toEqual(['discount']);
  // @ts-expect-error: it takes JSON or CSV, not both
  const both = vendor.loadCatalogue({ query: { kind: 'families' }, body: {}, csv: 'code\n' });
  expect((await refusalOf(both)).code).toBe('BAD_REQUEST');
  // @ts-expect-error: this one takes a body
  expect((await refusalOf(vendor.startClose())).code).toBe('BAD_REQUEST');
});

test('what a route has no use for does not compile', async () => {
  const params = { contractId: 'none' };
  // @ts-expect-error: a GET takes no key
  await refusalOf(aggregator.getAggregatorContract({ params, idempotencyKey: 'k' }));
  // @ts-expect-error: nor does signing in
  await refusalOf(aggregator.signIn({ body: { type: 'UserToken', userToken: 'x' }, idempotencyKey: 'k' }));
  // @ts-expect-error: a new contract has no version yet
  await refusalOf(aggregator.createContract({ body: { ...WANTED, bolDate: '' }, ifMatch: '"v1"' }));
  // @ts-expect-error: one contract is no list
  const csv = aggregator.getAggregatorContract({ params, accept: 'text/csv' });
  expect((await refusalOf(csv)).code).toBe('NOT_FOUND');
  // @ts-expect-error: a report has no versions
  expect((await refusalOf(vendor.getCloseReport({ params: { run: '2026-10-1' }, ifNoneMatch: '"v1"' }))).status).toBe(
    404,
  );
});

test('an answer has the fields of its route and no others', async () => {
  const { status, body } = await aggregator.listAggregatorContracts({ query: { limit: 5 } });
  const ok: 200 = status;
  expect(ok).toBe(200);
  // @ts-expect-error: contracts are `content`
  expect(body.contracts).toBeUndefined();
  // @ts-expect-error: there may be none
  expect(() => body.content[0].status).toThrow(TypeError);
  const csv = await aggregator.listAggregatorContracts({ accept: 'text/csv' });
  // @ts-expect-error: CSV is text
  expect(csv.body.content).toBeUndefined();
});

test('numbers are sent and read as they are written', async () => {
  const sent: unknown[] = [];
  const answer = '{"content":[{"discount":20.50,"sellingPricePerPoint":12345678901234567890.12}],"total":1e3}';
  const client = portalClient({
    url: 'http://portal.example/',
    fetch: async (url, init) => {
      sent.push([url, init?.body]);
      return new Response(answer, { headers: { 'content-type': 'application/json; charset=utf-8' } });
    },
  });
  const body = { prepayment: new NumberLiteral('12345678901234567890.12'), term: 12, burnDownSchedule: [0.1] };
  await client.topUpContract({ params: { contractId: 'a/b' }, body: { ...body, vmwarePurchaseOrder: 'PO' } });
  expect(sent).toEqual([
    [
      'http://portal.example/api/aggregator/v1/contracts/a%2Fb/topup',
      '{"prepayment":12345678901234567890.12,"term":12,"burnDownSchedule":[0.1],"vmwarePurchaseOrder":"PO"}',
    ],
  ]);
  const { content, total } = (await client.listAggregatorContracts()).body;
  expect([content[0]?.discount, total]).toEqual([20.5, 1000]);
  expect(content[0]?.sellingPricePerPoint).toEqual(new NumberLiteral('12345678901234567890.12'));
});
