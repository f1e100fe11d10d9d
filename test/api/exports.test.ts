import type { PortalClient } from '../../client/portal-client.ts';
import { task } from '../../lambdas/jobs/exports.ts';
import { refusalOf } from '../support/api-client.ts';
import { request } from '../support/api-requests.ts';
import { addInvoice, bearerOf, billOctober, storedInvoice } from '../support/billed-programme.ts';
import { type ApiPortal, openApiPortal } from '../support/portal.ts';

let opened: ApiPortal;
let token: string;
let aggregator: PortalClient;
let provider: PortalClient;
let vendor: PortalClient;
let other: PortalClient;

const MONTHS = { fromPeriod: '2026-01', toPeriod: '2026-10' } as const;

beforeAll(async () => {
  opened = await openApiPortal();
  await billOctober(opened);
  await addInvoice(opened, storedInvoice('INV-2026-000004', { serviceProviderId: 'SP-2' }));
  await addInvoice(opened, storedInvoice('INV-2025-000009', { usagePeriod: '2025-12' as never }));
  await addInvoice(opened, storedInvoice('CRN-2026-000001', { kind: 'CREDIT_NOTE', usagePeriod: '2026-09' as never }));
  token = await bearerOf(opened, 'AGG-1');
  aggregator = opened.client(token);
  provider = opened.client(await bearerOf(opened, 'SP-1'));
  vendor = opened.client(await bearerOf(opened, 'VENDOR'));
  other = opened.client(await bearerOf(opened, 'AGG-2'));
});
afterAll(() => opened.close());

const round = () => task(opened.portal, {});

test('an aggregator asks for documents, follows the export, and gets its files with links', async () => {
  const asked = await aggregator.requestAggregatorExport({ body: { ...MONTHS, forms: ['pdf', 'csv'] } });
  expect(asked).toMatchObject({
    status: 202,
    body: { status: 'PENDING', kinds: expect.arrayContaining(['STATEMENT']) },
  });
  const params = { exportId: asked.body.id };
  expect(asked.location).toBe(`/api/aggregator/v1/exports/${params.exportId}`);
  expect(await refusalOf(aggregator.listAggregatorExportedFiles({ params }))).toMatchObject({
    code: 'TRANSITION_NOT_ALLOWED',
  });
  expect(await round()).toEqual({ done: 1, failures: [] });
  const { body } = await aggregator.getAggregatorExport({ params });
  expect(body).toMatchObject({ status: 'DONE', documents: 5, files: 10, expires: '2026-11-17T02:00:00.000Z' });
  const all = await aggregator.listAggregatorExportedFiles({ params });
  expect(all.body.total).toBe(10);
  expect(all.body.files.map(({ fileName }) => fileName)).toEqual(
    ['CRN-2026-000001', 'INV-2026-000001', 'INV-2026-000002', 'INV-2026-000004', 'statement-2026-10-prm-AGG-1'].flatMap(
      (name) => [`${name}.pdf`, `${name}.csv`],
    ),
  );
  expect(all.body.files[2]).toMatchObject({
    ...{ kind: 'ORDER', usagePeriod: '2026-10', contractNumber: '40000001', sha256: 'b' },
    link: { url: expect.stringContaining('invoices/2026-10/AGG-1/INV-2026-000001.pdf') },
  });
  const page = await aggregator.listAggregatorExportedFiles({ params, query: { offset: 3, limit: 2 } });
  expect(page.body.files).toEqual(all.body.files.slice(3, 5));
  expect(await round()).toEqual({ done: 0, failures: [] });
});

test('a user has one export underway at a time, the next when that has ended', async () => {
  const body = { ...MONTHS, kinds: ['ORDER' as const], serviceProviderId: 'SP-2' };
  const first = await aggregator.requestAggregatorExport({ body });
  expect(await refusalOf(aggregator.requestAggregatorExport({ body }))).toMatchObject({
    status: 409,
    code: 'EXPORT_RUNNING',
  });
  const colleague = opened.client(await bearerOf(opened, 'AGG-1', ['Operations'], 'colleague'));
  await colleague.requestAggregatorExport({ body });
  expect((await round()).done).toBe(2);
  const { body: files } = await aggregator.listAggregatorExportedFiles({ params: { exportId: first.body.id } });
  expect(files.files.map(({ name }) => name)).toEqual(['INV-2026-000004', 'INV-2026-000004', 'INV-2026-000004']);
  await aggregator.requestAggregatorExport({ body });
  await round();
});

