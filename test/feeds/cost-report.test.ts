import { gzipSync } from 'node:zlib';
import { period } from '../../lambdas/domain/calendar/period.ts';
import { exactCost } from '../../lambdas/domain/cost-report/sum-costs.ts';
import { readCostReport } from '../../lambdas/feeds/cost-report.ts';
import { type CostRow, cur, focus } from '../support/cost-files.ts';

const OF = { accountId: '123456789012', usagePeriod: period('2026-10'), currency: 'USD' };

async function* pieces(bytes: Uint8Array, size = 11): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const read = (file: string | Uint8Array) => readCostReport(pieces(Buffer.from(file as string)), OF);

const ROWS: readonly CostRow[] = [
  { service: 'AmazonEC2', cost: '10.004' },
  { service: 'AmazonS3', cost: '0.0035', bill: 'B-2' },
  { service: 'AmazonS3', cost: '3.5E-3' },
  { service: 'AmazonEC2', cost: '-2.5001', category: 'Credit' },
  { service: 'AmazonEC2', cost: '1.4249', category: 'Tax' },
];

const SUMS = [
  { code: 'AmazonEC2', cost: exactCost('7.5039'), bills: ['B-1'] },
  { code: 'AmazonS3', cost: exactCost('0.0070'), bills: ['B-1', 'B-2'] },
  { code: 'TAX', cost: exactCost('1.4249'), bills: ['B-1'] },
];

test.each([
  ['a Cost and Usage Report 2.0', cur(ROWS), 'CUR2'],
  ['FOCUS', focus(ROWS), 'FOCUS'],
  ['a zipped one', gzipSync(cur(ROWS)), 'CUR2'],
])('%s is added up by service', async (_name, file, format) => {
  const { services, ...rest } = await read(file);
  expect(services.map(({ name: _n, ...service }) => service)).toEqual(SUMS);
  expect(rest).toEqual({ format, rows: 5, isBilled: true, bills: ['B-1', 'B-2'], faults: [] });
});

test('FOCUS names services in words, with a code of AWS beside', async () => {
  const [service] = (await read(focus([{ service: 'AmazonEC2', cost: '1' }]))).services;
  expect(service).toMatchObject({ code: 'AmazonEC2', name: 'AmazonEC2 in words' });
});

test('a report is not billed while a row names no bill', async () => {
  const { isBilled, bills } = await read(cur([{ cost: '1' }, { cost: '1', bill: '' }]));
  expect({ isBilled, bills }).toEqual({ isBilled: false, bills: ['B-1'] });
  expect((await read(focus([{ cost: '1' }], { without: ['InvoiceId'] }))).isBilled).toBe(false);
});

test.each<[string, CostRow, string]>([
  ['another account', { account: '999999999999' }, 'bill_payer_account_id'],
  ['another month', { from: '2026-09-01T00:00:00Z' }, 'bill_billing_period_start_date'],
  ['a part of the month', { to: '2026-10-16T00:00:00Z' }, 'bill_billing_period_end_date'],
  ['two currencies in one file', { currency: 'EUR' }, 'line_item_currency_code'],
  ['a cost that is none', { cost: 'n/a' }, 'line_item_unblended_cost'],
  ['no service', { service: '' }, 'line_item_product_code'],
  ['a bill of far too many characters', { bill: 'B'.repeat(41) }, 'bill_invoice_id'],
])('%s is found, with its line and column', async (_name, row, column) => {
  const { faults } = await read(cur([{ cost: '1' }, row, { cost: '2' }]));
  expect(faults).toEqual([{ line: 3, column, message: expect.any(String) }]);
});

test('all faults are found, and a row of too few cells', async () => {
  const file = `${cur([{ cost: 'x', currency: 'EUR' }])}123456789012,2026-10-01\n`;
  const { faults } = await read(file);
  expect(faults.map(({ line, column }) => `${line} ${column ?? ''}`)).toEqual([
    '2 line_item_currency_code',
    '2 line_item_unblended_cost',
    '3 ',
  ]);
});

test.each([
  ['an empty file', '', /is empty/],
  ['a header alone', cur([]), /has no rows/],
  ['another table', 'a,b\n1,2\n', /no Cost and Usage Report 2.0 and no FOCUS/],
  [
    'a column missing',
    cur([{ cost: '1' }], { without: ['line_item_currency_code'] }),
    /line_item_currency_code: is missing/,
  ],
  [
    'a column twice',
    cur([{ cost: '1' }]).replace('resource_tags', 'bill_invoice_id'),
    /bill_invoice_id: is in the header twice/,
  ],
])('%s is no report', async (_name, file, message) => {
  await expect(read(file)).rejects.toThrow(message);
});

test('times are written in several ways', async () => {
  const ways = ['2026-10-01T00:00:00.000Z', '2026-10-01 00:00:00.000', '2026-10-01 00:00:00 UTC', '2026-10-01T00:00Z'];
  expect((await read(cur(ways.map((from) => ({ cost: '1', from }))))).faults).toEqual([]);
});
