import fc from 'fast-check';
import {
  dueDate,
  isInTime,
  isOverdue,
  REMINDERS,
  remindersDue,
} from '../../../lambdas/domain/billing-order/deadlines.ts';
import { BILLING_ORDER_STATUSES } from '../../../lambdas/domain/billing-order/status.ts';
import { period, plainDate } from '../../../lambdas/domain/calendar/period.ts';
import {
  CUTOFF_POLICIES,
  cutoffInstant,
  DEFAULT_CALENDAR,
} from '../../../lambdas/domain/calendar/programme-calendar.ts';

const OCTOBER = period('2026-10');
test.each([
  ['2026-11-05', true],
  ['2026-11-06', false],
])('usage of October that is submitted on %s is in time: %s', (day, expected) => {
  expect(isInTime(OCTOBER, DEFAULT_CALENDAR, plainDate(day))).toBe(expected);
});

test('an order is due on the calendar’s day of the next month, with who has it in hand; an adjustment never', () => {
  const due = (revision: number) =>
    Object.fromEntries(
      BILLING_ORDER_STATUSES.flatMap((status) => {
        const date = dueDate({ status, usagePeriod: period('2026-12'), revision }, DEFAULT_CALENDAR);
        return date ? [[status, date]] : [];
      }),
    );
  expect(due(1)).toEqual({ PENDING_SP: '2027-01-05', PENDING_AGGREGATOR: '2027-01-08' });
  expect(due(2)).toEqual({});
});

test('an order is overdue from the day after it was due; what has no due date never is', () => {
  const overdue = (day: string, revision = 1) =>
    BILLING_ORDER_STATUSES.filter((status) =>
      isOverdue({ status, usagePeriod: OCTOBER, revision }, DEFAULT_CALENDAR, plainDate(day)),
    );
  expect(overdue('2026-11-05')).toEqual([]);
  expect(overdue('2026-11-06')).toEqual(['PENDING_SP']);
  expect(overdue('2026-11-09')).toEqual(['PENDING_SP', 'PENDING_AGGREGATOR']);
  expect(overdue('2026-12-09', 2)).toEqual([]);
});

test.each([
  ['2026-11-03T23:59:59Z', []],
  ['2026-11-04T00:00:00Z', ['USAGE_REMINDER']],
  ['2026-11-05T00:00:00Z', ['USAGE_DUE']],
  ['2026-11-06T00:00:00Z', ['USAGE_OVERDUE', 'REPORTS_OVERDUE']],
  ['2026-11-08T00:00:00Z', ['USAGE_OVERDUE', 'REPORTS_OVERDUE', 'REVIEW_DUE']],
  ['2026-11-10T01:59:59Z', ['USAGE_OVERDUE', 'REPORTS_OVERDUE', 'REVIEW_DUE']],
  ['2026-11-10T02:00:00Z', []],
])('at %s the mails %j of October may go out', (time, expected) => {
  expect(remindersDue(OCTOBER, DEFAULT_CALENDAR, new Date(time))).toEqual(expected);
});

test('whatever the calendar, nothing goes out before the period is over or from its cutoff on', () => {
  const day = fc.integer({ min: 1, max: 28 });
  const calendar = fc.record({
    reminderDay: day,
    serviceProviderDueDay: day,
    aggregatorDueDay: day,
    cutoffDay: day,
    cutoffHour: fc.integer({ min: 0, max: 23 }),
    cutoffPolicy: fc.constantFrom(...CUTOFF_POLICIES),
  });
  const hours = fc.integer({ min: 0, max: 24 * 70 });
  fc.assert(
    fc.property(calendar, hours, (of, hour) => {
      const now = new Date(Date.parse('2026-10-01T00:00:00Z') + hour * 3_600_000);
      const due = remindersDue(OCTOBER, of, now);
      for (const reminder of due) expect(Object.keys(REMINDERS)).toContain(reminder);
      if (now < new Date('2026-11-01') || now >= cutoffInstant(OCTOBER, of)) expect(due).toEqual([]);
    }),
  );
});
