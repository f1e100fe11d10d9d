import type { PortalClient } from '../../client/portal-client.ts';
import { quantity } from '../../lambdas/domain/numbers/amounts.ts';
import { EXAMPLE_MONTHLY_STATEMENT } from '../../lambdas/manifest/routes/bills/structures.ts';
import { EXAMPLE_INVOICE } from '../../lambdas/manifest/routes/invoice-example.ts';
import { routes } from '../../lambdas/manifest/routes.ts';
import { usageLine } from '../domain/support/builders.ts';
import { refusalOf } from '../support/api-client.ts';
import { addInvoice, bearerOf, billOctober, storedInvoice } from '../support/billed-programme.ts';
import { type ApiPortal, openApiPortal } from '../support/portal.ts';

let opened: ApiPortal;
let aggregator: PortalClient;
let provider: PortalClient;
let vendor: PortalClient;
let other: PortalClient;

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
  other = opened.client(await bearerOf(opened, 'SP-2'));
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
    { currency: 'JPY', opening: '0', invoiced: '1000', credited: '0', paid: '0', entries: 1, balance: '1000' },
    {
      currency: 'USD',
      opening: '0',
      invoiced: '1710.35',
      credited: '-1610.40',
      paid: '0',
      entries: 4,
      balance: '99.95',
    },
  ]);
  const december = await aggregator.getAggregatorAccount({ query: { from: '2026-12-01' } });
  expect(december.body.balances[1]).toEqual({
    ...{ currency: 'USD', opening: '99.90', invoiced: '0.05', credited: '0', paid: '0', entries: 1, balance: '99.95' },
  });
  const mine = await vendor.getVendorAccount({ params: { organizationId: 'AGG-2' } });
  expect(mine.body.balances.map(({ balance }) => balance)).toEqual(['200']);
});

test('entries of an account are listed from a day on, filtered, and as CSV', async () => {
  const { body } = await aggregator.listAggregatorAccountEntries({ query: { filter: 'kind==CREDIT_NOTE' } });
  expect(body.content).toEqual([
    {
      ...{ number: 'CRN-2026-000001', kind: 'CREDIT_NOTE', usagePeriod: '2026-10', date: '2026-11-10' },
      ...{ dueDate: '2026-12-10', contractNumber: '40000001', serviceProviderId: 'SP-1' },
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

describe('a line explained', () => {
  const params = { number: 'INV-2026-000007', line: 2 };
  const LINE_ID = 'usage-2';

  beforeAll(async () => {
    const source = { id: 'O-1', revision: 1 };
    const stored = storedInvoice(params.number, { source, lineSet: 'billed', usagePeriod: '2026-08' as never });
    await addInvoice(opened, stored);
    await addInvoice(
      opened,
      storedInvoice('CRN-2026-000007', { ...stored, number: 'CRN-2026-000007', corrects: params.number }),
    );
    const [first, second] = EXAMPLE_INVOICE.lines;
    const surcharge = { ...first, kind: 'SURCHARGE', points: '30', unitPrice: '0.10', amount: '3.00' };
    const lines = [first, { ...second, usageLineId: LINE_ID }, surcharge];
    const document = { ...EXAMPLE_INVOICE, number: params.number, lines };
    opened.documents.set(`invoices/2026-08/AGG-1/${params.number}.json`, JSON.stringify(document));
    const original = { quantity: quantity('380'), siteName: 'Site B', customerNumber: '' };
    const edit = { reason: 'METER_ERROR', userId: 'user-1', time: '2026-11-03T09:00:00.000Z', original } as const;
    const line = usageLine(LINE_ID, '400', '4.5', { origin: 'METER', prefilled: quantity('380'), edit });
    await opened.portal.billingOrders.putLines('O-1', 'billed', [line]);
  });

  test('names usage, edit, price list, revision, exact amount and rounding', async () => {
    const { body } = await aggregator.explainAggregatorLine({ params });
    expect(body).toMatchObject({
      pointsRule: 'QUANTITY',
      usage: {
        ...{ orderId: 'O-1', lineId: LINE_ID, quantity: '400', origin: 'METER', prefilled: '380' },
        edit: { reason: 'METER_ERROR', original: { quantity: '380' } },
      },
      terms: { contractRevision: 1, priceListVersion: '2026-07', sellingPrice: '0.88' },
      exact: '1584.00',
      rounding: { rule: 'LARGEST_REMAINDER', lines: 3, ofAll: '1613.40' },
    });
    expect(body.words).toHaveLength(3);
    expect(JSON.stringify(body)).not.toContain('user-1');
    expect((await vendor.explainVendorLine({ params })).body).toEqual(body);
  });

  test('a document that takes another back is explained by that one', async () => {
    const { body } = await aggregator.explainAggregatorLine({ params: { ...params, number: 'CRN-2026-000007' } });
    expect(body).toMatchObject({ number: 'CRN-2026-000007', takesBack: params.number, amount: '1584.00' });
  });

  test('a service provider reads points and no money, and nothing of lines that its bill has not', async () => {
    const { body } = await provider.explainProviderLine({ params });
    expect(body).toMatchObject({
      points: '1800',
      usage: { lineId: LINE_ID },
      words: [expect.stringContaining('= 1,800')],
    });
    expect(JSON.stringify(body)).not.toMatch(/0\.88|1584|USD|price/i);
    expect((await refusalOf(provider.explainProviderLine({ params: { ...params, line: 3 } }))).status).toBe(404);
  });

  test('lines that there are none of, and those of others, are not there', async () => {
    const stranger = opened.client(await bearerOf(opened, 'AGG-2'));
    const refused = [
      other.explainProviderLine({ params }),
      stranger.explainAggregatorLine({ params }),
      aggregator.explainAggregatorLine({ params: { ...params, line: 9 } }),
      aggregator.explainAggregatorLine({ params: { ...params, line: 0 } }),
      aggregator.explainAggregatorLine({ params: { ...params, number: 'INV-2026-999999' } }),
    ];
    for (const each of refused) expect((await refusalOf(each)).code).toBe('NOT_FOUND');
  });
});
