import * as fc from 'fast-check';
import type { CanonicalInvoice } from '../../lambdas/documents/canonical-invoice.ts';
import { renderFocus } from '../../lambdas/documents/focus/columns.ts';
import { anyInvoice } from '../domain/support/any-invoice.ts';
import { decimal, equals, plus, ZERO } from '../domain/support/rational.ts';
import { canonical, creditOf, lineOf, sampleInvoice, sampleLine, samplePrepaymentCover } from '../fixtures/invoices.ts';
import { COLUMNS, focusProblems, focusRows, type Row } from './support/focus-rules.ts';

const rowsOf = (document: CanonicalInvoice) => focusRows(renderFocus([document], 'BUYER'));
const sumOf = (rows: readonly Row[], column: string) =>
  rows.reduce((sum, row) => plus(sum, decimal(row[column] ?? '0')), ZERO);
const pick = (row: Row | undefined, ...columns: string[]) => columns.map((column) => row?.[column]);

test('any invoice and its credit note keep the rules of FOCUS 1.2, and their billed costs come to what is payable', () => {
  fc.assert(
    fc.property(anyInvoice(), (invoice) => {
      const document = canonical(invoice);
      for (const each of [document, creditOf(document)]) {
        const file = renderFocus([each], 'BUYER');
        expect(focusProblems(file)).toEqual([]);
        expect(equals(sumOf(focusRows(file), 'BilledCost'), decimal(each.gross))).toBe(true);
        expect(focusProblems(renderFocus([each], 'PROVIDER'), { withPrices: false })).toEqual([]);
      }
    }),
    { numRuns: 40 },
  );
});

test('all of an invoice’s points stand in its rows once, whatever a prepayment covers', () => {
  fc.assert(
    fc.property(anyInvoice(), (invoice) => {
      const document = canonical(invoice);
      const rows = rowsOf(document).filter((row) => row.x_LineKind === 'USAGE');
      const printed = document.lines.filter(({ kind }) => kind === 'USAGE');
      for (const [column, of] of [
        ['PricingQuantity', (line: (typeof printed)[number]) => line.points],
        ['ConsumedQuantity', (line: (typeof printed)[number]) => line.quantity ?? '0'],
        ['EffectiveCost', (line: (typeof printed)[number]) => line.amount],
      ] as const) {
        const all = printed.reduce((sum, line) => plus(sum, decimal(of(line))), ZERO);
        expect([column, equals(sumOf(rows, column), all)]).toEqual([column, true]);
      }
    }),
    { numRuns: 40 },
  );
});

test('usage is priced in points, a virtual currency, and costs what the invoice prints', () => {
  const document = sampleInvoice({ basis: { ...sampleInvoice().basis, listPrice: '1.10', discount: '20' } });
  const [first] = rowsOf(document);
  expect(first).toMatchObject({
    ...{ ChargeCategory: 'Usage', ChargeFrequency: 'Usage-Based', ChargeClass: null, InvoiceId: document.number },
    ...{
      BillingPeriodStart: '2026-10-01T00:00:00Z',
      ChargePeriodEnd: '2026-11-01T00:00:00Z',
      PricingCurrency: 'Points',
    },
    ...{
      PricingQuantity: '30.00',
      PricingUnit: 'Points',
      PricingCurrencyListUnitPrice: '1.00',
      BillingCurrency: 'USD',
    },
    ...{ PricingCurrencyEffectiveCost: '30.00', ListUnitPrice: '1.10', ContractedUnitPrice: '0.88', ListCost: '33.00' },
    ...{ ContractedCost: '26.40', EffectiveCost: '26.40', BilledCost: '26.40', ConsumedQuantity: '10.00' },
    ...{ ConsumedUnit: 'GB vRAM', SkuId: 'FLEX-CORE', SkuPriceId: 'VSPP3-1800-C/FLEX-CORE', SubAccountId: '40012345' },
    ...{ x_LineNumber: '1', x_SiteName: 'Site A', CommitmentDiscountId: null, ServiceCategory: 'Compute' },
  });
});

