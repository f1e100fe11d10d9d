import { type Period, period } from '../calendar/period.ts';
import { QUANTITY_SCALE, type Quantity } from '../numbers/amounts.ts';
import { parseDecimal } from '../numbers/decimal.ts';
import { LICENCE_CATEGORIES, type LicenceCategory, type Reading, type ReadingUse, useKey } from './reading.ts';
import { secondsOf } from './rules.ts';

/** Why a reading is not taken. */
export const REFUSAL_REASONS = [
  'NOT_VALID',
  'FUTURE',
  'TOO_OLD',
  'UNKNOWN_PRODUCT',
  'NOT_METERED',
  'NO_CONTRACT',
  'UNKNOWN_SITE',
  'OUTSIDE_CONTRACT',
] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

export type ReadingRefusal = { reason: RefusalReason; message: string };

/** What a reading is checked against. */
export type ReadingFacts = {
  /** Milliseconds; nothing ends later. */
  now: number;
  /** Whether usage of a month is not taken any more (domain.md §3 "Arrears"). */
  isTooOld: (of: Period) => boolean;
  /**
   * The contracts that products at a site count for, each with its site, or why there are none.
   * @param site its name; empty for the one the meter stands at
   * @param at milliseconds at which the reading begins: a site that was closed since takes it still
   */
  placesOf: (products: readonly string[], site: string, at: number) => ReadingUse['places'] | ReadingRefusal;
  /** Whether a contract of these has a day in that part of a month, in seconds from its beginning. */
  isActive: (contractIds: readonly string[], of: Period, from: number, to: number) => boolean;
};

/** A reading by the months it lies in; most lie in one. */
export type CheckedReading =
  | { ok: true; parts: { period: Period; reading: Reading }[] }
  | { ok: false; refusal: ReadingRefusal };

type Fields = Readonly<Record<string, unknown>>;

const HOUR_MS = 3_600_000;
const LONGEST_MS = 31 * 24 * HOUR_MS;
const MOST_PRODUCTS = 20;
const MOST_UNITS = 10n ** 15n;
const MOST_SEQUENCE = 10 ** 15;
// One line of text without control characters or marks of direction.
const TEXT = /^[^\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]{1,200}$/u;
const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/;
const TIME = /^2[01]\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.0{1,3})?Z$/;

/** What is wrong with one field. */
class FieldFault extends Error {}

/** Reads what a meter has written of a source, or says why it is not taken. */
export function checkReading(fields: Fields, facts: ReadingFacts): CheckedReading {
  try {
    return checked(fields, facts);
  } catch (error) {
    if (!(error instanceof FieldFault)) throw error;
    return refused('NOT_VALID', error.message);
  }
}

const refused = (reason: RefusalReason, message: string): CheckedReading => ({
  ok: false,
  refusal: { reason, message },
});

function checked(fields: Fields, facts: ReadingFacts): CheckedReading {
  const source = textOf(fields, 'source');
  const sequence = sequenceOf(fields);
  const [from, to] = timesOf(fields);
  const site = fields.site === undefined ? '' : textOf(fields, 'site');
  const use = useOf(fields);
  if (to > facts.now) return refused('FUTURE', 'to lies in the future');
  const months = monthsOf(from, to);
  const old = months.find((part) => facts.isTooOld(part.period));
  if (old) return refused('TOO_OLD', `usage of ${old.period} is not taken any more, 90 days after the month`);
  const places = facts.placesOf(use.products, site, from);
  if (isRefusal(places)) return { ok: false, refusal: places };
  const whole: ReadingUse = { ...use, places, key: useKey(use, site) };
  const contractIds = Object.keys(places);
  const active = months.filter((part) => facts.isActive(contractIds, part.period, part.from, part.to));
  if (active.length === 0) return refused('OUTSIDE_CONTRACT', 'the contract has no active day then');
  const parts = active.map((part) => ({
    period: part.period,
    reading: { source, from: part.from, to: part.to, sequence, use: whole },
  }));
  return { ok: true, parts };
}

const isRefusal = (places: ReadingUse['places'] | ReadingRefusal): places is ReadingRefusal => 'reason' in places;

function useOf(fields: Fields): Omit<ReadingUse, 'key' | 'places'> {
  return {
    products: productsOf(fields),
    category: categoryOf(fields),
    poweredOn: isPoweredOn(fields),
    configured: amountOf(fields, 'configuredGb'),
    reserved: amountOf(fields, 'reservedGb'),
    cores: amountOf(fields, 'cores'),
    capacity: amountOf(fields, 'capacityGb'),
    customer: fields.customer === undefined ? '' : textOf(fields, 'customer'),
  };
}

