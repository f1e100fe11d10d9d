import fc from 'fast-check';
import { type Period, period, plainDate } from '../../../lambdas/domain/calendar/period.ts';
import type { FiscalQuarter } from '../../../lambdas/domain/deal/fiscal-quarter.ts';
import { type MinorUnits, percent } from '../../../lambdas/domain/numbers/amounts.ts';
import { rebateEntryOf, rebateMonths, rebateOf } from '../../../lambdas/domain/rebate/rebate.ts';
import { checkRebateEntries, isFixed } from '../../../lambdas/domain/rebate/rebate-sheet.ts';

const QUARTER = 'Q4FY2026' as FiscalQuarter;
const PRODUCTS = [{ code: 'VSAN', name: 'Virtual SAN' }];
const entry = {
  productSKU: 'VSAN',
  productDisplayName: 'Virtual SAN',
  geo: 'AMER',
  startDate: plainDate('2026-10-01'),
  endDate: plainDate('2026-12-31'),
  rate: percent('10'),
};
const won = {
  status: 'CLOSED_WON',
  closeDate: plainDate('2026-12-04'),
  creationDate: plainDate('2026-11-10'),
  productSKU: 'VSAN',
  geo: 'AMER',
} as const;

const MONTHS = [period('2026-11'), period('2026-12')];
const line = (amount: number, over: { productCode?: string; usagePeriod?: Period } = {}) => ({
  productCode: 'VSAN',
  usagePeriod: period('2026-11'),
  amount: BigInt(amount) as MinorUnits,
  ...over,
});

test('10 % of 60.05 and 45.00 are 10.50: rounded once, half-even', () => {
  expect(rebateOf(won, entry, MONTHS, [line(6005), line(4500)])).toEqual({
    billed: 10_505n,
    rate: percent('10'),
    amount: 1_050n,
  });
});

test('usage earns by the month it was used in, whatever invoice it stands on; other products earn nothing', () => {
  const lines = [line(100), line(100, { productCode: 'CORE' }), line(7, { usagePeriod: period('2026-12') })];
  expect(rebateOf(won, entry, MONTHS, [...lines, line(100, { usagePeriod: period('2026-10') })]).billed).toBe(107n);
});

test('a rebate is never off by more than half a minor unit from the exact share', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1e9 })), fc.integer({ min: 0, max: 1_000_000 }), (amounts, rate) => {
      const lines = amounts.map((amount) => line(amount));
      const share = { rate: BigInt(rate) as typeof entry.rate };
      const { billed, amount } = rebateOf(won, share, MONTHS, lines);
      const off = 2n * (amount * 1_000_000n - billed * BigInt(rate));
      expect(off <= 1_000_000n && off >= -1_000_000n).toBe(true);
    }),
  );
});

test('a deal earns in the quarter it was won in, by the entry of its product and region', () => {
  const sheet = { quarter: QUARTER, entries: [entry] };
  expect(rebateEntryOf(won, sheet)).toBe(entry);
  expect(rebateEntryOf({ ...won, closeDate: plainDate('2027-01-01') }, sheet)).toBeUndefined();
  expect(rebateEntryOf({ ...won, status: 'CLOSED_LOST' }, sheet)).toBeUndefined();
  expect(rebateEntryOf({ ...won, geo: 'EMEA' }, sheet)).toBeUndefined();
  expect(rebateEntryOf({ ...won, productSKU: 'CORE' }, sheet)).toBeUndefined();
});

test('months count from the deal on, and while the entry holds', () => {
  expect(rebateMonths(won, QUARTER, entry)).toEqual(['2026-11', '2026-12']);
  expect(rebateMonths(won, QUARTER, { ...entry, endDate: plainDate('2026-11-30') })).toEqual(['2026-11']);
  const early = { creationDate: plainDate('2026-08-01') };
  expect(rebateMonths(early, QUARTER, { ...entry, startDate: plainDate('2026-10-15') })).toEqual([
    '2026-10',
    '2026-11',
    '2026-12',
  ]);
});

test('an entry holds for the whole quarter unless told', () => {
  const asked = { productSKU: 'VSAN', geo: 'AMER', rate: '10' };
  expect(checkRebateEntries(QUARTER, [asked], PRODUCTS)).toEqual({ ok: true, value: [entry] });
});

test.each([
  ['entries[0].productSKU', [{ productSKU: 'OTHER' }]],
  ['entries[1].productSKU', [{}, {}]],
  ['entries[0].startDate', [{ startDate: plainDate('2026-09-30') }]],
  ['entries[0].endDate', [{ endDate: plainDate('2027-01-01') }]],
  ['entries[0].endDate', [{ startDate: plainDate('2026-11-02'), endDate: plainDate('2026-11-01') }]],
  ['entries[0].rate', [{ rate: '100.0001' }]],
  ['entries[0].rate', [{ rate: '-1' }]],
])('refuses entries with a wrong %s', (field, over) => {
  const asked = over.map((each) => ({ productSKU: 'VSAN', geo: 'AMER', rate: '10', ...each }));
  expect(checkRebateEntries(QUARTER, asked, PRODUCTS)).toMatchObject({ ok: false, errors: [{ field }] });
});

test('a sheet stays as it is once its quarter is over', () => {
  expect(isFixed(QUARTER, plainDate('2026-12-31'))).toBe(false);
  expect(isFixed(QUARTER, plainDate('2027-01-01'))).toBe(true);
});
