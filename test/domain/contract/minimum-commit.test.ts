import * as fc from 'fast-check';
import {
  addDays,
  addMonths,
  dayOf,
  daysIn,
  firstDay,
  period,
  plainDate,
} from '../../../lambdas/domain/calendar/period.ts';
import { minimumCommitOf } from '../../../lambdas/domain/contract/minimum-commit.ts';
import { formatPoints, points, sum } from '../../../lambdas/domain/numbers/amounts.ts';
import { anyPeriod } from '../support/arbitraries.ts';
import { revisionOf } from '../support/builders.ts';

const MARCH = period('2022-03');
const minimum = (...[revisions, of, end]: Parameters<typeof minimumCommitOf>) =>
  formatPoints(minimumCommitOf(revisions, of, end));

test('Worked example 4: the minimum of a partial month is pro-rated by its active days', () => {
  expect(minimum([revisionOf('2022-03-21', undefined)], MARCH)).toBe('638.71');
  const ending = [revisionOf('2022-03-21', undefined)];
  expect(minimum(ending, period('2022-10'), plainDate('2022-10-20'))).toBe('1161.29');
});

test('months before the first and after the last day have no minimum; grace days have none', () => {
  const revisions = [revisionOf('2022-03-21', '2022-10-20')];
  expect(minimum(revisions, period('2022-02'))).toBe('0');
  expect(minimum(revisions, period('2022-10'))).toBe('1161.29');
  expect(minimum(revisions, period('2022-11'))).toBe('0');
});

test('CUSTOM has the month’s entry as agreed, in the partial first and last month too', () => {
  const entries = ['3', ...Array(11).fill('10'), '7'];
  const revisions = [revisionOf('2022-03-21', '2023-03-20', { minCommits: entries })];
  const months = Array.from({ length: 14 }, (_, month) => minimum(revisions, addMonths(MARCH, month)));
  expect(months).toEqual([...entries, '0']);
});

test('a month without an entry has no minimum', () => {
  expect(minimum([revisionOf('2022-03-01', '2022-05-31', { minCommits: ['5'] })], period('2022-04'))).toBe('0');
});

test('an entry with many decimals stands as agreed where nothing is pro-rated', () => {
  expect(minimum([revisionOf('2022-03-01', '2022-03-31', { minCommits: ['1.234567'] })], MARCH)).toBe('1.234567');
});

test('what is pro-rated has 2 decimals even where the exact part would have few more', () => {
  const half = [revisionOf('2022-04-01', '2022-04-30', { minCommits: ['0.25'] })];
  expect(minimum(half, period('2022-04'), plainDate('2022-04-15'))).toBe('0.12');
});

test('an early end pro-rates its month’s entry by the days left of those agreed; later entries lapse', () => {
  const revisions = [revisionOf('2022-03-21', '2023-03-20', { minCommits: ['11', '30', '31'] })];
  expect(minimum(revisions, MARCH, plainDate('2022-03-25'))).toBe('5');
  expect(minimum(revisions, period('2022-04'), plainDate('2022-04-10'))).toBe('10');
  expect(minimum(revisions, period('2022-05'), plainDate('2022-04-10'))).toBe('0');
});

test('a renewal in mid-month adds the old terms’ last part to the new terms’ first', () => {
  const old = revisionOf('2022-03-21', '2023-03-20', { minCommits: ['3', ...Array(11).fill('10'), '7'] });
  const renewed = revisionOf('2023-03-21', '2024-03-20', { revision: 2, minCommits: ['4', '12'] });
  expect(minimum([old, renewed], period('2023-03'))).toBe('11');
  expect(minimum([renewed, old], period('2023-04'))).toBe('12');
});

test('an upgrade from the first of a month takes over from the terms before it', () => {
  const small = revisionOf('2022-01-01', undefined);
  const large = revisionOf('2022-04-01', undefined, { revision: 2, minimum: '3600' });
  expect(minimum([small, large], MARCH)).toBe('1800');
  expect(minimum([large, small], period('2022-04'))).toBe('3600');
});

test('a contract renewed after a gap has no minimum for the days between', () => {
  const old = revisionOf('2021-04-01', '2022-03-10');
  const renewed = revisionOf('2022-03-21', undefined, { revision: 2 });
  expect(minimum([old, renewed], MARCH)).toBe('1219.35');
});

test('complementary parts of a month add up to the whole, taken together or one by one', () => {
  const anyMinimum = fc.integer({ min: 0, max: 100_000 });
  fc.assert(
    fc.property(anyPeriod, fc.nat(26), anyMinimum, (of, day, whole) => {
      const cut = dayOf(of, Math.min(day + 1, daysIn(of) - 1));
      const more = { minimum: String(whole) };
      const before = revisionOf(firstDay(of), cut, more);
      const after = revisionOf(addDays(cut, 1), undefined, { ...more, revision: 2 });
      const parts = [minimumCommitOf([before], of), minimumCommitOf([after], of)];
      expect(sum(parts)).toBe(points(String(whole)));
      expect(minimumCommitOf([before, after], of)).toBe(points(String(whole)));
    }),
  );
});
