import * as fc from 'fast-check';
import {
  addDays,
  addMonths,
  type Period,
  type PlainDate,
  period,
  plainDate,
} from '../../../lambdas/domain/calendar/period.ts';
import { anniversaryFrom, periodAt, periodWindow } from '../../../lambdas/domain/contract/billing-period.ts';
import { minimumCommitOf } from '../../../lambdas/domain/contract/minimum-commit.ts';
import { hasBillingOrder } from '../../../lambdas/domain/contract/order-months.ts';
import { lastDayOfTerm, scheduleLength } from '../../../lambdas/domain/contract/schedule.ts';
import { revisionFor } from '../../../lambdas/domain/contract/terms-in-force.ts';
import { formatPoints, type Points, points } from '../../../lambdas/domain/numbers/amounts.ts';
import { revisionOf } from '../support/builders.ts';

const windows = (anniversary: string, from: string, count: number) =>
  Array.from({ length: count }, (_, index) => {
    const of = addMonths(period(from), index);
    const { first, last } = periodWindow(plainDate(anniversary), of);
    return `${of}: ${first} – ${last}`;
  });

test('an anniversary on the 15th: a period bears the month of its last day, the days before are a stub period', () => {
  expect(windows('2026-09-15', '2026-08', 4)).toEqual([
    '2026-08: 2026-08-01 – 2026-08-31',
    '2026-09: 2026-09-01 – 2026-09-14',
    '2026-10: 2026-09-15 – 2026-10-14',
    '2026-11: 2026-10-15 – 2026-11-14',
  ]);
});

test.each([
  ['2027-03-21', '2027-04-05', '2027-04-21'],
  ['2027-03-21', '2027-03-10', '2027-03-21'],
  ['2027-03-21', '2027-05-21', '2027-05-21'],
  ['2027-03-21', '2027-12-22', '2028-01-21'],
  ['2028-01-31', '2028-02-05', '2028-03-31'],
  ['2028-02-29', '2029-02-05', '2029-03-29'],
])('the anniversary %s is met from %s on on %s, in a month that has the day', (anniversary, from, met) => {
  expect(anniversaryFrom(plainDate(anniversary), plainDate(from))).toBe(met);
});

test('Worked example 17: an anniversary on the 31st follows the last days of months, leap years too', () => {
  expect(windows('2027-01-31', '2027-01', 5)).toEqual([
    '2027-01: 2027-01-01 – 2027-01-30',
    '2027-02: 2027-01-31 – 2027-02-27',
    '2027-03: 2027-02-28 – 2027-03-30',
    '2027-04: 2027-03-31 – 2027-04-29',
    '2027-05: 2027-04-30 – 2027-05-30',
  ]);
  expect(windows('2028-01-31', '2028-02', 2)).toEqual([
    '2028-02: 2028-01-31 – 2028-02-28',
    '2028-03: 2028-02-29 – 2028-03-30',
  ]);
});

const anyDay = fc.integer({ min: 0, max: 3_000 }).map((days) => addDays(plainDate('2022-01-01'), days));

test('periods follow each other: no day twice, none left out, each bears the month of its last day', () => {
  fc.assert(
    fc.property(anyDay, anyDay, (anniversary, date) => {
      const of = periodAt(anniversary, date);
      const { first, last } = periodWindow(anniversary, of);
      expect(first <= date && date <= last).toBe(true);
      expect(last.slice(0, 7)).toBe(of);
      expect(periodWindow(anniversary, addMonths(of, 1)).first).toBe(addDays(last, 1));
    }),
  );
});

const contractOf = (bolDate: string, termMonths: number, anniversary: string) => ({
  status: 'ACTIVE' as const,
  bolDate: plainDate(bolDate),
  eolDate: lastDayOfTerm(plainDate(bolDate), termMonths),
  graceTermMonths: 0,
  anniversary: plainDate(anniversary),
});

const entries = (first: string, each: string, last: string) => [first, ...Array(11).fill(each), last] as string[];

