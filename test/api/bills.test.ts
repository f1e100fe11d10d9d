import type { PortalClient } from '../../client/portal-client.ts';
import { EXAMPLE_MONTHLY_STATEMENT } from '../../lambdas/manifest/routes/bills/structures.ts';
import { routes } from '../../lambdas/manifest/routes.ts';
import { refusalOf } from '../support/api-client.ts';
import { addInvoice, bearerOf, billOctober, storedInvoice } from '../support/billed-programme.ts';
import { type ApiPortal, openApiPortal } from '../support/portal.ts';

let opened: ApiPortal;
let aggregator: PortalClient;
let provider: PortalClient;
let vendor: PortalClient;

const OCTOBER = { period: '2026-10' } as const;

beforeAll(async () => {
  opened = await openApiPortal();
  await billOctober(opened);
  await addInvoice(opened, storedInvoice('CRN-2026-000001', { kind: 'CREDIT_NOTE', gross: '-1610.40' }));
  await addInvoice(
    opened,
    storedInvoice('INV-2026-000004', { currency: 'JPY', gross: '1000', invoiceDate: '2026-12-10' }),
  );
  await addInvoice(opened, storedInvoice('INV-2026-000005', { gross: '0.05', invoiceDate: '2026-12-10' }));
  aggregator = opened.client(await bearerOf(opened, 'AGG-1'));
  provider = opened.client(await bearerOf(opened, 'SP-1'));
  vendor = opened.client(await bearerOf(opened, 'VENDOR'));
});
afterAll(() => opened.close());

test('a service provider has the history of its months and the bill of each as JSON, CSV and by a link', async () => {
  const { body: history } = await provider.listProviderMonthlyBills();
  expect(history).toEqual({
    content: [{ usagePeriod: '2026-10', documents: 1, corrected: false, points: '1800', runs: ['2026-10-1'] }],
    total: 1,
  });
  const { body } = await provider.getProviderMonthlyBill({ params: OCTOBER });
  expect(body).toMatchObject({ period: '2026-10', reference: '2026-10/2000001', totalPoints: '1800' });
  const csv = await provider.getProviderMonthlyBill({ params: OCTOBER, accept: 'text/csv' });
  expect(csv.body.split('\r\n').map((line) => line.split(',').slice(4, 11).join())).toEqual([
    'contractNumber,aggregator,skuCode,usagePeriod,documentNumber,takesBack,row',
    '40000001,Nordhandel GmbH,VSPP3-1800-C,2026-10,INV-2026-000001,false,CONTRACT',
    '40000001,Nordhandel GmbH,VSPP3-1800-C,2026-10,INV-2026-000001,false,USAGE',
    '',
  ]);
  const link = await provider.getProviderMonthlyBillDocument({ params: { ...OCTOBER, ext: 'pdf' } });
  expect(link.body.url).toBe('https://documents.example/settled/2026-10/2026-10-1/SP-1.pdf?name=bill-2026-10.pdf');
});

test('an aggregator has the same of its statements, with what each currency comes to', async () => {
  const { body } = await aggregator.listAggregatorMonthlyStatements({ query: { filter: 'corrected==false' } });
  expect(body.content).toMatchObject([{ usagePeriod: '2026-10', totals: [{ currency: 'USD', gross: '1610.40' }] }]);
  const statement = await aggregator.getAggregatorMonthlyStatement({ params: OCTOBER });
  expect(statement.body).toEqual({ ...EXAMPLE_MONTHLY_STATEMENT, period: '2026-10' });
  const csv = await aggregator.getAggregatorMonthlyStatement({ params: OCTOBER, accept: 'text/csv' });
  expect(csv.body).toContain('INV-2026-000001,ORDER,');
});

test('a month that nothing was billed of is not there, nor is that of another organization', async () => {
  const september = { period: '2026-09' } as const;
  expect((await refusalOf(provider.getProviderMonthlyBill({ params: september }))).status).toBe(404);
  const other = opened.client(await bearerOf(opened, 'SP-2'));
  const params = { ...OCTOBER, ext: 'pdf' } as const;
  expect((await refusalOf(other.getProviderMonthlyBill({ params: OCTOBER }))).status).toBe(404);
  expect((await refusalOf(other.getProviderMonthlyBillDocument({ params }))).status).toBe(404);
  expect((await other.listProviderMonthlyBills()).body.total).toBe(0);
});

