import fc from 'fast-check';
import { addDays, plainDate } from '../../../lambdas/domain/calendar/period.ts';
import type { MinorUnits } from '../../../lambdas/domain/numbers/amounts.ts';
import { AGES, type Age, ageing, ageOf, daysOverdue } from '../../../lambdas/domain/receivables/ageing.ts';
import { type LedgerEntry, openItems } from '../../../lambdas/domain/receivables/open-items.ts';
import { creditLeft, openAmount } from '../../../lambdas/domain/receivables/payment.ts';

const money = (amount: number | bigint) => BigInt(amount) as MinorUnits;
const on = plainDate('2027-01-15');

const entry = (number: string, amount: number | bigint, more: Partial<LedgerEntry> = {}): LedgerEntry => ({
  ...{ number, kind: 'ORDER', currency: 'USD', amount: money(amount) },
  ...{ date: plainDate('2026-11-10'), dueDate: plainDate('2026-12-10') },
  ...more,
});
const payment = (number: string, amount: number | bigint): LedgerEntry => {
  const { dueDate: _due, ...rest } = entry(number, amount, { kind: amount < 0 ? 'PAYMENT' : 'PAYMENT_REVERSAL' });
  return rest;
};

test('the worked example of the README', () => {
  const paid = [entry('INV-1', 161_040), payment('INV-1', -100_000)];
  const [item] = openItems(paid);
  expect(item).toMatchObject({ number: 'INV-1', invoiced: 161_040n, paid: 100_000n, credited: 0n, open: 61_040n });
  expect([ageOf(item as never, on), daysOverdue(item as never, on)]).toEqual(['DAYS_31_60', 36]);
  const corrected = [
    ...paid,
    entry('CRN-1', -161_040, { kind: 'CREDIT_NOTE', corrects: 'INV-1' }),
    entry('INV-2', 158_400, { dueDate: plainDate('2027-02-10') }),
  ];
  expect(openItems(corrected).map(({ number, open }) => [number, open])).toEqual([
    ['INV-1', -100_000n],
    ['INV-2', 158_400n],
  ]);
  expect(ageing(openItems(corrected), on)).toMatchObject([
    { currency: 'USD', ages: { CREDIT: -100_000n, NOT_DUE: 158_400n }, balance: 58_400n },
  ]);
});

test.each<[number, Age]>([
  [-1, 'NOT_DUE'],
  [0, 'NOT_DUE'],
  [1, 'DAYS_1_30'],
  [30, 'DAYS_1_30'],
  [31, 'DAYS_31_60'],
  [60, 'DAYS_31_60'],
  [61, 'DAYS_61_90'],
  [90, 'DAYS_61_90'],
  [91, 'OVER_90_DAYS'],
])('%i days after it was due an item is %s', (days, age) => {
  const item = { dueDate: addDays(on, -days), open: money(1) };
  expect(ageOf(item, on)).toBe(age);
  expect(daysOverdue(item, on)).toBe(Math.max(0, days));
  expect(ageOf({ ...item, open: money(-1) }, on)).toBe('CREDIT');
});

test('what can be paid of a document, or is left of it as a credit, is never both', () => {
  const of = (due: number, paid = 0) => ({ due: money(due), paid: money(paid) });
  const both = (each: ReturnType<typeof of>) => [openAmount(each), creditLeft(each)];
  expect(both(of(100, 40))).toEqual([60n, 0n]);
  expect(both(of(100, 100))).toEqual([0n, 0n]);
  // Taken back, it comes to nothing: what was paid is a credit; used, and the payment returned, it is owed.
  expect(both(of(0, 100))).toEqual([0n, 100n]);
  expect(both(of(0, -100))).toEqual([100n, 0n]);
  expect(both(of(-100, -30))).toEqual([0n, 70n]);
});

/** What happens to an account: invoices, credits, payments that are never over what is open, reversals. */
const happening = fc.record({
  what: fc.constantFrom('invoice', 'invoice', 'credit', 'takeBack', 'pay', 'pay', 'reverse'),
  which: fc.nat(),
  amount: fc.bigInt({ min: 1n, max: 10n ** 9n }),
  currency: fc.constantFrom('USD', 'JPY'),
  due: fc.integer({ min: -120, max: 60 }),
});
type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never;

function ledgerOf(happenings: readonly Happening[]): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  const documents: { entry: LedgerEntry; paid: bigint; isTakenBack: boolean }[] = [];
  const payments: { number: string; currency: string; amount: bigint; isReversed: boolean }[] = [];
  happenings.forEach(({ what, which, amount, currency, due }, at) => {
    const document = documents[which % Math.max(1, documents.length)];
    if (what === 'invoice' || what === 'credit') {
      const more = { currency, dueDate: addDays(on, due), ...(what === 'credit' && { kind: 'CREDIT_NOTE' as const }) };
      const made = entry(`D-${at}`, what === 'credit' ? -amount : amount, more);
      documents.push({ entry: made, paid: 0n, isTakenBack: false });
      entries.push(made);
    } else if (what === 'takeBack' && document && !document.isTakenBack) {
      document.isTakenBack = true;
      const { number, currency: of } = document.entry;
      entries.push(entry(`T-${at}`, -document.entry.amount, { kind: 'CREDIT_NOTE', corrects: number, currency: of }));
    } else if (what === 'pay' && document) {
      const due = document.isTakenBack ? money(0) : document.entry.amount;
      const open = openAmount({ due, paid: money(document.paid) });
      const paid = amount > open ? open : amount;
      if (paid === 0n) return;
      document.paid += paid;
      const { number, currency: of } = document.entry;
      payments.push({ number, currency: of, amount: paid, isReversed: false });
      entries.push({ ...payment(number, -paid), currency: of });
    } else if (what === 'reverse') {
      const booked = payments.filter(({ isReversed }) => !isReversed);
      const reversed = booked[which % Math.max(1, booked.length)];
      if (!reversed) return;
      reversed.isReversed = true;
      const of = documents.find(({ entry: { number } }) => number === reversed.number);
      if (of) of.paid -= reversed.amount;
      entries.push({ ...payment(reversed.number, reversed.amount), currency: reversed.currency });
    }
  });
  return entries;
}

test('the ledger is invoices less credit notes less payments, by item and by age, in whatever order it is read', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 40 }), fc.nat(), (happenings, turn) => {
      const entries = ledgerOf(happenings);
      const turned = [
        ...entries.slice(turn % (entries.length || 1)),
        ...entries.slice(0, turn % (entries.length || 1)),
      ];
      const items = openItems(turned);
      const byNumber = (a: { number: string }, b: { number: string }) => (a.number < b.number ? -1 : 1);
      expect(items.toSorted(byNumber)).toEqual(openItems(entries).toSorted(byNumber));
      for (const item of items) {
        expect(item.open).toBe(item.invoiced + item.credited - item.paid);
        expect(item.paid >= 0n).toBe(true);
        // Only what was taken back, or credits by itself, leaves a credit.
        if (item.open < 0n) expect(item.credited < 0n || item.invoiced < 0n).toBe(true);
      }
      for (const { currency, ages, balance } of ageing(items, on)) {
        const ledger = entries.filter((each) => each.currency === currency);
        expect(balance).toBe(ledger.reduce((sum, { amount }) => sum + amount, 0n));
        expect(AGES.reduce((sum, age) => sum + ages[age], 0n)).toBe(balance);
      }
    }),
    { numRuns: 200 },
  );
});
