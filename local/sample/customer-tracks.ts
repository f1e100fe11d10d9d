import { addMonths, firstDay, type Period, periodsFromTo } from '../../lambdas/domain/calendar/period.ts';
import { type ContractSku, listedPrice } from '../../lambdas/domain/catalogue/price-list.ts';
import { listedLinePrice } from '../../lambdas/domain/charging/priced-lines.ts';
import type { Contract } from '../../lambdas/domain/contract/contract.ts';
import { lastDayOfTerm } from '../../lambdas/domain/contract/schedule.ts';
import type { Customer } from '../../lambdas/domain/customer/customer.ts';
import type { CustomerCommitment } from '../../lambdas/domain/customer-commitment/customer-commitment.ts';
import { type Points, percent, points, quantity, sum } from '../../lambdas/domain/numbers/amounts.ts';
import { type CustomerUse, monthUsage } from '../../lambdas/domain/product-commitment/month-usage.ts';
import { type ProductCommitment, segmentFrom } from '../../lambdas/domain/product-commitment/product-commitment.ts';
import type { FedUsage } from '../../lambdas/domain/usage/account-usage.ts';
import { usageKeyText } from '../../lambdas/domain/usage/line-key.ts';
import type { UsageLine } from '../../lambdas/domain/usage/usage-line.ts';
import type { ImportedContract, ImportedOrder, Programme } from '../../lambdas/use-cases/import-programme.ts';
import { type SeededRandom, seededRandom } from '../random.ts';
import { type ContractSetting, importedOf } from './contracts.ts';
import { fedLine } from './fed-lines.ts';
import { idOf } from './ids.ts';
import { orderOf, periodsFrom } from './orders.ts';
import { billToAccountOf, type SampleProvider, serviceProviders, vendorAndAggregators } from './organizations.ts';
import { OTHER_PRODUCTS } from './other-products.ts';
import { CURRENCIES, plainSkus, priceLists } from './price-lists.ts';
import type { Terms } from './situation.ts';

// Contract numbers 43000001 and up: beside those of the situations.
const FIRST_INDEX = 3_000_000;
// Contracts begin before the history and go on after it.
const MONTHS_BEFORE = 2;
const TERM_MONTHS = 36;
const MINIMUM = '1500';
/** What the first customer of a SOV contract has committed to each month. */
const CUSTOMER_MINIMUM = '600';
const HOSTS = '20';

type Track = { imported: ImportedContract; customers: Customer[]; random: SeededRandom };

/** Sovereign Cloud and private clouds in the sample: contracts with end customers and what those have committed to. */
export function customerTracks(options: { seed: number; latestPeriod: Period; months: number }): Programme {
  const { seed, latestPeriod: latest, months } = options;
  const { vendor, aggregators } = vendorAndAggregators(seed);
  const setting: ContractSetting = {
    seed,
    random: seededRandom(seed).fork('customer tracks'),
    latest,
    first: addMonths(latest, 1 - months),
    priceLists: priceLists(latest, months),
    vendor,
    providers: serviceProviders(seed),
    aggregators,
    billToAccounts: aggregators.flatMap((each) => CURRENCIES.map((currency) => billToAccountOf(seed, each, currency))),
  };
  const tracksOf = (family: 'SOV' | 'LPCAAS', from: number) =>
    CURRENCIES.map((currency, n) => trackOf(setting, family, FIRST_INDEX + from + n, currency));
  const sovereign = tracksOf('SOV', 0);
  const privateClouds = tracksOf('LPCAAS', CURRENCIES.length);
  const clouds = privateClouds.map((track) => privateCloud(setting, track));
  return {
    contracts: [...sovereign, ...privateClouds].map(({ imported }) => imported),
    customers: [...sovereign, ...privateClouds].flatMap(keptCustomers),
    customerCommitments: sovereign.map((track) => sovereignCommitment(setting, track)),
    productCommitments: clouds.map(({ commitment }) => commitment),
    customerUse: clouds.flatMap(({ uses }) => uses),
    orders: [
      ...sovereign.flatMap((track) => sovereignOrders(setting, track)),
      ...clouds.flatMap(({ orders }) => orders),
    ],
  };
}