test('a minimum that is not reached is an unused commitment', () => {
  const underage = lineOf('UNDERAGE', { points: '1770', unitPrice: '0.88', amount: '1557.60' });
  const [, row] = rowsOf(sampleInvoice({ lines: [sampleLine(), underage] }));
  expect(row).toMatchObject({
    ...{ ChargeCategory: 'Usage', CommitmentDiscountStatus: 'Unused', CommitmentDiscountId: '40012345/minimum-commit' },
    ...{ CommitmentDiscountQuantity: '1770.00', CommitmentDiscountUnit: 'Points', BilledCost: '1557.60' },
    ...{ ConsumedQuantity: null, PricingCategory: 'Committed', ResourceId: '40012345/minimum-commit' },
  });
});

test('what a prepayment covers is billed at nothing and still costs; the rest of a line is a row of its own', () => {
  // Worked example 13: 3 points, 2 of them prepaid.
  const rows = rowsOf(samplePrepaymentCover());
  const columns = ['ChargeCategory', 'BilledCost', 'EffectiveCost', 'PricingQuantity', 'CommitmentDiscountStatus'];
  expect(rows.map((row) => pick(row, ...columns))).toEqual([
    ['Usage', '0.00', '1.69', '2.00', 'Used'],
    ['Usage', '0.85', '0.85', '1.00', null],
    ['Adjustment', '-0.01', '-0.01', null, null],
    ['Tax', '0.16', '0.4807', null, null],
  ]);
});

test('a prepayment is a purchase that costs nothing by itself; what its schedule burns is unused', () => {
  const prepayment = lineOf('PREPAYMENT', { points: '120', unitPrice: '0.88', amount: '105.60' });
  const [bought] = rowsOf(sampleInvoice({ kind: 'PREPAYMENT', lines: [prepayment] }));
  expect(bought).toMatchObject({
    ...{ ChargeCategory: 'Purchase', ChargeFrequency: 'One-Time', BilledCost: '105.60', EffectiveCost: '0.00' },
    ...{
      CommitmentDiscountId: '40012345/prepayment',
      CommitmentDiscountQuantity: '120.00',
      CommitmentDiscountStatus: null,
    },
    ...{ PricingCurrencyEffectiveCost: '0.00' },
  });
  const burning = sampleInvoice({
    lines: [
      sampleLine({ points: '4', amount: '3.52' }),
      lineOf('COVER', { points: '-4', unitPrice: '0.88', amount: '-3.52' }),
    ],
    commit: { ...sampleInvoice().commit, prepayment: { balanceBefore: '120', drawn: '10', balanceAfter: '110' } },
    ...{ net: '0.00', taxes: [], gross: '0.00' },
  });
  const [used, unused] = rowsOf(burning);
  expect(pick(used, 'CommitmentDiscountStatus', 'PricingQuantity', 'EffectiveCost')).toEqual(['Used', '4.00', '3.52']);
  expect(pick(unused, 'CommitmentDiscountStatus', 'PricingQuantity', 'EffectiveCost', 'BilledCost')).toEqual([
    ...['Unused', '6.00', '5.28', '0.00'],
  ]);
  expect(rowsOf(creditOf(burning)).map((row) => row.EffectiveCost)).toEqual(['-3.52', '-5.28']);
});

test('a correction of a month that was invoiced before is marked, in the month of the run that bills it', () => {
  const adjusted = sampleInvoice({ source: { id: 'O', revision: '2' }, invoiceDate: '2026-12-10' });
  for (const document of [adjusted, creditOf(sampleInvoice())]) {
    const columns = ['ChargeClass', 'BillingPeriodStart', 'ChargePeriodStart'];
    expect(pick(rowsOf(document)[0], ...columns)).toEqual([
      'Correction',
      '2026-11-01T00:00:00Z',
      '2026-10-01T00:00:00Z',
    ]);
  }
  const late = sampleInvoice({ lines: [sampleLine(), sampleLine({ usagePeriod: '2026-08' })] });
  expect(rowsOf(late).map((row) => pick(row, 'ChargeClass', 'ChargePeriodStart'))).toEqual([
    [null, '2026-10-01T00:00:00Z'],
    ['Correction', '2026-08-01T00:00:00Z'],
    [null, '2026-10-01T00:00:00Z'],
  ]);
});

