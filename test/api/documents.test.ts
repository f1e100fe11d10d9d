import type { PortalClient } from '../../client/portal-client.ts';
import { period } from '../../lambdas/domain/calendar/period.ts';
import { task as exportTask } from '../../lambdas/jobs/exports.ts';
import { EXAMPLE_MONTHLY_STATEMENT } from '../../lambdas/manifest/routes/bills/structures.ts';
import { EXAMPLE_INVOICE } from '../../lambdas/manifest/routes/invoice-example.ts';
import { invoiceKey } from '../../lambdas/use-cases/documents.ts';
import { eInvoiceProblems } from '../documents/support/en16931-rules.ts';
import { focusProblems, focusRows } from '../documents/support/focus-rules.ts';
import { sampleInvoice } from '../fixtures/invoices.ts';
import { refusalOf } from '../support/api-client.ts';
import { request } from '../support/api-requests.ts';
import { addInvoice, bearerOf, billOctober, storedInvoice } from '../support/billed-programme.ts';
import { type ApiPortal, openApiPortal } from '../support/portal.ts';

const EURO = 'INV-2026-000004';
const REVERSE = 'INV-2026-000005';
const DOLLARS = 'INV-2026-000001';
const MONTH = '2026-10' as never;

let opened: ApiPortal;
let aggregator: PortalClient;
let provider: PortalClient;
let vendor: PortalClient;
let other: PortalClient;
let tokens: Record<'AGG-1' | 'SP-1', string>;

beforeAll(async () => {
  opened = await openApiPortal();
  await billOctober(opened);
  const stored = storedInvoice(EURO, { currency: 'EUR', gross: '1916.38' });
  await addInvoice(opened, stored);
  const taxed = sampleInvoice({
    ...{ number: EURO, currency: 'EUR', vendorPurchaseOrder: 'PO-1' },
    vendor: { ...sampleInvoice().vendor, taxId: 'IE9740218QA', countryRegion: 'IE' },
    billTo: { ...sampleInvoice().billTo, countryRegion: 'DE' },
    ...{ taxes: [{ rate: '19', base: '1610.40', amount: '305.98' }], gross: '1916.38' },
  });
  opened.documents.set(`${invoiceKey(stored)}.json`, JSON.stringify(taxed));
  const untaxed = storedInvoice(REVERSE, { currency: 'EUR' });
  await addInvoice(opened, untaxed);
  const billTo = { ...taxed.billTo, taxId: 'DE811907980' };
  const sums = { taxes: [], gross: taxed.net };
  opened.documents.set(`${invoiceKey(untaxed)}.json`, JSON.stringify({ ...taxed, number: REVERSE, billTo, ...sums }));
  tokens = { 'AGG-1': await bearerOf(opened, 'AGG-1'), 'SP-1': await bearerOf(opened, 'SP-1') };
  aggregator = opened.client(tokens['AGG-1']);
  provider = opened.client(tokens['SP-1']);
  vendor = opened.client(await bearerOf(opened, 'VENDOR'));
  other = opened.client(await bearerOf(opened, 'AGG-2'));
});
afterAll(() => opened.close());

/** What a link downloads, and under which name. */
const download = ({ url }: { url: string }) => {
  const { pathname, searchParams } = new URL(url);
  return { fileName: searchParams.get('name'), text: opened.documents.get(pathname.slice(1)) ?? '' };
};

test('an invoice is downloaded as FOCUS, the same as often as it is asked for', async () => {
  const params = { number: DOLLARS, ext: 'focus' } as const;
  const first = download((await aggregator.getAggregatorInvoiceDocument({ params })).body);
  expect(first.fileName).toBe('INV-2026-000001.focus.csv');
  expect(focusProblems(first.text)).toEqual([]);
  expect(focusRows(first.text).map(({ BilledCost }) => BilledCost)).toEqual(['26.40', '1584.00']);
  expect(download((await vendor.getVendorInvoiceDocument({ params })).body)).toEqual(first);
});

test('an invoice in EUR with tax is downloaded as an electronic invoice', async () => {
  const params = { number: EURO, ext: 'ubl' } as const;
  const { fileName, text } = download((await aggregator.getAggregatorInvoiceDocument({ params })).body);
  expect(fileName).toBe('INV-2026-000004.xml');
  expect(eInvoiceProblems(text)).toEqual([]);
});

test('an invoice without tax to another member state of the EU is downloaded as a reverse charge', async () => {
  const params = { number: REVERSE, ext: 'ubl' } as const;
  const { text } = download((await aggregator.getAggregatorInvoiceDocument({ params })).body);
  expect(eInvoiceProblems(text)).toEqual([]);
  expect(text).toContain('VATEX-EU-AE');
});

test('there is no electronic invoice in another currency: the answer says so, and what to take', async () => {
  const params = { number: DOLLARS, ext: 'ubl' } as const;
  expect(await refusalOf(aggregator.getAggregatorInvoiceDocument({ params }))).toMatchObject({
    ...{ status: 409, code: 'E_INVOICE_NOT_POSSIBLE' },
    message: 'There is no electronic invoice of INV-2026-000001: it is in USD, not in EUR. Take its PDF',
  });
});

test('another aggregator’s invoice is not there in any form, whatever its currency', async () => {
  for (const [number, ext] of [
    [DOLLARS, 'focus'],
    [DOLLARS, 'ubl'],
    [EURO, 'ubl'],
  ] as const) {
    const refused = other.getAggregatorInvoiceDocument({ params: { number, ext } });
    expect(await refusalOf(refused)).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  }
});