function trackOf(setting: ContractSetting, family: 'SOV' | 'LPCAAS', index: number, currency: string): Track {
  const random = setting.random.fork(`contract ${index}`);
  const provider = random.pick(setting.providers.filter((each) => each.currency === currency)) as SampleProvider;
  const from = addMonths(setting.first, -MONTHS_BEFORE);
  const bolDate = firstDay(from);
  const eolDate = lastDayOfTerm(bolDate, TERM_MONTHS);
  const type = family === 'SOV' ? 'CUSTOM' : 'PAY-GO';
  const sku = plainSkus(family).find((each) => each.contractType === type) as ContractSku;
  const price = listedPrice(setting.priceLists, sku, currency, from);
  const negotiated: Partial<Terms> = {
    until: eolDate,
    minCommits: Array.from({ length: TERM_MONTHS }, () => points(MINIMUM)),
    ...(price && { locked: { ...price, discount: percent('10') } }),
  };
  const terms: Terms = { from: bolDate, sku, ...(family === 'SOV' && negotiated) };
  const situated = { status: 'ACTIVE', bolDate, graceTermMonths: 0, terms: [terms], usage: () => undefined } as const;
  const made = importedOf(
    setting,
    index,
    provider,
    family,
    family === 'SOV' ? { ...situated, eolDate } : situated,
    random,
  );
  const contract: Contract = {
    ...made.contract,
    contacts: { ...made.contract.contacts, license: made.contract.contacts.serviceProvider },
    ...(family === 'SOV' && { hasCommitments: true }),
  };
  const imported = { ...made, contract };
  return { imported, customers: NAMES.map((name, at) => customerOf(setting.seed, contract, name, at)), random };
}

const NAMES = ['Harbour Authority', 'Lindholm Clinics'] as const;

function customerOf(
  seed: number,
  { contractNumber, serviceProviderId, bolDate }: Contract,
  name: string,
  at: number,
): Customer {
  return {
    id: idOf(seed, `customer ${at} of ${contractNumber}`),
    // Made up from the contract's, so that nothing is drawn twice.
    customerNumber: `7${contractNumber}${at + 1}`,
    serviceProviderId,
    name,
    address1: '12 Market Square',
    countryRegion: 'DE',
    postalCode: '20095',
    lastModifiedTime: `${bolDate}T08:00:00.000Z`,
    version: 1,
  };
}

const keptCustomers = ({ imported: { contract }, customers }: Track) =>
  customers.map((customer, at) => ({
    customer,
    kept: [
      {
        contractId: contract.id,
        customerId: customer.id,
        customerNumber: customer.customerNumber,
        labels: [{ label: `tenant-${at + 1}`, from: contract.bolDate.slice(0, 7) as Period }],
        siso: {},
        lastModifiedTime: customer.lastModifiedTime,
        version: 1,
      },
    ],
  }));

const commitmentOf = (seed: number, { imported: { contract }, customers: [customer] }: Track) => {
  const { id: contractId, contractNumber, serviceProviderId, aggregatorId, bolDate } = contract;
  const time = `${bolDate}T08:00:00.000Z`;
  return {
    id: idOf(seed, `commitment of ${contractNumber}`),
    contractId,
    contractNumber,
    serviceProviderId,
    aggregatorId,
    customerId: customer?.id ?? '',
    customerNumber: customer?.customerNumber ?? '',
    createdTime: time,
    lastModifiedTime: time,
    version: 1,
  };
};

function sovereignCommitment({ seed, first, latest }: ContractSetting, track: Track): CustomerCommitment {
  const until = addMonths(latest, 12);
  const entries = periodsFromTo(first, until).map((month) => [month, points(CUSTOMER_MINIMUM)] as const);
  return {
    ...commitmentOf(seed, track),
    name: 'Two data rooms',
    from: first,
    until,
    commitment: sum(entries.map(([, entry]) => entry)),
    minCommits: Object.fromEntries(entries) as Record<Period, Points>,
    status: 'ACTIVE',
  };
}

