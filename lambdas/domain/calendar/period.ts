/**
 * Usage periods and dates. Both are written as text that sorts: a period is "YYYY-MM", a date "YYYY-MM-DD", all UTC
 * (domain.md §3). Arithmetic is on whole days and months only; no clock is read here.
 */
import * as dates from 'temporal-polyfill/fns/PlainDate';

declare const kind: unique symbol;
export type Period = string & { readonly [kind]: 'period' };
export type PlainDate = string & { readonly [kind]: 'date' };

const PERIOD = /^(?:19|20|21)\d\d-(?:0[1-9]|1[0-2])$/;

/** Whether `text` is a usage period, "YYYY-MM", of the years 1900 to 2199. */
export function isPeriod(text: string): text is Period {
  return PERIOD.test(text);
}

/** The period written in `text`; throws RangeError when it is none. */
export function period(text: string): Period {
  if (!isPeriod(text))
    throw new RangeError(`${JSON.stringify(text)} is no usage period: write it as YYYY-MM, e.g. 2026-10`);
  return text;
}

/** Whether `text` is an existing day, "YYYY-MM-DD". */
export function isDate(text: string): text is PlainDate {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  try {
    recordOf(text);
    return true;
  } catch {
    return false;
  }
}

/** The date written in `text`; throws RangeError when there is no such day. */
export function plainDate(text: string): PlainDate {
  if (!isDate(text)) throw new RangeError(`${JSON.stringify(text)} is no date: write an existing day as YYYY-MM-DD`);
  return text;
}

const monthsOf = (of: Period): number => Number(of.slice(0, 4)) * 12 + Number(of.slice(5, 7)) - 1;
const periodOfMonths = (months: number): Period =>
  `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}` as Period;

/** The period `months` later (negative: earlier). */
export function addMonths(to: Period, months: number): Period {
  return periodOfMonths(monthsOf(to) + months);
}

/** Whole months from one period to another; 0 for the same. */
export function monthsBetween(from: Period, to: Period): number {
  return monthsOf(to) - monthsOf(from);
}

/** The periods from one to another, both counted; none when `last` is before `first`. */
export function periodsFromTo(first: Period, last: Period): Period[] {
  return Array.from({ length: Math.max(0, monthsBetween(first, last) + 1) }, (_, index) => addMonths(first, index));
}

export function daysIn(of: Period): number {
  return dates.daysInMonth(recordOf(firstDay(of)));
}

export function firstDay(of: Period): PlainDate {
  return `${of}-01` as PlainDate;
}

export function lastDay(of: Period): PlainDate {
  return dayOf(of, daysIn(of));
}

/** The day-th day of a period; `day` must exist in it. */
export function dayOf(of: Period, day: number): PlainDate {
  return `${of}-${String(day).padStart(2, '0')}` as PlainDate;
}

/** The calendar month a date lies in. */
export function periodOf(date: PlainDate): Period {
  return date.slice(0, 7) as Period;
}

export function addDays(date: PlainDate, days: number): PlainDate {
  return dates.toString(dates.addDays(recordOf(date), days)) as PlainDate;
}

/** The same day of the month `months` later, the month's last day where it has no such day. */
export function addMonthsToDate(date: PlainDate, months: number): PlainDate {
  return dates.toString(dates.addMonths(recordOf(date), months)) as PlainDate;
}

/** Days from `first` to `last`, both counted; 0 when `last` is before `first`. */
export function daysFromTo(first: PlainDate, last: PlainDate): number {
  if (last < first) return 0;
  return dates.diffDays(recordOf(first), recordOf(last)) + 1;
}

/** The UTC date of an instant. */
export function dateOf(instant: Date): PlainDate {
  return instant.toISOString().slice(0, 10) as PlainDate;
}

/** The library's record of a day written as YYYY-MM-DD. @throws RangeError when there is no such day */
function recordOf(text: string): dates.Record {
  return dates.create(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8)));
}
