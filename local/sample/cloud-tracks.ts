import { addDays, addMonths, dayOf, daysIn, firstDay, type Period } from '../../lambdas/domain/calendar/period.ts';
import { type ContractSku, ONE_UNIT } from '../../lambdas/domain/catalogue/price-list.ts';
import { billingTermsFor } from '../../lambdas/domain/charging/billing-terms.ts';
import { listedLinePrice } from '../../lambdas/domain/charging/priced-lines.ts';
import { cloudMonth } from '../../lambdas/domain/cloud-usage/cloud-month.ts';
import type { UsageRecord } from '../../lambdas/domain/cloud-usage/usage-record.ts';
import { periodAt, periodWindow } from '../../lambdas/domain/contract/billing-period.ts';
import type { Contract } from '../../lambdas/domain/contract/contract.ts';
import { lastDayOfTerm } from '../../lambdas/domain/contract/schedule.ts';
import { type Points, percent, points, quantity } from '../../lambdas/domain/numbers/amounts.ts';
import type { Organization } from '../../lambdas/domain/organization/organization.ts';
import { lastDayOf } from '../../lambdas/domain/subscription/host-commitment.ts';
import { type Subscription, subscriptionId } from '../../lambdas/domain/subscription/subscription.ts';
import type { LinePrice } from '../../lambdas/domain/usage/usage-line.ts';
import type { ImportedContract, ImportedOrder, Programme } from '../../lambdas/use-cases/import-programme.ts';
import { type SeededRandom, seededRandom } from '../random.ts';
import { type ContractSetting, importedOf } from './contracts.ts';
import { fedLine } from './fed-lines.ts';
import { idOf } from './ids.ts';
import { orderOf, periodsFrom } from './orders.ts';
import { billToAccountOf, type SampleProvider, serviceProviders, vendorAndAggregators } from './organizations.ts';
import { OTHER_PRODUCTS } from './other-products.ts';
import { CURRENCIES, plainSkus, priceLists, RATES } from './price-lists.ts';
import type { Terms } from './situation.ts';

// Contract numbers 42000001 and up: beside those of the situations.
const FIRST_INDEX = 2_000_000;
// Contracts begin before the history; those that are negotiated go on after it.
const MONTHS_BEFORE = 2;
const TERM_MONTHS = 36;
// In USD.
const MINIMUM = 3_000n;
const THRESHOLD = 40_000n;
/** Days of the month that periods begin on, by currency: months lack some of them. */
const ANNIVERSARIES = [15, 31, 1] as const;

/**
 * Cloud services in the sample: in each currency a PAY-GO contract with committed hosts and one with a negotiated minimum, periods
 * by the anniversary of their first subscription, what their feed has told, and orders that say the same.
 */
export function cloudTracks(options: { seed: number; latestPeriod: Period; months: number }): Programme {
  const { seed, latestPeriod: latest, months } = options;
  const { vendor, aggregators } = vendorAndAggregators(seed);
  const setting: ContractSetting = {
    seed,
    random: seededRandom(seed).fork('cloud tracks'),
    latest,
    first: addMonths(latest, 1 - months),
    priceLists: priceLists(latest, months),
    vendor,
    providers: serviceProviders(seed),
    aggregators,
    billToAccounts: aggregators.flatMap((each) => CURRENCIES.map((currency) => billToAccountOf(seed, each, currency))),
  };
  const tracks = CURRENCIES.flatMap((currency, at) =>
    (['PAY-GO', 'CUSTOM'] as const).map((type, n) =>
      trackOf(setting, { type, currency, index: FIRST_INDEX + 2 * at + n, day: ANNIVERSARIES[at] ?? 1 }),
    ),
  );
  return {
    contracts: tracks.map(({ imported }) => imported),
    subscriptions: tracks.flatMap(({ subscriptions }) => subscriptions),
    usageRecords: tracks.map(({ imported, records }) => ({ contractId: imported.contract.id, months: records })),
    orders: tracks.flatMap(({ orders }) => orders),
  };
}

type Wanted = { type: 'PAY-GO' | 'CUSTOM'; currency: (typeof CURRENCIES)[number]; index: number; day: number };

type Track = {
  imported: ImportedContract;
  subscriptions: Subscription[];
  records: { period: Period; records: UsageRecord[] }[];
  orders: ImportedOrder[];
};

function trackOf(setting: ContractSetting, wanted: Wanted): Track {
  const random = setting.random.fork(`contract ${wanted.index}`);
  const imported = contractOf(setting, wanted, random);
  const { contract } = imported;
  const priceIn = pricesOf(setting, imported);
  const subscriptions = subscriptionsOf(contract, wanted.type === 'PAY-GO' ? priceIn : undefined);
  const periods = periodsFrom(setting.first, addMonths(setting.latest, 1));
  const records = periods.map((period) => ({
    period,
    records: subscriptions.flatMap((each) => recordsOf(contract, each, period, random.fork(`${each.id} ${period}`))),
  }));
  const orders = records.map(({ period, records: told }): ImportedOrder => {
    const usage = cloudMonth({
      of: period,
      subscriptions,
      records: told,
      productOf,
      priceOf: (code) => priceIn(code, period),
    });
    const lines = usage.map((each) => fedLine(contract, period, each));
    const id = idOf(setting.seed, `order ${contract.contractNumber} ${period}`);
    const facts = { id, period, latest: setting.latest, lines, reporting: 'AUTOMATED' } as const;
    return { order: orderOf({ imported, situated: {} }, facts), lines };
  });
  return { imported, subscriptions, records, orders };
}

const productOf = (code: string) => OTHER_PRODUCTS.find((product) => product.code === code);

