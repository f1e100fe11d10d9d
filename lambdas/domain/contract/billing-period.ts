import {
  addDays,
  addMonths,
  dayOf,
  daysIn,
  firstDay,
  lastDay,
  type Period,
  type PlainDate,
  periodOf,
} from '../calendar/period.ts';

/** First and last day of a usage period of a contract, both counted. */
export type PeriodWindow = { first: PlainDate; last: PlainDate };

/**
 * The days a contract's usage period has: the calendar month, or from its anniversary on the month that begins on the day of
 * it (clamped to the month's last day) and bears the month of its last day. The days of the anniversary's own month before it
 * are a stub period (domain.md §3 "ABD").
 *
 * ABD 31: 31 January to 27 February is 02, 28 February to 30 March is 03, 31 March to 29 April is 04.
 *
 * @param anniversary first day of the contract's first subscription; absent where periods are calendar months
 * @returns an empty window (last before first) for the anniversary's own month when that begins with it
 */
export function periodWindow(anniversary: PlainDate | undefined, of: Period): PeriodWindow {
  const month = { first: firstDay(of), last: lastDay(of) };
  if (anniversary === undefined || of < periodOf(anniversary)) return month;
  const day = Number(anniversary.slice(8));
  if (day === 1) return month;
  const last = addDays(startIn(of, day), -1);
  if (of === periodOf(anniversary)) return { first: month.first, last };
  return { first: startIn(addMonths(of, -1), day), last };
}

/** The first date from a day on that has the day of the month of an anniversary: of 31 January, from 5 February on 31 March. */
export function anniversaryFrom(anniversary: PlainDate, from: PlainDate): PlainDate {
  const day = Number(anniversary.slice(8));
  let month = periodOf(from);
  while (daysIn(month) < day || dayOf(month, day) < from) month = addMonths(month, 1);
  return dayOf(month, day);
}

/** The day of a month a period begins on: the anniversary's, or the month's last where it has none. */
const startIn = (month: Period, day: number): PlainDate => dayOf(month, Math.min(day, daysIn(month)));

/** The usage period of a contract that a day lies in; arguments as of periodWindow. */
export function periodAt(anniversary: PlainDate | undefined, date: PlainDate): Period {
  const month = periodOf(date);
  return date <= periodWindow(anniversary, month).last ? month : addMonths(month, 1);
}
