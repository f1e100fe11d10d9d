import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import {
  addDays,
  addMonths,
  addMonthsToDate,
  dateOf,
  dayOf,
  daysFromTo,
  daysIn,
  firstDay,
  isDate,
  isPeriod,
  lastDay,
  monthsBetween,
  type PlainDate,
  period,
  periodOf,
  plainDate,
} from '../../../lambdas/domain/calendar/period.ts';
import {
  cutoffDate,
  cutoffInstant,
  DEFAULT_CALENDAR,
  latestClosablePeriod,
} from '../../../lambdas/domain/calendar/programme-calendar.ts';
import { anyPeriod } from '../support/arbitraries.ts';

const anyDate = fc.tuple(anyPeriod, fc.nat(30)).map(([of, day]): PlainDate => dayOf(of, Math.min(day + 1, daysIn(of))));

test('arithmetic on periods is that of the calendar', () => {
  fc.assert(
    fc.property(anyPeriod, fc.integer({ min: -400, max: 400 }), (of, months) => {
      const expected = Temporal.PlainYearMonth.from(of).add({ months });
      const later = addMonths(of, months);
      expect(later).toBe(expected.toString());
      expect(monthsBetween(of, later)).toBe(months);
      expect(daysIn(later)).toBe(expected.daysInMonth);
      expect(firstDay(later)).toBe(expected.toPlainDate({ day: 1 }).toString());
      expect(addDays(lastDay(later), 1)).toBe(firstDay(addMonths(later, 1)));
    }),
  );
});

test('arithmetic on dates is that of the calendar', () => {
  fc.assert(
    fc.property(anyDate, fc.integer({ min: -2000, max: 2000 }), fc.nat(60), (date, days, months) => {
      const from = Temporal.PlainDate.from(date);
      expect(addDays(date, days)).toBe(from.add({ days }).toString());
      expect(addMonthsToDate(date, months)).toBe(from.add({ months }).toString());
      expect(daysFromTo(date, addDays(date, days))).toBe(Math.max(0, days + 1));
      expect(firstDay(periodOf(date)) <= date && date <= lastDay(periodOf(date))).toBe(true);
      expect(isDate(date) && isPeriod(periodOf(date))).toBe(true);
    }),
  );
});

test('periods and dates sort as text', () => {
  fc.assert(
    fc.property(anyDate, anyDate, (a, b) => {
      expect(Math.sign(Temporal.PlainDate.compare(a, b))).toBe(a < b ? -1 : a > b ? 1 : 0);
    }),
  );
});

test('what is no period or no existing day is refused in a sentence', () => {
  for (const text of ['2026-13', '2026-00', '2026-1', '26-10', '2026-10-01', '']) expect(isPeriod(text)).toBe(false);
  for (const text of [
    '2026-02-29',
    '2026-04-31',
    '2026-1-1',
    '2026-10',
    '20261001',
    '2026-10-01T10:00',
    '2026-10-01T00:00:00Z',
    '2026-10-01[u-ca=hebrew]',
  ])
    expect(isDate(text)).toBe(false);
  expect(isDate('2028-02-29')).toBe(true);
  expect(() => period('2026-13')).toThrow('"2026-13" is no usage period: write it as YYYY-MM, e.g. 2026-10');
  expect(() => plainDate('2026-02-29')).toThrow('"2026-02-29" is no date: write an existing day as YYYY-MM-DD');
});

test('an instant belongs to its UTC date', () => {
  expect(dateOf(new Date('2026-10-31T23:59:59.999Z'))).toBe('2026-10-31');
});

test('the close of a period starts on the 10th of the next month at 02:00', () => {
  expect(cutoffDate(period('2026-12'), DEFAULT_CALENDAR)).toBe('2027-01-10');
  expect(cutoffInstant(period('2026-12'), DEFAULT_CALENDAR)).toEqual(new Date('2027-01-10T02:00:00Z'));
});

test('a period can be closed from its cutoff on and no earlier', () => {
  fc.assert(
    fc.property(anyPeriod, (of) => {
      const cutoff = cutoffInstant(of, DEFAULT_CALENDAR);
      expect(latestClosablePeriod(cutoff, DEFAULT_CALENDAR)).toBe(of);
      expect(latestClosablePeriod(new Date(cutoff.getTime() - 1), DEFAULT_CALENDAR)).toBe(addMonths(of, -1));
    }),
  );
});
