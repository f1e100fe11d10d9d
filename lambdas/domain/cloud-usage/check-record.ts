import { addDays, dateOf, type Period, type PlainDate } from '../calendar/period.ts';
import { periodAt, periodWindow } from '../contract/billing-period.ts';
import type { Contract } from '../contract/contract.ts';
import { lastBilledDay } from '../contract/order-months.ts';
import { hasDay, type Subscription } from '../subscription/subscription.ts';
import { DAYS_OF_ARREARS } from '../usage/arrears.ts';
import type { PlacedRecord, UsageRecord } from './usage-record.ts';

/** Why a record is not taken. */
export const RECORD_REFUSALS = [
  'NOT_VALID',
  'FUTURE',
  'TOO_OLD',
  'UNKNOWN_SUBSCRIPTION',
  'OUTSIDE_TERM',
  'OTHER_CURRENCY',
  'UNKNOWN_PRODUCT',
  'NOT_PRICED',
  'NOT_CORRECTING',
] as const;

export type RecordRefusal = { reason: (typeof RECORD_REFUSALS)[number]; message: string };

/** A record as it was sent, each field read by itself. */
export type SentRecord = UsageRecord & {
  currency: string;
  /** Partner number of the service provider that the sender takes it to be of. */
  prmId?: string;
};

/** What a record is checked against. */
export type RecordFacts = {
  now: Date;
  /** A subscription of that id and its contract. */
  subscriptionOf: (id: string) => { subscription: Subscription; contract: Contract } | undefined;
  /** Whether the catalogue has it among cloud services. */
  isOffered: (productCode: string) => boolean;
  /** Whether it has a price in a currency in a month. */
  isPriced: (productCode: string, currency: string, of: Period) => boolean;
};

export type CheckedRecord = { ok: true; placed: PlacedRecord; contractId: string } | ({ ok: false } & RecordRefusal);

/** Checks a record by itself, and says the usage period that it lies in (domain.md §3 "ABD", "Arrears"). */
export function checkRecord({ currency, prmId, ...record }: SentRecord, facts: RecordFacts): CheckedRecord {
  const { subscriptionId, productCode, start, end, quantity, corrects } = record;
  const found = facts.subscriptionOf(subscriptionId);
  // Whether there is one of another service provider is nobody's business but its own.
  if (!found || (prmId !== undefined && prmId !== found.contract.listing.serviceProviderPrmId)) {
    return refused('UNKNOWN_SUBSCRIPTION', `there is no subscription ${subscriptionId}`);
  }
  const { subscription, contract } = found;
  if (end < start) return refused('NOT_VALID', 'end must not be before start');
  if (quantity < 0n && corrects === undefined) {
    return refused('NOT_CORRECTING', 'a quantity below 0 must name in corrects the record that it takes back from');
  }
  if (quantity >= 0n && corrects !== undefined) {
    return refused('NOT_VALID', 'a record that corrects another takes back: its quantity must be below 0');
  }
  if (new Date(end) > facts.now) return refused('FUTURE', 'ends in the future');
  const [first, last] = [dayOf(start), lastDayOf(start, end)];
  const { anniversary } = contract;
  const period = periodAt(anniversary, first);
  if (periodAt(anniversary, last) !== period) {
    return refused('NOT_VALID', `lies in two usage periods: ${periodText(anniversary, period)} is one`);
  }
  if (!hasDay(subscription, first) || !hasDay(subscription, last) || !isActive(contract, first, last)) {
    return refused('OUTSIDE_TERM', `the subscription has no such day: ${termText(subscription)}`);
  }
  if (dateOf(facts.now) > lastDayTaken(anniversary, period)) {
    return refused('TOO_OLD', `usage of ${period} is not taken any more, ${DAYS_OF_ARREARS} days after the period`);
  }
  if (currency !== contract.currency) {
    return refused('OTHER_CURRENCY', `the contract is in ${contract.currency}, not in ${currency}`);
  }
  if (!facts.isOffered(productCode)) return refused('UNKNOWN_PRODUCT', `there is no cloud service ${productCode}`);
  if (!facts.isPriced(productCode, currency, period)) {
    return refused('NOT_PRICED', `${productCode} has no price in ${currency} in ${period}`);
  }
  return { ok: true, placed: { period, record }, contractId: contract.id };
}

const refused = (reason: RecordRefusal['reason'], message: string): CheckedRecord => ({ ok: false, reason, message });

/** The last day usage of a contract's period is taken at all. */
export function lastDayTaken(anniversary: PlainDate | undefined, of: Period): PlainDate {
  return addDays(periodWindow(anniversary, of).last, DAYS_OF_ARREARS);
}

const dayOf = (instant: string): PlainDate => instant.slice(0, 10) as PlainDate;

/** The end of a span is not of it any more: one up to midnight has no moment of the next day. */
function lastDayOf(start: string, end: string): PlainDate {
  if (end === start) return dayOf(end);
  return dateOf(new Date(Date.parse(end) - 1));
}

function isActive(contract: Contract, first: PlainDate, last: PlainDate): boolean {
  const end = lastBilledDay(contract);
  return first >= contract.bolDate && (end === undefined || last <= end);
}

function periodText(anniversary: PlainDate | undefined, of: Period): string {
  const { first, last } = periodWindow(anniversary, of);
  return `${of}, from ${first} to ${last},`;
}

const termText = ({ from, until }: Subscription): string =>
  until === undefined ? `it runs from ${from} on` : `it runs from ${from} to ${until}`;
