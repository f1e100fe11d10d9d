import * as fc from 'fast-check';
import { plainDate } from '../../../lambdas/domain/calendar/period.ts';
import { creditNoteFor } from '../../../lambdas/domain/invoice/credit-note.ts';
import type { Invoice } from '../../../lambdas/domain/invoice/invoice.ts';
import { compareNumbering, documentNumber, seriesOf } from '../../../lambdas/domain/invoice/numbering.ts';
import { taxOn } from '../../../lambdas/domain/invoice/tax.ts';
import { type MinorUnits, percent, sum } from '../../../lambdas/domain/numbers/amounts.ts';
import { anyInvoice } from '../support/any-invoice.ts';

test('an invoice and its credit note add up to zero, line by line and in every sum', () => {
  fc.assert(
    fc.property(anyInvoice(), (invoice) => {
      const note = creditNoteFor(invoice);
      expect(note.lines).toHaveLength(invoice.lines.length);
      invoice.lines.forEach((line, index) => {
        const credited = note.lines[index] as typeof line;
        expect(line.amount + credited.amount).toBe(0n);
        expect(line.points + credited.points).toBe(0n);
        expect((line.quantity ?? 0n) + (credited.quantity ?? 0n)).toBe(0n);
        expect(credited).toMatchObject({ description: line.description, unitPrice: line.unitPrice });
      });
      expect(note.taxes.map((tax) => [tax.rate, -tax.base, -tax.amount])).toEqual(
        invoice.taxes.map((tax) => [tax.rate, tax.base, tax.amount]),
      );
      expect([note.net + invoice.net, note.gross + invoice.gross]).toEqual([0n, 0n]);
      expect(sum(note.lines.map((line) => line.amount))).toBe(note.net);
    }),
  );
});

test('a credit note names its invoice, has no number yet, and goes to the same parties', () => {
  const [invoice] = fc.sample(anyInvoice(), { numRuns: 1, seed: 1 }) as [Invoice];
  const note = creditNoteFor(invoice);
  expect(note).toMatchObject({ kind: 'CREDIT_NOTE', corrects: 'INV-2026-000001' });
  expect(note).not.toHaveProperty('number');
  expect(note).not.toHaveProperty('invoiceDate');
  expect(note).not.toHaveProperty('dueDate');
  expect([note.billTo, note.aggregator, note.source]).toEqual([invoice.billTo, invoice.aggregator, invoice.source]);
});

test('tax is on the net sum, and no entry is printed at a rate of zero', () => {
  expect(taxOn(1000n as MinorUnits, percent('0'))).toEqual({ taxes: [], gross: 1000n });
  expect(taxOn(1000n as MinorUnits, percent('7.5'))).toMatchObject({ taxes: [{ amount: 75n }], gross: 1075n });
});

test('numbers are sequential in a series of the kind of paper and the year of the invoice date', () => {
  const date = plainDate('2027-01-10');
  expect(seriesOf('ORDER', date)).toBe('INV-2027');
  expect(seriesOf('PREPAYMENT', date)).toBe('INV-2027');
  expect(seriesOf('CREDIT_NOTE', date)).toBe('CRN-2027');
  expect(documentNumber('INV-2026', 1)).toBe('INV-2026-000001');
  expect(documentNumber('CRN-2026', 1_000_000)).toBe('CRN-2026-1000000');
});

test('numbering goes by aggregator, contract, usage period and revision', () => {
  const key = (aggregatorNumber: string, contractNumber: string, usagePeriod: string, revision: number) => ({
    aggregatorNumber,
    contractNumber,
    usagePeriod,
    revision,
  });
  const inOrder = [
    key('A', 'Z', '2026-12', 9),
    key('B', 'A', '2026-12', 9),
    key('B', 'B', '2026-09', 9),
    key('B', 'B', '2026-10', 2),
    key('B', 'B', '2026-10', 10),
  ];
  expect([...inOrder].reverse().sort(compareNumbering)).toEqual(inOrder);
});
