import type { AnswerOf, PortalClient, RequestOf } from '../../client/portal-client.ts';
import { EXAMPLE_INVOICE } from '../../lambdas/manifest/routes/invoice-example.ts';
import { refusalOf } from '../support/api-client.ts';
import { request } from '../support/api-requests.ts';
import { addInvoice, bearerOf, billOctober, storedInvoice } from '../support/billed-programme.ts';
import { type ApiPortal, openApiPortal } from '../support/portal.ts';

let opened: ApiPortal;
let token: string;
let aggregator: PortalClient;
let vendor: PortalClient;

beforeAll(async () => {
  opened = await openApiPortal();
  await billOctober(opened);
  await addInvoice(
    opened,
    storedInvoice('CRN-2026-000001', { kind: 'CREDIT_NOTE', gross: '-1610.40', corrects: 'INV-2026-000001' }),
  );
  await addInvoice(
    opened,
    storedInvoice('INV-2026-000004', { usagePeriod: '2026-09' as never, currency: 'JPY', gross: '1000' }),
  );
  token = await bearerOf(opened, 'AGG-1');
  aggregator = opened.client(token);
  vendor = opened.client(await bearerOf(opened, 'VENDOR'));
});
afterAll(() => opened.close());

const numbersOf = ({ body: { content, total } }: AnswerOf<'listAggregatorInvoices'>) => [
  ...content.map(({ number }) => number),
  total,
];
const own = async (query: RequestOf<'listAggregatorInvoices'>['query'] = {}) =>
  numbersOf(await aggregator.listAggregatorInvoices({ query }));

test('an aggregator lists its invoices and credit notes, the newest number first', async () => {
  expect(await own()).toEqual(['INV-2026-000004', 'INV-2026-000002', 'INV-2026-000001', 'CRN-2026-000001', 4]);
  expect(await own({ usagePeriod: '2026-09' })).toEqual(['INV-2026-000004', 1]);
  expect(await own({ usagePeriod: '2026-08' })).toEqual([0]);
});

test('lists are cut into pages with the exact total', async () => {
  expect(await own({ limit: 1, offset: 1 })).toEqual(['INV-2026-000002', 4]);
  expect(await own({ offset: 10 })).toEqual([4]);
  expect((await own({ limit: 100_000 })).length).toBe(5);
});

test('amounts sort by value, equal ones by number', async () => {
  expect(await own({ sort: 'gross' })).toEqual([
    'CRN-2026-000001',
    'INV-2026-000002',
    'INV-2026-000004',
    'INV-2026-000001',
    4,
  ]);
  expect(await own({ sort: '-gross', limit: 1 })).toEqual(['INV-2026-000001', 4]);
  expect(await own({ sort: 'contractNumber' })).toEqual([
    'CRN-2026-000001',
    'INV-2026-000001',
    'INV-2026-000004',
    'INV-2026-000002',
    4,
  ]);
});

test('invoices are filtered and sorted by several fields; a filter counts in the total', async () => {
  expect(await own({ filter: 'gross=lt=1000;kind==ORDER' })).toEqual(['INV-2026-000002', 1]);
  expect(await own({ filter: 'currency==JPY,number==CRN-*', sort: 'kind' })).toEqual([
    'CRN-2026-000001',
    'INV-2026-000004',
    2,
  ]);
  expect(await own({ filter: 'gross!=1610.4', sort: 'currency,-gross', limit: 1 })).toEqual(['INV-2026-000004', 3]);
});

test.each([
  [{ filter: 'aggregatorId==AGG-2' }, 'filter'],
  [{ filter: '__proto__==x' }, 'filter'],
  [{ filter: 'invoiceDate==2026-02-30' }, 'filter'],
  [{ filter: '('.repeat(10_000) }, 'filter'],
  [{ sort: 'number,name' }, 'sort'],
  [{ limit: '0' }, 'limit'],
  [{ limit: '1.5' }, 'limit'],
  [{ limit: 'ten' }, 'limit'],
  [{ offset: '-1' }, 'offset'],
  [{ limit: '1,2' }, 'limit'],
  [{ sort: 'name' }, 'sort'],
  [{ usagePeriod: 'october' }, 'usagePeriod'],
  [{ aggregatorId: 'AGG-2' }, 'aggregatorId'],
])('the query %j is refused, naming the parameter', async (query, field) => {
  const { status, body } = await request(opened.portal, 'listAggregatorInvoices', { query, token });
  expect([status, (body.errors as { field: string }[]).map((error) => error.field)]).toEqual([400, [field]]);
});

