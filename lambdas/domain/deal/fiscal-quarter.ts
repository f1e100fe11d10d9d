import { addMonths, type Period, type PlainDate, periodOf } from '../calendar/period.ts';

declare const kind: unique symbol;
/** A quarter of the programme's year, which is the calendar's, as published: "Q3FY2026". */
export type FiscalQuarter = string & { readonly [kind]: 'fiscal quarter' };

const QUARTER = /^Q([1-4])FY((?:19|20|21)\d\d)$/;
const MONTHS_OF_QUARTER = 3;

/** Whether `text` is a quarter, "Q3FY2026". */
export function isFiscalQuarter(text: string): text is FiscalQuarter {
  return QUARTER.test(text);
}

/** The quarter that a day lies in. */
export function quarterOf(date: PlainDate): FiscalQuarter {
  const [year, month] = date.split('-');
  return `Q${Math.ceil(Number(month) / MONTHS_OF_QUARTER)}FY${year}` as FiscalQuarter;
}

/** The three usage periods of a quarter. */
export function monthsOfQuarter(quarter: FiscalQuarter): [Period, Period, Period] {
  const [, number, year] = QUARTER.exec(quarter) ?? [];
  const first = addMonths(`${year}-01` as Period, (Number(number) - 1) * MONTHS_OF_QUARTER);
  return [first, addMonths(first, 1), addMonths(first, 2)];
}

/** Whether a day lies in a quarter. */
export function isInQuarter(date: PlainDate, quarter: FiscalQuarter): boolean {
  return monthsOfQuarter(quarter).includes(periodOf(date));
}