test('Worked example 16: the entry of a month without a period is added to the next', () => {
  const contract = contractOf('2022-03-21', 12, '2022-03-21');
  const revision = revisionOf('2022-03-21', '2023-03-20', { minCommits: entries('3', '10', '7') });
  const { eolDate, anniversary } = contract;
  const minimum = (of: string) => formatPoints(minimumCommitOf([revision], period(of), eolDate, { anniversary }));
  expect(hasBillingOrder(contract, period('2022-03'))).toBe(false);
  expect(hasBillingOrder(contract, period('2022-04'))).toBe(true);
  expect(minimum('2022-04')).toBe('13');
  expect(minimum('2022-05')).toBe('10');
  expect(minimum('2023-03')).toBe('7');
  expect(hasBillingOrder(contract, period('2023-04'))).toBe(false);
  expect(sumOver(contract, [revision])).toBe(points('120'));
});

type Life = ReturnType<typeof contractOf>;

function sumOver(contract: Life, revisions: Parameters<typeof minimumCommitOf>[0]): Points {
  let sum = 0n;
  const { eolDate, anniversary } = contract;
  for (let of: Period = period('2021-12'); of < '2027-01'; of = addMonths(of, 1)) {
    if (!hasBillingOrder(contract, of)) continue;
    sum += minimumCommitOf(revisions, of, eolDate, { anniversary, decimals: 14 });
  }
  return sum as Points;
}

test('a first subscription in mid-month leaves nothing of a schedule out: the stub is pro-rated, the rest comes next', () => {
  const contract = contractOf('2022-03-01', 12, '2022-05-21');
  const revision = revisionOf('2022-03-01', '2023-02-28', { minCommits: Array(12).fill('31') });
  const { eolDate, anniversary } = contract;
  const minimum = (of: string) => formatPoints(minimumCommitOf([revision], period(of), eolDate, { anniversary }));
  expect(['2022-04', '2022-05', '2022-06', '2022-07'].map(minimum)).toEqual(['31', '20', '42', '31']);
});

test('a PAY-GO minimum is pro-rated by the days of a stub, and of a period that the end cuts', () => {
  const contract = { ...contractOf('2022-03-01', 12, '2022-05-16'), eolDate: plainDate('2022-06-30') };
  const revision = revisionOf('2022-03-01', undefined, { minimum: '3100' });
  const { eolDate, anniversary } = contract;
  const minimum = (of: string) => formatPoints(minimumCommitOf([revision], period(of), eolDate, { anniversary }));
  // 15 of May's 31 days; a whole period; 16 June to 15 July has 30 days, of which 15 are active.
  expect(['2022-05', '2022-06', '2022-07'].map(minimum)).toEqual(['1500', '3100', '1550']);
  expect(hasBillingOrder(contract, period('2022-07'))).toBe(true);
});

test('a change on the 1st of a month acts on the whole period that bears the month', () => {
  const anniversary: PlainDate = plainDate('2022-03-21');
  const before = revisionOf('2022-03-21', '2023-03-20', { minCommits: entries('3', '10', '7') });
  const after = revisionOf('2022-06-01', '2023-03-20', { revision: 2, minCommits: Array(10).fill('20') });
  const minimum = (of: string) =>
    formatPoints(minimumCommitOf([before, after], period(of), undefined, { anniversary }));
  expect(['2022-05', '2022-06', '2022-07'].map(minimum)).toEqual(['10', '20', '20']);
  const inForce = (of: string) => revisionFor([before, after], period(of), undefined, anniversary)?.revision;
  expect(['2022-05', '2022-06'].map(inForce)).toEqual([1, 2]);
});

test('whatever the anniversary, the periods of a term add up to its schedule', () => {
  fc.assert(
    fc.property(
      anyDay,
      fc.nat(300),
      fc.array(fc.nat(1_000), { minLength: 25, maxLength: 25 }),
      (bol, later, amounts) => {
        const bolDate = addDays(plainDate('2022-01-01'), Number(bol.slice(8)) + 40);
        const contract = contractOf(bolDate, 24, addDays(bolDate, later));
        const length = scheduleLength(bolDate, 24);
        const minCommits = amounts.slice(0, length).map(String);
        const revision = revisionOf(bolDate, contract.eolDate, { minCommits });
        const agreed = amounts.slice(0, length).reduce((sum, each) => sum + each, 0);
        // Two parts of a month's entry are pro-rated, each rounded in its last digit.
        const off = sumOver(contract, [revision]) - points(String(agreed));
        expect(off >= -2n && off <= 2n).toBe(true);
      },
    ),
  );
});
