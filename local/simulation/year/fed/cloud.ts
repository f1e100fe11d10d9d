import { orderSubscription } from '../../../../lambdas/use-cases/order-subscription.ts';
import type { Portal } from '../../../../lambdas/use-cases/ports/portal.ts';
import { takeUsageRecords } from '../../../../lambdas/use-cases/take-usage-records.ts';
import type { SeededRandom } from '../../../random.ts';
import {
  type Day,
  daysLater,
  daysOf,
  firstOf,
  lastOf,
  type Month,
  monthOf,
  monthsFrom,
  monthsLater,
} from '../../lives/days.ts';
import {
  type Fraction,
  fraction,
  isZero,
  minus,
  partOf,
  plus,
  rounded,
  smaller,
  times,
  total,
  ZERO,
} from '../../lives/fractions.ts';
import { DIGITS } from '../../lives/offer.ts';
import {
  decimal,
  type FedStory,
  fedCustomer,
  keyText,
  LATEST_DAYS,
  monthsOf,
  NOON,
  providerOf,
  type Said,
  type Tale,
  type Telling,
  VENDOR,
} from './fed-story.ts';
import { type NetPrice, netPrices } from './net-prices.ts';

const HOST = 'CLOUD-HOST';
const TRAFFIC = 'CLOUD-TRAFFIC';

/** A customer's hosts, from a day on; perhaps so many of them committed for a year. */
type Subscription = { place: number; from: Day; committed?: { quantity: string; payment: 'MONTHLY' | 'UPFRONT' } };
type CloudRecord = {
  id: string;
  place: number;
  code: string;
  day: Day;
  told: Day;
  quantity: string;
  corrects?: string;
};
type Kind = { isNegotiated: boolean };

const DAYS = ['01', '15', '31'] as const;
// Usage before the first subscription there can't be.
const HOURS_TO_TELL = 'T06:00:00Z';

/**
 * Cloud services: two subscriptions, whose first sets the days of the contract's periods, and what the cloud billing tells of
 * them: late, twice, and taken back in part.
 */
export function tellCloud(tale: Tale, { isNegotiated }: Kind): FedStory {
  const { n, random, first, currency } = tale;
  const anniversary = `${first}-${random.pick(DAYS)}`;
  const committed = (payment: 'MONTHLY' | 'UPFRONT') => ({ committed: { quantity: decimal(random, 20), payment } });
  const subscriptions: Subscription[] = [
    { place: 1, from: anniversary, ...(random.chance(0.5) && committed('MONTHLY')) },
    { place: 2, from: daysLater(anniversary, 9), ...(random.chance(0.3) && committed('UPFRONT')) },
  ];
  const records = monthsOf(tale).flatMap((month) =>
    subscriptions.flatMap((each) => recordsIn(random.fork(`${month} ${each.place}`), month, each, anniversary)),
  );
  const price = netPrices(first, isNegotiated);
  return {
    tellings: [
      ...subscriptions.map((each) => subscribing(n, each)),
      ...records.map((record) => ({
        ...{ day: record.told, at: NOON, kind: record.corrects === undefined ? 'RECORD' : 'RECORD TAKEN BACK' },
        tell: telling(record, currency),
      })),
      ...records
        .filter(() => random.chance(0.1))
        .map((record) => ({
          ...{ day: daysLater(record.told, 1 + random.int(4)), at: NOON, kind: 'RECORD AGAIN' },
          tell: telling(record, currency),
        })),
    ],
    said: (month, before) =>
      subscriptions
        .filter(({ from }) => from < before)
        .flatMap((each) =>
          saidOf(each, { n, month, anniversary, price, records: recordsBy(records, each, month, before, anniversary) }),
        ),
    minimum: (month, whole) =>
      minimumIn(month, whole, { anniversary, isNegotiated, digits: DIGITS[currency as keyof typeof DIGITS] }),
  };
}

/** First and last day of a contract's month: from the anniversary on they begin on its day, or a month's last. */
function windowOf(month: Month, anniversary: Day): [first: Day, last: Day] {
  if (anniversary.endsWith('-01')) return [firstOf(month), lastOf(month)];
  const begin = (of: Month): Day => {
    const same = `${of}-${anniversary.slice(8)}`;
    return same < lastOf(of) ? same : lastOf(of);
  };
  const last = daysLater(begin(month), -1);
  return [month === monthOf(anniversary) ? firstOf(month) : begin(monthsLater(month, -1)), last];
}

function recordsIn(random: SeededRandom, month: Month, { place, from }: Subscription, anniversary: Day): CloudRecord[] {
  const [first, last] = windowOf(month, anniversary);
  const begin = first > from ? first : from;
  const length = daysFromTo(begin, last);
  if (length <= 0) return [];
  return Array.from({ length: 1 + random.int(3) }, (_, at): CloudRecord[] => {
    const day = daysLater(begin, random.int(length));
    const isTraffic = random.chance(0.3);
    const quantity = isTraffic ? decimal(random, 20_000) : decimal(random, 12);
    const soon = daysLater(day, 1);
    const told = random.chance(0.3) ? daysLater(last, 2 + random.int(LATEST_DAYS)) : soon;
    const id = `${month}-${place}-${at}`;
    const record: CloudRecord = { id, place, code: isTraffic ? TRAFFIC : HOST, day, told, quantity };
    if (!random.chance(0.25)) return [record];
    const later = daysLater(told, random.chance(0.5) ? 1 : 20);
    const latest = daysLater(last, LATEST_DAYS + 10);
    const whole = Number.parseInt(quantity, 10);
    const part = whole === 0 || random.chance(0.3) ? quantity : decimal(random, whole);
    const back = { ...record, id: `${id}-back`, told: later < latest ? later : latest, corrects: id };
    return [record, { ...back, quantity: `-${part}` }];
  }).flat();
}

