import { parse } from 'csv-parse/sync';
import type { CanonicalInvoice } from '../../lambdas/documents/canonical-invoice.ts';
import { renderConsolidatedBillCsv } from '../../lambdas/documents/consolidated-bill-csv.ts';
import { layoutConsolidatedBill } from '../../lambdas/documents/consolidated-bill-pdf.ts';
import { renderInvoiceCsv } from '../../lambdas/documents/invoice-csv.ts';
import { layoutInvoice } from '../../lambdas/documents/invoice-pdf.ts';
import { serviceProviderMail } from '../../lambdas/documents/mail/service-provider-mail.ts';
import { billedPoints, totalAmountsOf } from '../../lambdas/documents/statement-sums.ts';
import { usageStatistics } from '../../lambdas/documents/usage-statistics.ts';
import { loadFonts } from '../../lambdas/runtime/fonts.ts';
import { sampleBilledContract, sampleConsolidatedBill, sampleInvoice } from '../fixtures/invoices.ts';
import { textsOf } from '../support/laid-out.ts';

const fonts = loadFonts();
const rowsOf = (csv: string): Record<string, string>[] => parse(csv, { columns: true, bom: true });
const [sampleLine] = sampleInvoice().lines;
const { pointsPerUnit: _, ...line } = sampleLine as CanonicalInvoice['lines'][number];
const money = { ...line, quantity: '720', uom: 'hour', unitPrice: '1.00', inMinCommit: true };
const INVOICE = sampleInvoice({
  currency: 'USD',
  contract: { ...sampleInvoice().contract, family: 'MSP', contractType: 'CUSTOM' },
  lines: [
    { ...money, price: { unitPrice: '6.25', discount: '12.5' }, points: '3937.5', amount: '3937.50' },
    { ...money, kind: 'UNDERAGE', description: 'Minimum commit not reached', points: '1062.5', amount: '1062.50' },
  ],
  commit: {
    minimumCommit: '5000',
    reported: '3937.5',
    outsideCommit: '0',
    overage: '0',
    underage: '1062.5',
    total: '5000',
  },
});

test('an invoice of a money family shows prices of units and amounts, no points', () => {
  const texts = textsOf(layoutInvoice(INVOICE, fonts));
  expect(texts).toEqual(
    expect.arrayContaining(['× USD/unit', 'less %', '6.25', '12.5', '3,937.50', 'Commit summary, USD', '5,000.00']),
  );
  expect(texts.join(' ')).not.toMatch(/points/i);
  const [first] = rowsOf(renderInvoiceCsv(INVOICE));
  expect(first).toMatchObject({ points: '', unitPrice: '6.25', discount: '12.5', amount: '3937.50' });
});

const CONTRACT = sampleBilledContract();
const IN_MONEY = {
  ...CONTRACT,
  contractNumber: '40099999',
  currency: 'USD',
  lines: CONTRACT.lines.map((each) => ({ ...each, price: { unitPrice: '6.25', discount: '12.5' } })),
  minimumCommit: '5000',
  total: '5000.1',
};
const contracts = [CONTRACT, IN_MONEY, { ...IN_MONEY, currency: 'EUR' }];
const BILL = sampleConsolidatedBill({ contracts, totalPoints: billedPoints(contracts), ...totalAmountsOf(contracts) });

test('points are never added to money, and money never across currencies', () => {
  expect(BILL.totalPoints).toBe(CONTRACT.total);
  expect(BILL.totalAmounts).toEqual([
    { currency: 'EUR', amount: '5000.1' },
    { currency: 'USD', amount: '5000.1' },
  ]);
  expect(totalAmountsOf([CONTRACT])).toEqual({});
  const { contracts: counted } = usageStatistics([BILL], () => true);
  expect(counted.map(({ contractNumber, points }) => [contractNumber, points])).toEqual([
    [CONTRACT.contractNumber, CONTRACT.total],
  ]);
});

test('a consolidated bill shows contracts of money families in their currency, with prices', () => {
  const texts = textsOf(layoutConsolidatedBill(BILL, fonts));
  expect(texts).toEqual(expect.arrayContaining(['Total points', 'Total USD', 'Total EUR', '5,000.10', '× USD/unit']));
  const usage = rowsOf(renderConsolidatedBillCsv(BILL)).filter(
    ({ contractNumber, row }) => contractNumber === '40099999' && row === 'USAGE',
  );
  for (const row of usage) expect(row).toMatchObject({ points: '', unitPrice: '6.25', discount: '12.5' });
  expect(new Set(usage.map(({ currency }) => currency))).toEqual(new Set(['USD', 'EUR']));
});

test('the mail of a bill names points and money apart', () => {
  const { subject, text } = serviceProviderMail(BILL, {
    to: [{ name: 'SP', address: 'sp@example.com' }],
    from: { name: 'Portal', address: 'portal@example.com' },
    portalUrl: 'https://portal.example',
    reference: 'r',
    attached: [],
  } as never);
  expect(subject).toMatch(/points, 5,000\.10 EUR, 5,000\.10 USD$/);
  expect(text).toContain('5,000.10 USD');
});
