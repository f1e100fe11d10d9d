import { endOfTerm } from '../../../local/simulation/lives/days.ts';
import { type Fraction, fraction, short, written, ZERO } from '../../../local/simulation/lives/fractions.ts';
import { billOf, type MonthTerms } from '../../../local/simulation/lives/month-bill.ts';
import type { Usage } from '../../../local/simulation/lives/story.ts';
import { agreed, priceOf, type Terms, termsOfMonth } from '../../../local/simulation/lives/terms.ts';

const PAY_GO = { code: 'PAY-GO-1800', family: 'RENTAL', contractType: 'PAY-GO', minimum: '1800', term: 12 } as const;
const CUSTOM = { ...PAY_GO, code: 'CUSTOM', contractType: 'CUSTOM', minimum: '0' } as const;
const IN_DOLLARS = { currency: 'USD', minimum: fraction('1800'), price: fraction('0.88') } as const;

/** Lines of so many points each, in canonical order. */
const lines = (...quantities: string[]): Usage[] =>
  quantities.map((quantity, n) => ({
    id: `line-${n}`,
    site: 'Site',
    product: 'PRODUCT',
    customer: '',
    quantity,
    pointsPerUnit: '1',
    inMinCommit: true,
  }));

const amounts = (usage: readonly Usage[], terms: MonthTerms) => billOf(usage, terms)?.lines.map(({ amount }) => amount);
const minimum = (terms: Terms, month: string, end: string) => short(termsOfMonth([terms], month, end).minimum);

test('the worked examples of a month of PAY-GO come out to the last digit (domain.md §10, 1 to 3 and 11)', () => {
  const [first, second] = lines('10', '400') as [Usage, Usage];
  const used = [
    { ...first, pointsPerUnit: '3' },
    { ...second, pointsPerUnit: '4.5' },
  ];
  expect(amounts(used, IN_DOLLARS)).toEqual(['26.40', '1584.00']);
  expect(billOf([], IN_DOLLARS)).toMatchObject({ lines: [{ kind: 'UNDERAGE', points: '1800', amount: '1584.00' }] });
  const [outside, inside] = lines('250', '1000') as [Usage, Usage];
  expect(amounts([{ ...outside, inMinCommit: false }, inside], IN_DOLLARS)).toEqual(['220.00', '880.00', '704.00']);
  const three = lines('137.114360', '74.072020', '84.028672');
  expect(amounts(three, { currency: 'USD', minimum: fraction('360'), price: fraction('0.95') })).toEqual([
    '130.26',
    '70.37',
    '79.83',
    '61.54',
  ]);
});

test('the worked examples of parts of a month and of a price come out (4 and 5)', () => {
  const from = (day: string) => agreed(PAY_GO, day, '2023-12-31');
  expect(minimum(from('2022-03-21'), '2022-03', '2023-12-31')).toBe('638.71');
  expect(minimum(from('2022-01-01'), '2022-10', '2022-10-20')).toBe('1161.29');
  const price = (list: string, discount: string) =>
    written(priceOf([{ from: '2020-01', prices: { CUSTOM: { list } } }], CUSTOM, '2022-01', discount).price, 6);
  expect([price('1', '20'), price('1.234567', '12.5')]).toEqual(['0.800000', '1.080246']);
});

test('the worked example of a prepayment comes out, month by month (6)', () => {
  let balance: Fraction = fraction('120');
  const months = ['4', '25', '0', '80', '0', '3'].map((reported) => {
    const usage = reported === '0' ? [] : lines(reported);
    const bill = billOf(usage, { currency: 'USD', minimum: fraction('10'), price: fraction('1'), balance });
    balance = bill?.drawing?.after ?? ZERO;
    return [short(bill?.drawing?.drawn ?? ZERO), short(balance), written(bill?.net ?? ZERO, 2)];
  });
  expect(months).toEqual([
    ['10', '110', '0.00'],
    ['25', '85', '0.00'],
    ['10', '75', '0.00'],
    ['75', '0', '5.00'],
    ['0', '0', '0.00'],
    ['0', '0', '3.00'],
  ]);
});

test('the worked examples of rounding come out (9 and 13)', () => {
  const inYen = { currency: 'JPY', minimum: ZERO } as const;
  expect(amounts(lines('3', '5', '7'), { ...inYen, price: fraction('0.5') })).toEqual(['2', '3', '3']);
  expect(amounts(lines('4', '5', '6'), { ...inYen, price: fraction('0.3') })).toEqual(['1', '1', '2']);
  const covered = { currency: 'USD', minimum: ZERO, price: fraction('0.845'), balance: fraction('2') } as const;
  expect(amounts(lines('3'), covered)).toEqual(['2.54', '-1.70']);
  const coveredYen = { currency: 'JPY', minimum: ZERO, price: fraction('0.5'), balance: fraction('3') } as const;
  expect(amounts(lines('3'), coveredYen)).toEqual(['2', '-2']);
});

test('terms end on the day before the same day of a month, or before its last (domain.md §3)', () => {
  expect(endOfTerm('2022-03-21', 12)).toBe('2023-03-20');
  expect(endOfTerm('2024-02-29', 12)).toBe('2025-02-27');
  expect(endOfTerm('2023-01-31', 13)).toBe('2024-02-28');
});