function textOf(fields: Fields, name: string): string {
  const value = fields[name];
  if (value === undefined) throw new FieldFault(`${name} is needed`);
  if (typeof value !== 'string' || !TEXT.test(value)) {
    throw new FieldFault(`${name} must be text of at most 200 characters in one line`);
  }
  return value;
}

function productsOf({ products }: Fields): readonly string[] {
  const codes = typeof products === 'string' ? products.split(';').map((code) => code.trim()) : products;
  if (codes === undefined) throw new FieldFault('products is needed');
  if (!Array.isArray(codes) || codes.length === 0 || codes.length > MOST_PRODUCTS || !codes.every(isCode)) {
    throw new FieldFault(`products must be 1 to ${MOST_PRODUCTS} codes of products`);
  }
  return codes;
}

const isCode = (code: unknown): boolean => typeof code === 'string' && CODE.test(code);

function categoryOf({ category = 'RENTAL' }: Fields): LicenceCategory {
  const found = LICENCE_CATEGORIES.find((each) => each === category);
  if (!found) throw new FieldFault(`category must be one of ${LICENCE_CATEGORIES.join(', ')}`);
  return found;
}

function isPoweredOn({ poweredOn = true }: Fields): boolean {
  if (poweredOn === true || poweredOn === 'true') return true;
  if (poweredOn === false || poweredOn === 'false') return false;
  throw new FieldFault('poweredOn must be true or false');
}

function amountOf(fields: Fields, name: string): Quantity {
  const value = fields[name];
  if (value === undefined) return 0n as Quantity;
  const isWritten = typeof value === 'number' || typeof value === 'string';
  const amount = isWritten ? parseDecimal(String(value), QUANTITY_SCALE) : undefined;
  if (amount === undefined || amount < 0n || amount > MOST_UNITS) {
    throw new FieldFault(`${name} must be a number from 0 to 1000000000 with at most ${QUANTITY_SCALE} decimals`);
  }
  return amount as Quantity;
}

function sequenceOf({ sequence }: Fields): number {
  const value = typeof sequence === 'string' && /^\d{1,15}$/.test(sequence) ? Number(sequence) : sequence;
  if (value === undefined) throw new FieldFault('sequence is needed');
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MOST_SEQUENCE) return value;
  throw new FieldFault('sequence must be a whole number from 0 to 1000000000000000');
}

/** An hour, or the interval from power-on to power-off. */
function timesOf(fields: Fields): readonly [from: number, to: number] {
  if (fields.hour !== undefined) {
    if (fields.from !== undefined || fields.to !== undefined) throw new FieldFault('hour stands without from and to');
    const hour = instantOf(fields, 'hour');
    if (hour % HOUR_MS !== 0) throw new FieldFault('hour must be a full hour, e.g. 2026-10-01T05:00:00Z');
    return [hour, hour + HOUR_MS];
  }
  const from = instantOf(fields, 'from');
  const to = instantOf(fields, 'to');
  if (to <= from) throw new FieldFault('to must be later than from');
  if (to - from > LONGEST_MS) throw new FieldFault('to must be at most 31 days after from');
  return [from, to];
}

function instantOf(fields: Fields, name: string): number {
  const value = fields[name];
  if (value === undefined) throw new FieldFault(`${name} is needed: give an hour, or from and to`);
  const instant = typeof value === 'string' && TIME.test(value) ? Date.parse(value) : Number.NaN;
  // A day that the month doesn't have is read as one of the next month.
  if (Number.isNaN(instant) || new Date(instant).toISOString().slice(0, 10) !== (value as string).slice(0, 10)) {
    throw new FieldFault(`${name} must be a time in UTC, in whole seconds, e.g. 2026-10-01T05:00:00Z`);
  }
  return instant;
}

/** A time by the months it lies in, in seconds from the beginning of each. */
function monthsOf(from: number, to: number): { period: Period; from: number; to: number }[] {
  const parts = [];
  for (let start = from; start < to; ) {
    const of = period(new Date(start).toISOString().slice(0, 7));
    const begin = Date.parse(`${of}-01T00:00:00Z`);
    const end = Math.min(to, begin + secondsOf(of) * 1_000);
    parts.push({ period: of, from: (start - begin) / 1_000, to: (end - begin) / 1_000 });
    start = end;
  }
  return parts;
}
