import { addDays, dateOf, type Period, type PlainDate } from '../calendar/period.ts';
import {
  aggregatorDueDate,
  cutoffInstant,
  type ProgrammeCalendar,
  reminderDate,
  serviceProviderDueDate,
} from '../calendar/programme-calendar.ts';
import type { BillingOrder } from './billing-order.ts';
import type { BillingOrderStatus } from './status.ts';

/** Whether usage of a period is in on time when it is submitted on a day: the due date still counts (domain.md §3). */
export function isInTime(usagePeriod: Period, calendar: ProgrammeCalendar, on: PlainDate): boolean {
  return on <= serviceProviderDueDate(usagePeriod, calendar);
}

/**
 * The last day on which an order's next step is in time (domain.md §3): the service provider's while it is being reported,
 * the aggregator's while it is reviewed. An adjustment, and what waits for nobody, has none.
 */
export function dueDate(order: Dated, calendar: ProgrammeCalendar): PlainDate | undefined {
  if (order.revision > 1) return undefined;
  if (order.status === 'PENDING_SP') return serviceProviderDueDate(order.usagePeriod, calendar);
  if (order.status === 'PENDING_AGGREGATOR') return aggregatorDueDate(order.usagePeriod, calendar);
  return undefined;
}

type Dated = Pick<BillingOrder, 'status' | 'usagePeriod' | 'revision'>;

/** Whether the last day on which an order's next step is in time is over. */
export function isOverdue(order: Dated, calendar: ProgrammeCalendar, on: PlainDate): boolean {
  const due = dueDate(order, calendar);
  return due !== undefined && due < on;
}

/** Mails of the programme calendar: to whom, about orders of the period before in which status. */
export const REMINDERS = {
  USAGE_REMINDER: { to: 'serviceProviderId', about: 'PENDING_SP' },
  USAGE_DUE: { to: 'serviceProviderId', about: 'PENDING_SP' },
  USAGE_OVERDUE: { to: 'serviceProviderId', about: 'PENDING_SP' },
  REPORTS_OVERDUE: { to: 'aggregatorId', about: 'PENDING_SP' },
  REVIEW_DUE: { to: 'aggregatorId', about: 'PENDING_AGGREGATOR' },
} as const satisfies Record<string, { to: keyof BillingOrder; about: BillingOrderStatus }>;
export type Reminder = keyof typeof REMINDERS;

/** The day an order that is reminded of has to be done by. */
export function reminderDueDate(reminder: Reminder, of: Period, calendar: ProgrammeCalendar): PlainDate {
  return reminder === 'REVIEW_DUE' ? aggregatorDueDate(of, calendar) : serviceProviderDueDate(of, calendar);
}

/**
 * The mails of a period that may go out at a moment (domain.md §3): the reminder up to the due date, the due date's on its
 * day, and the others from their day to the cutoff. So after days on which nobody looked nobody is reminded of what is
 * already due, told that something is due today that was due yesterday, or alerted to what is already being billed.
 */
export function remindersDue(of: Period, calendar: ProgrammeCalendar, now: Date): readonly Reminder[] {
  const today = dateOf(now);
  if (now >= cutoffInstant(of, calendar)) return [];
  const due = serviceProviderDueDate(of, calendar);
  const reminders: Reminder[] = [];
  if (reminderDate(of, calendar) <= today && today < due) reminders.push('USAGE_REMINDER');
  if (today === due) reminders.push('USAGE_DUE');
  if (addDays(due, 1) <= today) reminders.push('USAGE_OVERDUE', 'REPORTS_OVERDUE');
  if (aggregatorDueDate(of, calendar) <= today) reminders.push('REVIEW_DUE');
  return reminders;
}