test('a month that a later run caught up on is no correction; nor is a prepayment taken back in its own month', () => {
  expect(rowsOf(sampleInvoice({ invoiceDate: '2026-12-10' }))[0]?.ChargeClass).toBeNull();
  const lines = [lineOf('PREPAYMENT', { points: '120', unitPrice: '0.88', amount: '105.60' })];
  const bought = sampleInvoice({ kind: 'PREPAYMENT', usagePeriod: '2026-10', invoiceDate: '2026-10-05', lines });
  expect(rowsOf(creditOf(bought, '2026-10-20'))[0]?.ChargeClass).toBeNull();
  expect(rowsOf(creditOf(bought, '2026-11-02'))[0]?.ChargeClass).toBe('Correction');
});

test('periods that follow an anniversary have its days', () => {
  const contract = { ...sampleInvoice().contract, anniversary: '2026-03-15' };
  const [row] = rowsOf(sampleInvoice({ contract }));
  const days = ['2026-09-15T00:00:00Z', '2026-10-15T00:00:00Z'];
  expect(pick(row, 'ChargePeriodStart', 'ChargePeriodEnd')).toEqual(days);
  expect(pick(row, 'BillingPeriodStart', 'BillingPeriodEnd')).toEqual(days);
});

test('usage of a money family is priced by the unit, in the currency of the bill', () => {
  const usage = {
    points: '1045.50',
    unitPrice: '1',
    amount: '1045.50',
    price: { unitPrice: '0.000123', discount: '15' },
  };
  const contract = { ...sampleInvoice().contract, family: 'MSP' as const };
  const [row] = rowsOf(sampleInvoice({ contract, lines: [sampleLine({ quantity: '10000000', ...usage })] }));
  expect(row).toMatchObject({
    ...{ PricingCurrency: 'USD', PricingQuantity: '10000000.00', PricingUnit: 'GB vRAM', ListUnitPrice: '0.000123' },
    ...{ ContractedUnitPrice: '0.00010455', ListCost: '1230.00', ContractedCost: '1045.50', BilledCost: '1045.50' },
  });
});

test('a surcharge below zero is points less at a price above zero', () => {
  const surcharge = lineOf('SURCHARGE', { points: '30', unitPrice: '-0.10', amount: '-3.00' });
  const [row] = rowsOf(sampleInvoice({ lines: [surcharge] }));
  expect(pick(row, 'PricingQuantity', 'ContractedUnitPrice', 'BilledCost')).toEqual(['-30.00', '0.10', '-3.00']);
});

test('a service provider sees points and no money of points families, and pays nothing to the vendor', () => {
  const file = renderFocus([sampleInvoice()], 'PROVIDER');
  expect(focusProblems(file, { withPrices: false })).toEqual([]);
  const [row] = focusRows(file);
  const costs = Object.keys(COLUMNS).filter((name) => name.endsWith('Cost') && !name.startsWith('PricingCurrency'));
  expect(pick(row, ...costs)).toEqual(['0.00', '0.00', '0.00', '0.00']);
  expect(row).toMatchObject({ PricingCurrencyEffectiveCost: '30.00', InvoiceIssuerName: 'Nordwind Distribution GmbH' });
  expect(row).toMatchObject({ BillingAccountId: 'P-2001', InvoiceId: null, x_DocumentNumber: 'INV-2026-000001' });
  expect(file).not.toMatch(/0\.88|26\.40|1584/);
  const covered = focusRows(renderFocus([samplePrepaymentCover()], 'PROVIDER'));
  expect(covered.map((each) => each.x_LineKind)).toEqual(['USAGE']);
});

test('a service provider sees prices of money families where its file has no other', () => {
  const contract = { ...sampleInvoice().contract, family: 'MSP' as const };
  const money = sampleInvoice({ contract, lines: [sampleLine({ points: '26.40', unitPrice: '1' })] });
  expect(focusRows(renderFocus([money], 'PROVIDER'))[0]).toMatchObject({
    ContractedUnitPrice: '1.00',
    EffectiveCost: '26.40',
  });
  const mixed = focusRows(renderFocus([money, sampleInvoice()], 'PROVIDER'));
  expect(mixed.map((row) => [row.ContractedUnitPrice, row.EffectiveCost])).toEqual([
    ...[
      [undefined, '26.40'],
      [undefined, '0.00'],
      [undefined, '0.00'],
    ],
  ]);
});
