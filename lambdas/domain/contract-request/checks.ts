import { firstDay, isDate, isPeriod, type Period, type PlainDate, periodOf } from '../calendar/period.ts';
import { type FamilyType, isPointsFamily } from '../catalogue/family.ts';
import { scheduleLength } from '../contract/schedule.ts';
import { formatPoints, PERCENT_SCALE, type Percent, POINTS_SCALE, type Points, sum } from '../numbers/amounts.ts';
import { type Currency, minorDigits } from '../numbers/currency.ts';
import { parseDecimal, powerOfTen } from '../numbers/decimal.ts';

/** What is wrong with one published field of a request. */
export type FieldError = { field: string; message: string };

/** A request in domain values, or everything that is wrong with it, an error a field, always in the same order. */
export type Checked<Value> = { ok: true; value: Value } | { ok: false; errors: readonly FieldError[] };

/** Collects what is wrong with a request, field by field; one error for each field, the first found. */
export class Faults {
  readonly errors: FieldError[] = [];

  add(field: string, message: string): undefined {
    if (!this.errors.some((error) => error.field === field)) this.errors.push({ field, message });
    return undefined;
  }

  /** The value, unless anything was wrong. */
  answer<Value>(value: Value | undefined): Checked<Value> {
    if (this.errors.length > 0 || value === undefined) return { ok: false, errors: this.errors };
    return { ok: true, value };
  }
}

/** What amounts of a contract are counted in: points, or for money families the currency's major unit. */
export type CommitUnit = { family: FamilyType; currency: Currency };

// Reported points come from quantities of 6 decimals (domain.md §5 "Numbers"); more is a mistake in a commitment.
const COMMIT_DECIMALS = 6;
// 10^12: more than any programme bills in a month, and far from what a stored number can hold.
const MOST = powerOfTen(POINTS_SCALE + 12);
export const NEEDED = 'is needed';

/** A commitment, prepayment or threshold written as an exact decimal; undefined when something is wrong with it. */
export function readAmount(
  faults: Faults,
  field: string,
  text: string | undefined,
  unit: CommitUnit,
  least: '0 or more' | 'more than 0',
): Points | undefined {
  if (text === undefined) return faults.add(field, NEEDED);
  const decimals = isPointsFamily(unit.family) ? COMMIT_DECIMALS : minorDigits(unit.currency);
  const read = parseDecimal(text, decimals);
  if (read === undefined) return faults.add(field, `must be a plain number of at most ${decimals} decimals`);
  const amount = (read * powerOfTen(POINTS_SCALE - decimals)) as Points;
  if (amount < 0n || (amount === 0n && least === 'more than 0')) return faults.add(field, `must be ${least}`);
  if (amount > MOST) return faults.add(field, 'must be at most 1000000000000');
  return amount;
}

/** A discount: 0 to 100 percent with at most 4 decimals. */
export function readDiscount(faults: Faults, field: string, text: string | undefined): Percent | undefined {
  if (text === undefined) return faults.add(field, NEEDED);
  const read = parseDecimal(text, PERCENT_SCALE);
  if (read === undefined) return faults.add(field, `must be a plain number of at most ${PERCENT_SCALE} decimals`);
  if (read < 0n || read > 100n * powerOfTen(PERCENT_SCALE)) return faults.add(field, 'must be 0 to 100 percent');
  return read as Percent;
}

/** Longest term of a contract, in months: ten years. */
export const LONGEST_TERM = 120;

/** A term in whole months, not below the one it may not shorten. */
export function readTerm(faults: Faults, term: number | undefined, least = 1): number | undefined {
  if (term === undefined) return faults.add('term', NEEDED);
  if (!Number.isInteger(term) || term < 1 || term > LONGEST_TERM) {
    return faults.add('term', `must be a whole number of months, 1 to ${LONGEST_TERM}`);
  }
  if (term < least) return faults.add('term', `must not be shorter than the contract's term of ${least} months`);
  return term;
}

/** A minimum for each month of a term that begins on a day; undefined when something is wrong with it. */
export function readSchedule(
  faults: Faults,
  field: string,
  texts: readonly string[] | undefined,
  term: { from: PlainDate | undefined; months: number | undefined },
  unit: CommitUnit,
): readonly Points[] | undefined {
  if (texts === undefined) return faults.add(field, NEEDED);
  if (term.from === undefined || term.months === undefined) return undefined;
  const length = scheduleLength(term.from, term.months);
  if (texts.length !== length) {
    const why = length > term.months ? `the term and one, as ${term.from} is not the first of a month` : 'the term';
    return faults.add(field, `must have ${length} entries (${why}), not ${texts.length}`);
  }
  const entries: Points[] = [];
  for (const [index, text] of texts.entries()) {
    const entry = readAmount(faults, `${field}[${index}]`, text, unit, '0 or more');
    if (entry !== undefined) entries.push(entry);
  }
  return entries.length === length ? entries : undefined;
}

/** Whether what is prepaid pays for the whole schedule. */
export function checkPrepaid(
  faults: Faults,
  prepaid: Points | undefined,
  schedule: readonly Points[] | undefined,
  scheduleField: string,
): void {
  if (prepaid === undefined || schedule === undefined) return;
  const planned = sum(schedule);
  if (prepaid >= planned) return;
  faults.add(
    'prepayment',
    `must pay for all of ${scheduleField}: ${formatPoints(planned)} are planned, ${formatPoints(prepaid)} prepaid`,
  );
}

/** An existing day. */
export function readDate(faults: Faults, field: string, text: string | undefined): PlainDate | undefined {
  if (text === undefined) return faults.add(field, NEEDED);
  return isDate(text) && isPeriod(text.slice(0, 7)) ? text : faults.add(field, 'must be an existing day, YYYY-MM-DD');
}

/** Whether a day lies in a period that is frozen: its orders are being billed or have been (domain.md §6). */
export function isFrozen(date: PlainDate, frozenUntil: Period | undefined): boolean {
  return frozenUntil !== undefined && periodOf(date) <= frozenUntil;
}

/** Day on which a change of price or minimum acts: the 1st of a month that isn't frozen (domain.md §4). */
export function readFirstOfMonth(
  faults: Faults,
  field: string,
  text: string | undefined,
  frozenUntil: Period | undefined,
): PlainDate | undefined {
  const date = readDate(faults, field, text);
  if (date === undefined) return undefined;
  if (date !== firstDay(periodOf(date))) return faults.add(field, 'must be the 1st of a month');
  if (isFrozen(date, frozenUntil)) return faults.add(field, `lies in a frozen period: ${frozenUntil} is the last`);
  return date;
}

// The shape of an address, not its existence: mail tells that.
const EMAIL = /^[^\s@<>"]{1,64}@[^\s@<>"]{1,185}\.[^\s@<>".]{2,}$/;

export function checkEmail(faults: Faults, field: string, email: string | undefined): void {
  if (email === undefined || email === '') faults.add(field, NEEDED);
  else if (!EMAIL.test(email)) faults.add(field, 'must be an e-mail address');
}

export function checkText(faults: Faults, field: string, text: string | undefined, longest = 100): void {
  if (text === undefined || text.trim() === '') faults.add(field, NEEDED);
  else if (text.length > longest) faults.add(field, `must have at most ${longest} characters`);
}
