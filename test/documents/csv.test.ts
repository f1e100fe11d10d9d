import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { renderConsolidatedBillCsv } from '../../lambdas/documents/consolidated-bill-csv.ts';
import { csv } from '../../lambdas/documents/csv.ts';
import { renderInvoiceCsv } from '../../lambdas/documents/invoice-csv.ts';
import { renderStatementCsv } from '../../lambdas/documents/statement-csv.ts';
import {
  sampleConsolidatedBill,
  sampleCreditNote,
  sampleInvoice,
  sampleLine,
  sampleSettlement,
  sampleStatement,
} from '../fixtures/invoices.ts';

const read = (text: string): Record<string, string>[] => parse(text, { columns: true, record_delimiter: '\r\n' });
const cell = (value: string): string =>
  read(
    csv(
      [
        { name: 'x', value: () => value },
        { name: 'end', value: () => '|' },
      ],
      [0],
    ),
  )[0]!.x!;

describe('a cell', () => {
  test.each(['=1+1', '+SUM(A1)', '-2+3', '@cmd', '\tx', '\rx', '-', '-1.', '+5', '=“”'])(
    'that a spreadsheet would compute gets an apostrophe: %j',
    (value) => expect(cell(value)).toBe(`'${value}`),
  );

  test.each(['-26.40', '0', '137.11436', 'a=b', '', 'comma, quote " and\r\nline break', 'two\nlines', '株式会社'])(
    'that is none stays as it is: %j',
    (value) => expect(cell(value)).toBe(value),
  );

  test('is read back as it was written, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const written = cell(value);
        expect(written === value || written === `'${value}`).toBe(true);
      }),
    );
  });
});

test('an invoice has a line for each of its lines, with exact figures', () => {
  const text = renderInvoiceCsv(sampleInvoice({ lines: [sampleLine({ siteName: '=HYPERLINK("x")' }), sampleLine()] }));
  const rows = read(text);
  expect(text.endsWith('\r\n')).toBe(true);
  expect(rows).toHaveLength(2);
  expect(rows[0]).toMatchObject({
    invoiceNumber: 'INV-2026-000001',
    kind: 'ORDER',
    corrects: '',
    line: '1',
    siteName: '\'=HYPERLINK("x")',
    quantity: '10',
    pointsPerUnit: '3',
    points: '30',
    unitPrice: '0.88',
    amount: '26.40',
    currency: 'USD',
    vendorPurchaseOrder: '',
  });
  expect(rows[1]).toMatchObject({ line: '2', siteName: 'Site A' });
});

test('a credit note keeps its negative amounts as numbers and names the invoice it takes back', () => {
  expect(read(renderInvoiceCsv(sampleCreditNote()))[1]).toMatchObject({
    dueDate: '',
    corrects: 'INV-2026-000001',
    points: '-1800',
    amount: '-1584.00',
  });
});

test('a settlement is a line of an amount alone', () => {
  expect(read(renderInvoiceCsv(sampleSettlement()))[1]).toMatchObject({
    lineKind: 'SETTLEMENT',
    points: '0',
    unitPrice: '0',
    amount: '5000.00',
    quantity: '',
  });
});

test('an invoice without lines is a head line', () => {
  expect(renderInvoiceCsv(sampleInvoice({ lines: [] })).split('\r\n')).toEqual([
    expect.stringMatching(/^invoiceNumber,kind,/),
    '',
  ]);
});

test('a statement has a line for each document', () => {
  const rows = read(renderStatementCsv(sampleStatement()));
  expect(rows.map(({ number, gross, currency }) => [number, gross, currency])).toEqual([
    ['INV-2026-000001', '1610.40', 'USD'],
    ['CRN-2026-000001', '-88.44', 'USD'],
    ['INV-2026-000002', '15082', 'JPY'],
  ]);
});

test('what is given back is due from nobody', () => {
  const due = sampleStatement().entries[0]?.dueDate;
  expect(read(renderStatementCsv(sampleStatement())).map(({ dueDate }) => dueDate)).toEqual([due, '', due]);
});

test('a consolidated bill has the figures of each contract, then its usage lines', () => {
  const rows = read(renderConsolidatedBillCsv(sampleConsolidatedBill()));
  expect(rows.map(({ contractNumber, row, points, total }) => [contractNumber, row, points, total])).toEqual([
    ['40012345', 'CONTRACT', '', '1937.11436'],
    ['40012345', 'USAGE', '30', ''],
    ['40012345', 'USAGE', '137.11436', ''],
    ['40012346', 'CONTRACT', '', '1937.11436'],
  ]);
});