/** Days from one to another, both counted. */
const daysFromTo = (first: Day, last: Day): number =>
  Math.round((Date.parse(last) - Date.parse(first)) / 86_400_000) + 1;

function subscribing(n: number, { place, from, committed }: Subscription): Telling {
  const { customerNumber, name: customerName } = fedCustomer(n, place);
  return {
    ...{ day: from, at: NOON, kind: 'SUBSCRIBE' },
    tell: (portal, contract) =>
      orderSubscription(portal, {
        ...{ caller: providerOf(contract), now: portal.clock(), contractId: contract.id, customerNumber, customerName },
        ...{ productCode: HOST, quantity: committed?.quantity ?? '5' },
        ...(committed && { commitment: { years: 1, payment: committed.payment } }),
      }),
  };
}

function telling({ id, place, code, day, quantity, corrects }: CloudRecord, currency: string): Telling['tell'] {
  return async (portal: Portal, contract) => {
    const subscriptions = await portal.subscriptions.ofContract(contract.id);
    const subscription = subscriptions.find(({ subscriptionNumber }) => subscriptionNumber.endsWith(`-S${place}`));
    const record = {
      ...{ id, subscriptionId: subscription?.id, product: code, quantity, time: `${day}${HOURS_TO_TELL}`, currency },
      ...{ inMinCommit: code === HOST, ...(corrects !== undefined && { corrects }) },
    };
    const body = { bytes: Buffer.from(JSON.stringify(record)), gzip: false };
    const { counts, runs } = await takeUsageRecords(portal, { caller: VENDOR, now: portal.clock() }, body);
    if (counts.REFUSED + counts.CONFLICT > 0) throw new Error(JSON.stringify(runs));
  };
}

function recordsBy(
  records: readonly CloudRecord[],
  { place }: Subscription,
  month: Month,
  before: Day,
  anniversary: Day,
): CloudRecord[] {
  const [first, last] = windowOf(month, anniversary);
  return records.filter((each) => each.place === place && each.told < before && each.day >= first && each.day <= last);
}

type Facts = { n: number; month: Month; anniversary: Day; price: NetPrice; records: readonly CloudRecord[] };

/** What is committed is charged whether used or not; of what is used, what is above it. */
function saidOf({ place, from, committed }: Subscription, { n, month, anniversary, price, records }: Facts): Said[] {
  const customer = fedCustomer(n, place).customerNumber;
  const begun = periodOf(from, anniversary);
  const holds = committed !== undefined && month >= begun && month < monthsLater(begun, 12);
  const free = holds ? fraction(committed.quantity) : ZERO;
  const instalments = !holds ? 0 : committed.payment === 'MONTHLY' ? 1 : month === begun ? 12 : 0;
  const used = (code: string) =>
    total(records.filter((each) => each.code === code).map(({ quantity }) => fraction(quantity)));
  const hosts = used(HOST);
  const line = (code: string, quantity: Fraction, at: Month, of?: string): Said[] => {
    const inMinCommit = code === HOST;
    const key = keyText(code, { customer, inMinCommit, ...(of !== undefined && { of }) });
    return isZero(quantity) ? [] : [{ key, quantity, worth: price(code, at), inMinCommit }];
  };
  return [
    ...line(HOST, partOf(free, instalments, 1), begun, 'committed'),
    ...line(HOST, minus(hosts, smaller(free, hosts)), month),
    ...line(TRAFFIC, used(TRAFFIC), month),
  ];
}

/** The month of a contract that a day lies in. */
function periodOf(day: Day, anniversary: Day): Month {
  const [, last] = windowOf(monthOf(day), anniversary);
  return day <= last ? monthOf(day) : monthsLater(monthOf(day), 1);
}

/**
 * The days before the anniversary have their part of the minimum; where months were agreed one by one, the next month has what
 * is left of it.
 */
function minimumIn(
  month: Month,
  whole: Fraction,
  { anniversary, isNegotiated, digits }: Kind & { anniversary: Day; digits: number },
): Fraction {
  const own = monthOf(anniversary);
  const at = monthsFrom(own, month);
  const days = daysOf(own).length;
  const stub = Number(anniversary.slice(8)) - 1;
  if (stub === 0 || at < 0 || at > 1) return whole;
  if (at === 0) return rounded(partOf(whole, stub, days), digits);
  return isNegotiated ? rounded(plus(whole, times(whole, { n: BigInt(days - stub), d: BigInt(days) })), digits) : whole;
}