/** Usage of both customers and of Unknown, by hand, of months that are over; the first one is below its minimum in some. */
function sovereignOrders(setting: ContractSetting, { imported, customers, random }: Track): ImportedOrder[] {
  const products = OTHER_PRODUCTS.filter(({ family }) => family === 'SOV');
  return monthsOf(setting).map((of) => {
    if (of > setting.latest) return orderWith(setting, imported, of, []);
    const drawn = random.fork(of);
    const lines = [...customers.map(({ customerNumber }) => customerNumber), ''].map(
      (customerNumber, at): UsageLine => {
        const { code, name, uom, pointsPerUnit } = products[at % products.length] as (typeof products)[number];
        const usage: FedUsage = {
          siteName: '',
          productCode: code,
          productName: name,
          customerNumber,
          uom,
          quantity: quantity(`${60 + drawn.int(90)}.${drawn.int(1_000)}`),
          pointsPerUnit,
          inMinCommit: true,
          origin: 'HAND',
        };
        return {
          ...usage,
          id: idOf(setting.seed, `${imported.contract.id} ${of} ${usageKeyText(usage)}`),
          usagePeriod: of,
        };
      },
    );
    return orderWith(setting, imported, of, lines);
  });
}

function privateCloud(setting: ContractSetting, track: Track) {
  const { imported, customers, random } = track;
  const { contract } = imported;
  const product = (code: string) =>
    OTHER_PRODUCTS.find((each) => each.code === code) as (typeof OTHER_PRODUCTS)[number];
  const hosts = product('LPC-HOST-M');
  const commitment: ProductCommitment = {
    ...commitmentOf(setting.seed, track),
    product: { id: idOf(setting.seed, `product ${hosts.code}`), code: hosts.code, name: hosts.name },
    uom: hosts.uom,
    name: 'Hosts for a year',
    term: 'YEAR_1',
    payment: 'MONTHLY',
    segments: [segmentFrom(setting.first, 'YEAR_1', quantity(HOSTS))],
    status: 'ACTIVE',
    nextMonth: addMonths(setting.latest, 2),
  };
  const priceIn = (code: string, of: Period) => {
    const basis = { discount: percent('0') };
    const price = listedLinePrice({ priceLists: setting.priceLists, currency: contract.currency, of, basis }, code);
    if (!price) throw new Error(`${code} has no price in ${of}`);
    return price;
  };
  const uses = monthsOf(setting).map((of) => {
    const drawn = random.fork(of);
    const used = customers.map(({ customerNumber }, at): CustomerUse => {
      const amount = at === 0 ? 12 + drawn.int(16) : 30 + drawn.int(60);
      return { customerNumber, productCode: at === 0 ? 'LPC-HOST-M' : 'LPC-STOR', quantity: quantity(String(amount)) };
    });
    return { contractId: contract.id, period: of, used, version: 0 };
  });
  const orders = uses.map(({ period: of, used }) => {
    const usage = monthUsage(of, [commitment], used, { product, priceIn });
    return orderWith(
      setting,
      imported,
      of,
      usage.map((each) => fedLine(contract, of, each)),
    );
  });
  return { commitment, uses, orders };
}

const monthsOf = ({ first, latest }: ContractSetting): Period[] => periodsFrom(first, addMonths(latest, 1));

function orderWith(
  { seed, latest }: ContractSetting,
  imported: ImportedContract,
  period: Period,
  lines: readonly UsageLine[],
): ImportedOrder {
  const { contractNumber, listing } = imported.contract;
  const reporting = listing.familyType === 'SOV' ? 'NONE' : 'FIXED';
  const facts = { id: idOf(seed, `order ${contractNumber} ${period}`), period, latest, lines, reporting } as const;
  return { order: orderOf({ imported, situated: {} }, facts), lines: [...lines] };
}