test('the vendor lists all invoices of a usage period, which it has to name', async () => {
  const all = numbersOf(await vendor.listVendorInvoices({ query: { usagePeriod: '2026-10', sort: 'number' } }));
  expect(all).toEqual(['CRN-2026-000001', 'INV-2026-000001', 'INV-2026-000002', 'INV-2026-000003', 4]);
  // @ts-expect-error: the usage period is missing
  const refused = await refusalOf(vendor.listVendorInvoices());
  expect(refused).toMatchObject({ status: 400, errors: [{ field: 'usagePeriod', message: 'is needed' }] });
});

test('an invoice is its canonical JSON', async () => {
  const { body } = await aggregator.getAggregatorInvoice({ params: { number: 'INV-2026-000001' } });
  expect(body).toEqual(EXAMPLE_INVOICE);
  const theirs = await vendor.getVendorInvoice({ params: { number: 'INV-2026-000003' } });
  expect(theirs.body.number).toBe('INV-2026-000003');
});

test('a document is a link of its own that runs out', async () => {
  const params = { number: 'INV-2026-000001', ext: 'pdf' } as const;
  const { body } = await aggregator.getAggregatorInvoiceDocument({ params });
  expect(body).toEqual({
    url: 'https://documents.example/invoices/2026-10/AGG-1/INV-2026-000001.pdf?name=INV-2026-000001.pdf',
    expires: '2026-11-10T02:05:00.000Z',
  });
});

test.each(['INV-2026-1', '../../secret', 'INV-2026-000001.pdf', '__proto__'])('%s is no invoice', async (number) => {
  expect((await refusalOf(vendor.getVendorInvoice({ params: { number } }))).status).toBe(404);
});

test('an invoice that is too large for an answer is to be downloaded', async () => {
  await addInvoice(opened, storedInvoice('INV-2026-000009', { usagePeriod: '2026-01' as never }));
  opened.documents.set('invoices/2026-01/AGG-1/INV-2026-000009.json', ' '.repeat(5_000_001));
  const params = { number: 'INV-2026-000009' };
  const { status, message } = await refusalOf(vendor.getVendorInvoice({ params }));
  expect([status, message]).toEqual([400, expect.stringContaining('download')]);
});

test('statements and consolidated bills are listed and downloaded by those they are for', async () => {
  const provider = opened.client(await bearerOf(opened, 'SP-1'));
  const rows = [{ usagePeriod: '2026-10', run: '2026-10-1', reference: '2026-10-1/AGG-1' }];
  const statements = await aggregator.listStatements();
  expect(statements.body).toEqual({ content: rows, total: 1 });
  const params = { period: '2026-10', run: '2026-10-1', ext: 'csv' } as const;
  const link = await aggregator.getStatementDocument({ params });
  expect(link.body.url).toContain('AGG-1.csv?name=statement-2026-10-1.csv');
  const filtered = async (filter: string) => (await provider.listConsolidatedBills({ query: { filter } })).body.total;
  expect([await filtered('run==2026-10-*'), await filtered('usagePeriod=gt=2026-10')]).toEqual([1, 0]);
  const bills = await provider.getConsolidatedBills({ params: { period: '2026-10' } });
  expect(bills.body).toMatchObject({ total: 1, content: [{ run: '2026-10-1', totalPoints: '1800' }] });
  const bill = await provider.getConsolidatedBillDocument({ params });
  expect(bill.body.url).toContain('SP-1.csv?name=consolidated-bill-2026-10-1.csv');
});
