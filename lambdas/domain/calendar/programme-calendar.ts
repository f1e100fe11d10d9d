import { addMonths, dateOf, dayOf, daysFromTo, type Period, type PlainDate, periodOf } from './period.ts';

/**
 * What an order is billed with that the cutoff moves on: the usage it holds, or the minimum alone, its usage held back as
 * arrears (domain.md §3 "At cutoff").
 */
export const CUTOFF_POLICIES = ['billAsReported', 'billMinimumCommit'] as const;
export type CutoffPolicy = (typeof CUTOFF_POLICIES)[number];

/** Days of the month after the usage period, all UTC (domain.md §3). The cutoff also has an hour. */
export type ProgrammeCalendar = {
  reminderDay: number;
  serviceProviderDueDay: number;
  aggregatorDueDay: number;
  cutoffDay: number;
  cutoffHour: number;
  cutoffPolicy: CutoffPolicy;
};

export const DEFAULT_CALENDAR: ProgrammeCalendar = {
  reminderDay: 4,
  serviceProviderDueDay: 5,
  aggregatorDueDay: 8,
  cutoffDay: 10,
  cutoffHour: 2,
  cutoffPolicy: 'billAsReported',
};

/** The date the period's scheduled close runs on, which is also its invoice date (domain.md §7). */
export function cutoffDate(of: Period, calendar: ProgrammeCalendar): PlainDate {
  return dayOf(addMonths(of, 1), calendar.cutoffDay);
}

/** The instant the billing close of a period starts. */
export function cutoffInstant(of: Period, calendar: ProgrammeCalendar): Date {
  const hour = String(calendar.cutoffHour).padStart(2, '0');
  return new Date(`${cutoffDate(of, calendar)}T${hour}:00:00Z`);
}

/** The day service providers that have not submitted are reminded. */
export function reminderDate(of: Period, calendar: ProgrammeCalendar): PlainDate {
  return dayOf(addMonths(of, 1), calendar.reminderDay);
}

/** The last day service providers report a period in time; from the day after, what is not reported is overdue. */
export function serviceProviderDueDate(of: Period, calendar: ProgrammeCalendar): PlainDate {
  return dayOf(addMonths(of, 1), calendar.serviceProviderDueDay);
}

/** The last day aggregators review a period in time. */
export function aggregatorDueDate(of: Period, calendar: ProgrammeCalendar): PlainDate {
  return dayOf(addMonths(of, 1), calendar.aggregatorDueDay);
}

/** Whole days since a period's cutoff; 0 before it. */
export function daysSinceCutoff(of: Period, calendar: ProgrammeCalendar, on: PlainDate): number {
  return Math.max(0, daysFromTo(cutoffDate(of, calendar), on) - 1);
}

/** The latest period whose cutoff is not after `now`. */
export function latestClosablePeriod(now: Date, calendar: ProgrammeCalendar): Period {
  const running = periodOf(dateOf(now));
  const previous = addMonths(running, -1);
  return cutoffInstant(previous, calendar) <= now ? previous : addMonths(running, -2);
}