test('the vendor reads those of any organization, each of its own kind', async () => {
  const sp = { organizationId: 'SP-1' };
  const agg = { organizationId: 'AGG-1' };
  expect((await vendor.listVendorMonthlyBills({ params: sp })).body.total).toBe(1);
  expect((await vendor.getVendorMonthlyBill({ params: { ...sp, ...OCTOBER } })).body.totalPoints).toBe('1800');
  expect((await vendor.getVendorMonthlyStatement({ params: { ...agg, ...OCTOBER } })).body.entries).toHaveLength(1);
  const params = { ...agg, ...OCTOBER, ext: 'csv' } as const;
  expect((await vendor.getVendorMonthlyStatementDocument({ params })).body.url).toContain('AGG-1.csv');
  expect((await refusalOf(vendor.getVendorMonthlyBill({ params: { ...agg, ...OCTOBER } }))).status).toBe(404);
  expect((await refusalOf(vendor.getVendorAccount({ params: sp }))).status).toBe(404);
});

test('an account adds up by currency what was invoiced and credited, and what stood there before', async () => {
  const all = await aggregator.getAggregatorAccount();
  expect(all.body.balances).toEqual([
    { currency: 'JPY', opening: '0', invoiced: '1000', credited: '0', entries: 1, balance: '1000' },
    { currency: 'USD', opening: '0', invoiced: '1710.35', credited: '-1610.40', entries: 4, balance: '99.95' },
  ]);
  const december = await aggregator.getAggregatorAccount({ query: { from: '2026-12-01' } });
  expect(december.body.balances[1]).toEqual({
    ...{ currency: 'USD', opening: '99.90', invoiced: '0.05', credited: '0', entries: 1, balance: '99.95' },
  });
  const mine = await vendor.getVendorAccount({ params: { organizationId: 'AGG-2' } });
  expect(mine.body.balances.map(({ balance }) => balance)).toEqual(['200']);
});

test('entries of an account are listed from a day on, filtered, and as CSV', async () => {
  const { body } = await aggregator.listAggregatorAccountEntries({ query: { filter: 'kind==CREDIT_NOTE' } });
  expect(body.content).toEqual([
    {
      ...{ number: 'CRN-2026-000001', kind: 'CREDIT_NOTE', usagePeriod: '2026-10', date: '2026-11-10' },
      ...{ currency: 'USD', amount: '-1610.40' },
    },
  ]);
  const csv = await aggregator.listAggregatorAccountEntries({ query: { from: '2026-12-01' }, accept: 'text/csv' });
  expect(csv.body.split('\r\n').map((line) => line.split(',')[0])).toEqual([
    'number',
    'INV-2026-000004',
    'INV-2026-000005',
    '',
  ]);
  const wrong = await refusalOf(aggregator.getAggregatorAccount({ query: { from: '2026-02-30' as never } }));
  expect(wrong).toMatchObject({ status: 400, errors: [{ field: 'from' }] });
});

test('invoices are filtered by service provider; by aggregator only where there are several', async () => {
  const filter = 'serviceProviderId==SP-1;contractNumber==40000002;kind==ORDER';
  expect((await aggregator.listAggregatorInvoices({ query: { filter } })).body.total).toBe(1);
  const query = { usagePeriod: '2026-10', filter: 'aggregatorId==AGG-2' } as const;
  expect((await vendor.listVendorInvoices({ query })).body.total).toBe(1);
});

test('a document that is being made is to be asked for again', async () => {
  const key = 'settled/2026-10/2026-10-1/SP-1.pdf';
  opened.documents.delete(key);
  const asked = provider.getProviderMonthlyBillDocument({ params: { ...OCTOBER, ext: 'pdf' } });
  expect(await refusalOf(asked)).toMatchObject({ status: 503, code: 'TRY_AGAIN' });
  opened.documents.set(key, 'pdf');
});

test('a service provider never reads a price', async () => {
  const { body } = await provider.getProviderMonthlyBill({ params: OCTOBER });
  expect(JSON.stringify(body)).not.toMatch(/price|amount|net|gross|currency/i);
  expect(Object.keys(routes.getProviderMonthlyBill.answer.schema.shape)).not.toContain('totals');
});