/** Organizations, of which service providers have the anniversary billing date that their cloud services have begun on. */
export function withAnniversaries(
  organizations: readonly Organization[],
  { contracts = [] }: Programme,
): Organization[] {
  const begun = new Map([...contracts].map(({ contract }) => [contract.serviceProviderId, contract.anniversary]));
  return organizations.map((each) => {
    const anniversary = begun.get(each.id);
    return { ...each, ...(anniversary !== undefined && { anniversary }) };
  });
}

function contractOf(setting: ContractSetting, { type, currency, index, day }: Wanted, random: SeededRandom) {
  const provider = random.pick(setting.providers.filter((each) => each.currency === currency)) as SampleProvider;
  const month = addMonths(setting.first, -MONTHS_BEFORE);
  const bolDate = firstDay(month);
  const eolDate = lastDayOfTerm(bolDate, TERM_MONTHS);
  const sku = plainSkus('MSP').find((each) => each.contractType === type) as ContractSku;
  const inCurrency = (usd: bigint) => points(String((usd * RATES[currency]) / 1_000n));
  const list = setting.priceLists.find((each) => each.currency === currency);
  const negotiated: Partial<Terms> = {
    until: eolDate,
    minCommits: Array.from({ length: TERM_MONTHS }, (): Points => inCurrency(MINIMUM)),
    locked: { listPrice: ONE_UNIT, discount: percent('12.5'), priceListVersion: list?.version ?? '' },
  };
  const terms: Terms = { from: bolDate, sku, ...(type === 'CUSTOM' && negotiated) };
  const situated = { status: 'ACTIVE', bolDate, graceTermMonths: 0, terms: [terms], usage: () => undefined } as const;
  const made = importedOf(
    setting,
    index,
    provider,
    'MSP',
    type === 'CUSTOM' ? { ...situated, eolDate } : situated,
    random,
  );
  const anniversary = dayOf(month, Math.min(day, daysIn(month)));
  return { ...made, contract: { ...made.contract, anniversary, threshold: inCurrency(THRESHOLD) } };
}

type Prices = (code: string, of: Period) => LinePrice;

function pricesOf({ priceLists: lists }: ContractSetting, { contract, revisions }: ImportedContract): Prices {
  return (code, of) => {
    const result = billingTermsFor(contract, revisions, lists, of);
    if (!result.ok) throw new Error(result.reason);
    const { basis } = result.terms;
    const price = listedLinePrice({ priceLists: lists, currency: contract.currency, of, basis }, code);
    if (!price) throw new Error(`${code} has no price in ${of}`);
    return price;
  };
}

const OFFERS = [
  { code: 'MSP-HOST', customer: 'Quayside Retail', quantity: '1460' },
  { code: 'MSP-STOR', customer: 'Northgate Clinics', quantity: '12' },
] as const;

/** Hosts and storage, each for a customer of its own. @param priceIn given where the hosts are committed for a year */
function subscriptionsOf(contract: Contract, priceIn: Prices | undefined): Subscription[] {
  const from = contract.anniversary ?? contract.bolDate;
  return OFFERS.map(({ code, customer, quantity: amount }, at): Subscription => {
    const place = at + 1;
    const product = productOf(code);
    const subscriptionNumber = `${contract.contractNumber}-S${place}`;
    const first = periodAt(contract.anniversary, from);
    const commitments = priceIn && at === 0 ? [commitmentOf(subscriptionNumber, first, priceIn(code, first))] : [];
    const [committed] = commitments;
    return {
      id: subscriptionId(contract.id, place),
      subscriptionNumber,
      contractId: contract.id,
      contractNumber: contract.contractNumber,
      serviceProviderId: contract.serviceProviderId,
      aggregatorId: contract.aggregatorId,
      customerNumber: `CUST-${contract.businessNumber}-${place}`,
      customerName: customer,
      productCode: code,
      productName: product?.name ?? '',
      uom: product?.uom ?? '',
      quantity: quantity(amount),
      from,
      ...(committed && { until: lastDayOf(committed, from) }),
      cancelled: false,
      commitments,
      createdTime: `${from}T08:00:00.000Z`,
      lastModifiedTime: `${from}T08:00:00.000Z`,
      version: 1,
    };
  });
}

const commitmentOf = (subscriptionNumber: string, first: Period, price: LinePrice) =>
  ({
    id: `${subscriptionNumber}-C1`,
    years: 1,
    payment: 'MONTHLY',
    first,
    quantity: quantity(OFFERS[0].quantity),
    price: { ...price, from: 'SOURCE' },
  }) as const;

const RECORDS = 3;

/** A few records in the first days of a period; outgoing traffic of hosts stands beside the minimum commit. */
function recordsOf(contract: Contract, { id, productCode }: Subscription, of: Period, random: SeededRandom) {
  const { first } = periodWindow(contract.anniversary, of);
  const isHost = productCode === 'MSP-HOST';
  return Array.from({ length: RECORDS }, (_, at): UsageRecord[] => {
    const start = `${addDays(first, at)}T00:00:00.000Z`;
    const record = {
      subscriptionId: id,
      start,
      end: start,
      proformaNumber: `PF-${contract.contractNumber}-${of}`,
    };
    const amount = isHost ? 380 + random.int(200) : 2 + random.int(6);
    const used: UsageRecord = {
      ...record,
      id: `${productCode}-${of}-${at + 1}`,
      productCode,
      quantity: quantity(`${amount}.5`),
      inMinCommit: true,
    };
    if (!isHost) return [used];
    const traffic: UsageRecord = {
      ...record,
      id: `MSP-EGRESS-${of}-${at + 1}`,
      productCode: 'MSP-EGRESS',
      quantity: quantity(`${900 + random.int(4_000)}.125`),
      inMinCommit: false,
    };
    return [used, traffic];
  }).flat();
}
