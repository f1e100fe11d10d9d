import { addMonths, type Period } from '../../lambdas/domain/calendar/period.ts';
import type { FamilyType } from '../../lambdas/domain/catalogue/family.ts';
import type { ContractSku } from '../../lambdas/domain/catalogue/price-list.ts';
import type { Contract } from '../../lambdas/domain/contract/contract.ts';
import type { UsageSite } from '../../lambdas/domain/contract/usage-site.ts';
import {
  deliveredUsage,
  deliveryMonth,
  type ServiceDelivery,
} from '../../lambdas/domain/service-delivery/service-delivery.ts';
import type { FedUsage } from '../../lambdas/domain/usage/account-usage.ts';
import { usageKeyText } from '../../lambdas/domain/usage/line-key.ts';
import type { UsageLine } from '../../lambdas/domain/usage/usage-line.ts';
import { type VeloOrder, veloUsage } from '../../lambdas/domain/velo-order/velo-order.ts';
import type { ImportedContract, ImportedOrder, Programme } from '../../lambdas/use-cases/import-programme.ts';
import { idOf as recordId } from '../../lambdas/use-cases/new-order.ts';
import { type SeededRandom, seededRandom } from '../random.ts';
import { type ContractSetting, importedOf } from './contracts.ts';
import { idOf } from './ids.ts';
import { orderOf, periodsFrom } from './orders.ts';
import { billToAccountOf, type SampleProvider, serviceProviders, vendorAndAggregators } from './organizations.ts';
import { OTHER_PRODUCTS } from './other-products.ts';
import { CURRENCIES, plainSkus, priceLists, TERM_SKU } from './price-lists.ts';
import { deliveriesOf, somePlaces, veloOrdersOf } from './records.ts';
import { longAgo } from './terms.ts';
import { sitesOf } from './usage-sites.ts';

/** Contracts of each of these, one in each currency; Term are of RENTAL. */
const TRACKS = ['RENTAL_MAAS', 'GSS', 'SRV', 'VELO', 'TERM'] as const;
type TrackName = (typeof TRACKS)[number];

// Contract numbers 41000001 and up: beside those of the situations.
const FIRST_INDEX = 1_000_000;

/**
 * The tracks of the sample beside RENTAL and ISV whose usage comes by hand or from records that the vendor keeps: contracts of the
 * sample's service providers, their records, and orders that say the same. In the latest period the last SRV delivery is
 * disputed, in the open one all wait for acceptance.
 */
export function recordTracks(options: { seed: number; latestPeriod: Period; months: number }): Programme {
  const { seed, latestPeriod: latest, months } = options;
  const { vendor, aggregators } = vendorAndAggregators(seed);
  const setting: ContractSetting = {
    seed,
    random: seededRandom(seed).fork('record tracks'),
    latest,
    first: addMonths(latest, 1 - months),
    priceLists: priceLists(latest, months),
    vendor,
    providers: serviceProviders(seed),
    aggregators,
    billToAccounts: aggregators.flatMap((each) => CURRENCIES.map((currency) => billToAccountOf(seed, each, currency))),
  };
  const tracks = TRACKS.flatMap((name, at) =>
    CURRENCIES.map((currency, n) => trackOf(setting, name, FIRST_INDEX + at * CURRENCIES.length + n, currency)),
  );
  return {
    contracts: tracks.map(({ imported }) => imported),
    usageSites: tracks.flatMap(({ sites }) => sites),
    serviceDeliveries: tracks.flatMap(({ deliveries }) => deliveries),
    veloOrders: tracks.flatMap(({ veloOrders }) => veloOrders),
    orders: tracks.flatMap(({ orders }) => orders),
  };
}

type Track = {
  imported: ImportedContract;
  sites: UsageSite[];
  deliveries: ServiceDelivery[];
  veloOrders: VeloOrder[];
  orders: ImportedOrder[];
};

function trackOf(setting: ContractSetting, name: TrackName, index: number, currency: string): Track {
  const family = name === 'TERM' ? 'RENTAL' : name;
  const random = setting.random.fork(`contract ${index}`);
  const ofCurrency = setting.providers.filter((provider) => provider.currency === currency);
  const provider = random.pick(ofCurrency) as SampleProvider;
  const bolDate = longAgo({ ...setting, family: 'RENTAL', currency, random });
  const isByHand = name === 'TERM' || name === 'RENTAL_MAAS';
  const plain = plainSkus(family).find(({ contractType }) => contractType === 'PAY-GO') as ContractSku;
  const sku = name === 'TERM' ? TERM_SKU : plain;
  const situated = { status: 'ACTIVE', bolDate, graceTermMonths: 0, terms: [{ from: bolDate, sku }] } as const;
  const imported = importedOf(setting, index, provider, family, { ...situated, usage: () => undefined }, random);
  const { contract } = imported;
  const [site] = sitesOf(setting.seed, imported, provider, 1) as [UsageSite];
  const periods = periodsFrom(setting.first, addMonths(setting.latest, 1));
  const isDelivered = family === 'GSS' || family === 'SRV';
  const deliveries = isDelivered
    ? periods.flatMap((of) => deliveriesOf(contract, of, lastStatus(setting, family, of), random.fork(of)))
    : [];
  const veloOrders = family === 'VELO' ? veloOrdersOf(contract, addMonths(setting.latest, -1), random) : [];
  const orders = periods.map((of): ImportedOrder => {
    const usage = [
      ...deliveredUsage(deliveries.filter((delivery) => deliveryMonth(delivery) === of)),
      ...veloOrders.flatMap((order) => veloUsage(order, contract, of)),
      ...(isByHand && of <= setting.latest ? usageByHand(family, site, random.fork(of)) : []),
    ];
    const lines = usage.map((each) => lineOf(contract, of, each));
    const id = idOf(setting.seed, `order ${contract.contractNumber} ${of}`);
    const reporting = isByHand ? 'NONE' : 'FIXED';
    const order = orderOf({ imported, situated: {} }, { id, period: of, latest: setting.latest, lines, reporting });
    return { order, lines };
  });
  return { imported, sites: isByHand ? [site] : [], deliveries, veloOrders, orders };
}

/** That of a month's last delivery. */
function lastStatus({ latest }: ContractSetting, family: FamilyType, of: Period): ServiceDelivery['status'] {
  if (of < latest) return 'ACCEPTED';
  return of === latest && family === 'SRV' ? 'DISPUTED' : 'PENDING_ACCEPTANCE';
}

function usageByHand(family: FamilyType, { id, name: siteName }: UsageSite, random: SeededRandom): FedUsage[] {
  const products = OTHER_PRODUCTS.filter((product) => product.family === family);
  return products.map(({ code, name, uom, pointsPerUnit }) => ({
    siteId: id,
    siteName,
    productCode: code,
    productName: name,
    customerNumber: '',
    uom,
    quantity: somePlaces(random),
    pointsPerUnit,
    inMinCommit: true,
  }));
}

/** The line that a feed would make of it. */
function lineOf({ id }: Contract, of: Period, usage: FedUsage): UsageLine {
  const lineId = recordId(`${id}#${of}#${usageKeyText(usage)}`);
  const prefilled = usage.origin === 'FEED' && { prefilled: usage.quantity };
  return { ...usage, ...prefilled, id: lineId, usagePeriod: of };
}