test('a service provider exports its bills, the vendor everything', async () => {
  const asked = await provider.requestProviderExport({ body: { ...MONTHS, forms: ['json'] } });
  const everything = await vendor.requestVendorExport({ body: { ...MONTHS, forms: ['json'] } });
  const narrowed = { ...MONTHS, forms: ['json' as const], aggregatorId: 'AGG-2', serviceProviderId: 'SP-2' };
  await round();
  const { body: bills } = await provider.listProviderExportedFiles({ params: { exportId: asked.body.id } });
  expect(bills.files.map(({ name, kind }) => [name, kind])).toEqual([['2026-10/prm-SP-1', 'CONSOLIDATED_BILL']]);
  const { body: all } = await vendor.listVendorExportedFiles({ params: { exportId: everything.body.id } });
  expect(all.files.map(({ name }) => name)).toEqual([
    'CRN-2026-000001',
    '2026-10/prm-SP-1',
    ...['INV-2026-000001', 'INV-2026-000002', 'INV-2026-000003', 'INV-2026-000004'],
    '2026-10/prm-AGG-1',
  ]);
  const none = await vendor.requestVendorExport({ body: narrowed });
  await round();
  const { body } = await vendor.getVendorExport({ params: { exportId: none.body.id } });
  expect(body).toMatchObject({ status: 'DONE', documents: 0, aggregatorId: 'AGG-2' });
});

test('exports are their organization’s alone', async () => {
  const { body } = await aggregator.listAggregatorExports({ query: { filter: 'status==DONE', sort: 'createdTime' } });
  expect(body.total).toBeGreaterThan(1);
  const params = { exportId: body.content[0]?.id ?? '' };
  expect((await other.listAggregatorExports()).body.total).toBe(0);
  expect((await refusalOf(other.getAggregatorExport({ params }))).code).toBe('NOT_FOUND');
  expect((await refusalOf(other.listAggregatorExportedFiles({ params }))).code).toBe('NOT_FOUND');
  expect((await refusalOf(provider.getProviderExport({ params }))).code).toBe('NOT_FOUND');
});

test.each([
  [{ ...MONTHS, kinds: ['CONSOLIDATED_BILL'] }, 'kinds[0]'],
  [{ ...MONTHS, kinds: [] }, 'kinds'],
  [{ ...MONTHS, kinds: ['ORDER', 'ORDER'] }, 'kinds'],
  [{ ...MONTHS, forms: ['xlsx'] }, 'forms[0]'],
  [{ ...MONTHS, aggregatorId: 'AGG-2' }, 'aggregatorId'],
  [{ fromPeriod: '2026-10', toPeriod: '2026-09' }, 'toPeriod'],
  [{ fromPeriod: '2020-01', toPeriod: '2026-10' }, 'toPeriod'],
  [{ toPeriod: '2026-09' }, 'fromPeriod'],
])('the request %j is refused, naming the field', async (body, field) => {
  const { status, body: problem } = await request(opened.portal, 'requestAggregatorExport', { body, token });
  expect([status, (problem.errors as { field: string }[]).map((error) => error.field)]).toEqual([400, [field]]);
});

test('after seven days an export has expired, for whoever asks and in what is stored', async () => {
  const { body } = await aggregator.listAggregatorExports();
  const params = { exportId: body.content[0]?.id ?? '' };
  opened.clock.time = new Date('2026-11-17T01:59:59.999Z');
  const late = opened.client(await bearerOf(opened, 'AGG-1', ['Operations'], 'late'));
  expect((await late.getAggregatorExport({ params })).body.status).toBe('DONE');
  opened.clock.time = new Date('2026-11-17T02:00:00.000Z');
  expect((await late.getAggregatorExport({ params })).body.status).toBe('EXPIRED');
  expect((await refusalOf(late.listAggregatorExportedFiles({ params }))).code).toBe('TRANSITION_NOT_ALLOWED');
  await round();
  const stored = await opened.portal.documentExports.of('AGG-1');
  expect(new Set(stored.map(({ status }) => status))).toEqual(new Set(['EXPIRED']));
});
