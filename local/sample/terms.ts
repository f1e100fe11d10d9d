import {
  addDays,
  addMonths,
  addMonthsToDate,
  daysFromTo,
  daysIn,
  firstDay,
  lastDay,
  monthsBetween,
  type PlainDate,
  periodOf,
} from '../../lambdas/domain/calendar/period.ts';
import { priceListFor } from '../../lambdas/domain/catalogue/price-list.ts';
import { type Points, percent, points } from '../../lambdas/domain/numbers/amounts.ts';
import { negotiatedSku, type PayGoSize, payGoSku } from './price-lists.ts';
import type { Setting, SituatedContract, Terms } from './situation.ts';

type Contracted = Omit<SituatedContract, 'usage'>;

const COMMON_SIZES: readonly PayGoSize[] = ['360', '360', '600', '1200', '1800', '1800', '3600'];
const OLDEST_MONTHS = 24;
const TERM_MONTHS = 12;

/** The first of a month before the history begins, at most two years before the latest period. */
export function longAgo({ first, latest, random }: Setting): PlainDate {
  const before = OLDEST_MONTHS - monthsBetween(first, latest);
  return firstDay(addMonths(first, -1 - random.int(Math.max(1, before))));
}

/** A PAY-GO contract without an end, of any common size. */
export function payGo(setting: Setting, given: { size?: PayGoSize; from?: PlainDate } = {}): Contracted {
  const bolDate = given.from ?? longAgo(setting);
  const sku = payGoSku(setting.family, given.size ?? setting.random.pick(COMMON_SIZES));
  return { status: 'ACTIVE', bolDate, graceTermMonths: 0, terms: [{ from: bolDate, sku }] };
}

/** A PAY-GO contract that ends on a day, with months of grace after it. */
export function endingPayGo(setting: Setting, eolDate: PlainDate, graceTermMonths: number): Contracted {
  const status = graceTermMonths > 0 ? 'PENDING_EXPIRATION' : 'EXPIRED';
  const contract = payGo(setting, { from: firstDay(addMonths(periodOf(eolDate), -18)) });
  return {
    ...contract,
    status,
    eolDate,
    graceTermMonths,
    terms: contract.terms.map((terms) => ({ ...terms, until: eolDate })),
  };
}

const MONTHLY_MINIMUMS = ['250', '480', '900', '1500', '2400', '4200'] as const;
const DISCOUNTS = ['5', '7.5', '10', '12.5', '15', '18.75', '20'] as const;

/** Terms of a CUSTOM or PRE-PAY contract for a year from a day on: price locked at a discount, a minimum each month. */
export function negotiatedTerms(
  { family, currency, priceLists, random }: Setting,
  contractType: 'CUSTOM' | 'PRE-PAY',
  from: PlainDate,
  monthly: Points = points(random.pick(MONTHLY_MINIMUMS)),
): Terms & { until: PlainDate } {
  const until = addDays(addMonthsToDate(from, TERM_MONTHS), -1);
  const sku = negotiatedSku(family, contractType);
  const list = priceListFor(priceLists, currency, periodOf(from));
  const price = list?.prices[sku.code];
  if (!list || !price) throw new RangeError(`the sample has no price for ${sku.code} in ${currency} on ${from}`);
  return {
    from,
    until,
    sku,
    minCommits: monthlyMinimums(from, until, monthly),
    locked: {
      listPrice: price.listPrice,
      discount: percent(random.pick(DISCOUNTS)),
      priceListVersion: list.version,
    },
  };
}

/** One minimum for each month touched; what is left of a year's first month is made up for by the last. */
function monthlyMinimums(from: PlainDate, until: PlainDate, monthly: Points): Points[] {
  const period = periodOf(from);
  const last = lastDay(period);
  const months = monthsBetween(period, periodOf(until)) + 1;
  const minimums: Points[] = Array.from({ length: months }, () => monthly);
  const missing = daysIn(period) - daysFromTo(from, last);
  if (missing === 0) return minimums;
  const first = wholePoints(monthly, daysFromTo(from, last), daysIn(period));
  minimums[0] = first;
  minimums[months - 1] = (monthly - first) as Points;
  return minimums;
}

/** A CUSTOM contract for a year that began before the history, or on the day given. */
export function custom(setting: Setting, from: PlainDate = withinTheYear(setting)): Contracted {
  const terms = negotiatedTerms(setting, 'CUSTOM', from);
  return { status: 'ACTIVE', bolDate: from, eolDate: terms.until, graceTermMonths: 0, terms: [terms] };
}

/** The first of a month so late that a year's term from it lasts beyond the period after the latest. */
function withinTheYear({ first, latest, random }: Setting): PlainDate {
  const earliest = addMonths(latest, 2 - TERM_MONTHS);
  const spare = Math.max(1, monthsBetween(earliest, first));
  return firstDay(addMonths(earliest, random.int(spare)));
}

const ONE_POINT = points('1');

/** A part of a number of points, in whole points as contracts are agreed. */
export function wholePoints(of: Points, part: number, whole: number): Points {
  return (((of * BigInt(part)) / (BigInt(whole) * ONE_POINT)) * ONE_POINT) as Points;
}
