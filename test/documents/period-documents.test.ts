import { billOfPeriod, statementOfPeriod } from '../../lambdas/documents/period-documents.ts';
import {
  sampleBilledContract,
  sampleConsolidatedBill,
  sampleStatement,
  sampleStatementEntry,
} from '../fixtures/invoices.ts';

const BOTH = [
  sampleConsolidatedBill({
    contracts: [
      sampleBilledContract({ contractNumber: '2', number: 'INV-1', total: '10' }),
      sampleBilledContract({ contractNumber: '1', number: 'INV-2', total: '0.5' }),
      sampleBilledContract({ contractNumber: '1', number: 'INV-0', usagePeriod: '2026-09', total: '7' }),
    ],
  }),
  sampleConsolidatedBill({
    billDate: '2026-12-10',
    contracts: [
      sampleBilledContract({ contractNumber: '2', number: 'CRN-1', total: '-10', takesBack: true }),
      sampleBilledContract({ contractNumber: '2', number: 'INV-3', total: '4' }),
      sampleBilledContract({ contractNumber: '2', number: 'INV-4', usagePeriod: '2026-11' }),
    ],
  }),
];

test("a month's bill has its contracts of all runs: what was billed, what took it back, what came in its place", () => {
  const bill = billOfPeriod('2026-10', BOTH);
  expect(bill.contracts.map(({ number, takesBack = false }) => [number, takesBack])).toEqual([
    ['INV-2', false],
    ['INV-1', false],
    ['CRN-1', true],
    ['INV-3', false],
  ]);
  expect(bill).toMatchObject({ reference: '2026-10/P-2001', billDate: '2026-12-10', totalPoints: '4.5' });
});

const entry = (number: string, currency: string, gross: string, contractNumber = '1', usagePeriod = '2026-10') =>
  sampleStatementEntry({ number, currency, contractNumber, usagePeriod, points: '1', net: gross, tax: '0', gross });
const aside = (contractNumber: string, reason: string, usagePeriod = '2026-10') => ({
  contractNumber,
  serviceProvider: 'Bluewater',
  usagePeriod,
  code: 'SKU_NOT_PRICED',
  reason,
});

test("a month's statement adds up by currency, and forgets what a later run has billed of what was set aside", () => {
  const statement = statementOfPeriod('2026-10', [
    sampleStatement({
      entries: [entry('INV-1', 'USD', '10.00'), entry('INV-2', 'JPY', '300')],
      setAside: [aside('3', 'first'), aside('4', 'first'), aside('5', 'other', '2026-09')],
    }),
    sampleStatement({
      entries: [
        entry('CRN-1', 'USD', '-4.50'),
        entry('INV-3', 'USD', '1.00', '3'),
        entry('X', 'USD', '1', '1', '2026-11'),
      ],
      setAside: [aside('4', 'again')],
    }),
  ]);
  expect(statement.entries.map(({ number }) => number)).toEqual(['INV-1', 'INV-2', 'CRN-1', 'INV-3']);
  expect(statement.totals.map(({ currency, documents, gross }) => [currency, documents, gross])).toEqual([
    ['JPY', '1', '300'],
    ['USD', '3', '6.50'],
  ]);
  expect(statement.setAside).toEqual([aside('4', 'again')]);
});
