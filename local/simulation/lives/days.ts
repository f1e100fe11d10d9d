/** Days and months of the simulated lives, written "YYYY-MM-DD" and "YYYY-MM": an arithmetic of its own, over day numbers. */
export type Day = string;
export type Month = string;

const MS_A_DAY = 86_400_000;

const numberOf = (day: Day): number => Date.parse(`${day}T00:00:00Z`) / MS_A_DAY;

/** The day `count` days later; earlier where it is negative. */
export function daysLater(day: Day, count: number): Day {
  return new Date((numberOf(day) + count) * MS_A_DAY).toISOString().slice(0, 10);
}

/** Every day from one to another, both counted. */
export function daysBetween(first: Day, last: Day): Day[] {
  return Array.from({ length: Math.max(0, numberOf(last) - numberOf(first) + 1) }, (_, n) => daysLater(first, n));
}

export const monthOf = (day: Day): Month => day.slice(0, 7);

export const firstOf = (month: Month): Day => `${month}-01`;

export function monthsLater(month: Month, count: number): Month {
  const months = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + count;
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
}

/** How many months later `to` is than `from`. */
export function monthsFrom(from: Month, to: Month): number {
  return (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5)) - Number(from.slice(5));
}

export const lastOf = (month: Month): Day => daysLater(firstOf(monthsLater(month, 1)), -1);

/** All days of a month. */
export const daysOf = (month: Month): Day[] => daysBetween(firstOf(month), lastOf(month));

/** The last day of a term: the day before the same day of the month `months` later, the month's last where it has none. */
export function endOfTerm(from: Day, months: number): Day {
  const to = monthsLater(monthOf(from), months);
  const same = `${to}-${from.slice(8)}`;
  const last = lastOf(to);
  return daysLater(same < last ? same : last, -1);
}