test('a month’s statement is the invoices that stand on it, as FOCUS', async () => {
  const params = { period: MONTH, ext: 'focus' } as const;
  const { fileName, text } = download((await aggregator.getAggregatorMonthlyStatementDocument({ params })).body);
  expect(fileName).toBe('statement-2026-10.focus.csv');
  expect(focusProblems(text)).toEqual([]);
  expect(new Set(focusRows(text).map(({ InvoiceId }) => InvoiceId))).toEqual(new Set([DOLLARS]));
  const theirs = { organizationId: 'AGG-1', ...params };
  expect(download((await vendor.getVendorMonthlyStatementDocument({ params: theirs })).body).text).toBe(text);
});

test('a month’s bill shows its service provider points and no prices, as FOCUS', async () => {
  const params = { period: MONTH, ext: 'focus' } as const;
  const { fileName, text } = download((await provider.getProviderMonthlyBillDocument({ params })).body);
  expect(fileName).toBe('bill-2026-10.focus.csv');
  expect(focusProblems(text, { withPrices: false })).toEqual([]);
  expect(focusRows(text).map((row) => [row.x_DocumentNumber, row.PricingQuantity, row.EffectiveCost])).toEqual([
    [DOLLARS, '30.00', '0.00'],
    [DOLLARS, '1800.00', '0.00'],
  ]);
  for (const { amount, unitPrice } of EXAMPLE_INVOICE.lines) {
    expect(text).not.toContain(amount);
    expect(text).not.toContain(unitPrice);
  }
  const its = { organizationId: 'SP-1', ...params };
  expect(download((await vendor.getVendorMonthlyBillDocument({ params: its })).body).text).toBe(text);
});

test('a month of more documents than one file holds is refused, naming what to do', async () => {
  const key = 'settled/2026-08/2026-08-1/AGG-2';
  const totals = [{ currency: 'USD', net: '0', tax: '0', gross: '0' }];
  await opened.portal.partyDocuments.settled({
    ...{ kind: 'STATEMENT', recipientId: 'AGG-2', period: period('2026-08'), run: '2026-08-1', key },
    ...{ reference: '2026-08-1/AGG-2', hashes: { json: 'a', pdf: 'b', csv: 'c' } },
    months: [{ usagePeriod: period('2026-08'), documents: 2_001, corrections: 0, points: '0', totals }],
  });
  const entries = Array.from({ length: 2_001 }, () => EXAMPLE_MONTHLY_STATEMENT.entries[0]);
  for (const ext of ['pdf', 'csv']) opened.documents.set(`${key}.${ext}`, ext);
  opened.documents.set(`${key}.json`, JSON.stringify({ ...EXAMPLE_MONTHLY_STATEMENT, entries }));
  const params = { period: '2026-08' as never, ext: 'focus' } as const;
  expect(await refusalOf(other.getAggregatorMonthlyStatementDocument({ params }))).toMatchObject({
    ...{ status: 400, code: 'BAD_REQUEST' },
    message: 'It is of 2001 documents, more than the 2000 of one file: ask for its invoices as an export',
  });
});

test.each([
  ['getAggregatorMonthlyStatementDocument', { period: '2026-09', ext: 'focus' }, 'AGG-1'],
  ['getAggregatorMonthlyStatementDocument', { period: '2026-10', ext: 'ubl' }, 'AGG-1'],
  ['getProviderMonthlyBillDocument', { period: '2026-10', ext: 'ubl' }, 'SP-1'],
  ['getAggregatorInvoiceDocument', { number: DOLLARS, ext: 'xlsx' }, 'AGG-1'],
] as const)('%s of %j is not there', async (route, params, organizationId) => {
  const token = tokens[organizationId];
  expect((await request(opened.portal, route, { params, token })).status).toBe(404);
});

test('an export has each document in the forms of those asked for that it has', async () => {
  const body = { fromPeriod: MONTH, toPeriod: MONTH, forms: ['pdf', 'focus', 'ubl'] as ('pdf' | 'focus' | 'ubl')[] };
  const asked = await aggregator.requestAggregatorExport({ body });
  expect(await exportTask(opened.portal, {})).toEqual({ done: 1, failures: [] });
  const params = { exportId: asked.body.id };
  const made = await aggregator.getAggregatorExport({ params });
  expect(made.body).toMatchObject({ status: 'DONE', documents: 5, files: 12 });
  const { body: all } = await aggregator.listAggregatorExportedFiles({ params });
  expect([all.total, ...all.files.map(({ fileName }) => fileName)]).toEqual([
    12,
    ...['INV-2026-000001.pdf', 'INV-2026-000001.focus.csv', 'INV-2026-000002.pdf', 'INV-2026-000002.focus.csv'],
    ...['INV-2026-000004.pdf', 'INV-2026-000004.focus.csv', 'INV-2026-000004.xml'],
    ...['INV-2026-000005.pdf', 'INV-2026-000005.focus.csv', 'INV-2026-000005.xml'],
    ...['statement-2026-10-prm-AGG-1.pdf', 'statement-2026-10-prm-AGG-1.focus.csv'],
  ]);
  for (const file of all.files.filter(({ form }) => form !== 'pdf')) {
    const { fileName, text } = download(file.link);
    expect(fileName).toBe(file.fileName);
    expect(file.form === 'focus' ? focusProblems(text) : eInvoiceProblems(text)).toEqual([]);
  }
  const page = await aggregator.listAggregatorExportedFiles({ params, query: { offset: 5, limit: 2 } });
  expect(page.body.files).toEqual(all.files.slice(5, 7));
});
