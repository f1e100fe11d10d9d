import { addMonths, type Period } from '../../../lambdas/domain/calendar/period.ts';
import type { Product } from '../../../lambdas/domain/catalogue/product.ts';
import type { Contract } from '../../../lambdas/domain/contract/contract.ts';
import type { CustomerCommitment } from '../../../lambdas/domain/customer-commitment/customer-commitment.ts';
import { points, pointsPerUnit, sum } from '../../../lambdas/domain/numbers/amounts.ts';
import type { UsageMeter } from '../../../lambdas/domain/usage-meter/usage-meter.ts';
import type { ImportedContract, ImportedCustomer, Programme } from '../../../lambdas/use-cases/import-programme.ts';
import { newOrder } from '../../../lambdas/use-cases/new-order.ts';
import type { Portal } from '../../../lambdas/use-cases/ports/portal.ts';
import { type Month, monthsFrom } from '../lives/days.ts';
import { type Fraction, fraction } from '../lives/fractions.ts';
import { plainProgramme } from '../plain-programme.ts';
import { METERED_TRACKS, SITES, type Site, TRACKS, type Track, type Year } from './events.ts';
import { fedProgramme } from './fed/fed-programme.ts';
import { FED_PRODUCTS } from './fed/offer.ts';
import { priceListsOf, skusOf, yearContract } from './year-contract.ts';
import { customerOf } from './year-customers.ts';

/** Products of the tracks that are reported: one that meters report, one that is written by hand. */
export const METERED = { code: 'METERED', pointsPerUnit: '41.25' };
export const BY_HAND = { code: 'BY-HAND', pointsPerUnit: '2' };
export const codeOf = ({ code }: typeof METERED, track: Track): string => `${code}-${track}`;

/** SOV: what meters call the customer of a site. Where nobody has bound the label, the usage is of Unknown. */
export const LABELS: Readonly<Record<Site, string>> = { North: 'tenant-north', South: 'tenant-south' };
export const customerNumberAt = (n: number, track: Track, site: Site): string =>
  track === 'SOV' && site === 'North' ? customerOf(n, 0).customerNumber : '';

/** What customers of SOV contracts have committed to, from the second month on: that of a site, and one that uses nothing. */
const COMMITTED: readonly { at?: Site; minimum: string; months: number }[] = [
  { at: 'North', minimum: '900.25', months: 12 },
  { minimum: '33.333', months: 2 },
];
const COMMITTED_AFTER = 1;

export function customerMinimums(track: Track, first: Month, month: Month): { at?: Site; minimum: Fraction }[] {
  if (track !== 'SOV') return [];
  const at = monthsFrom(first, month) - COMMITTED_AFTER;
  return COMMITTED.filter(({ months }) => at >= 0 && at < months).map(({ minimum, ...each }) => ({
    ...each,
    minimum: fraction(minimum),
  }));
}

/** A contract of its own usage for each provider, of the tracks in turn, and one whose usage others tell. */
export function yearProgramme({ first: firstMonth, providers }: Year): {
  programme: Programme;
  contracts: readonly ImportedContract[];
  fed: readonly ImportedContract[];
} {
  const first = firstMonth as Period;
  const count = providers.length;
  const plain = plainProgramme({ period: first, contracts: 2 * count, lines: 0, contractsPerProvider: 1 });
  const all = [...(plain.contracts ?? [])];
  const contracts = providers.map(({ n, track }): ImportedContract => {
    const { contractType } = (all[n] as ImportedContract).contract.listing;
    const kind = track === 'TERM' ? ({ family: 'RENTAL', kind: 'TERM' } as const) : { family: track };
    const imported = yearContract(all[n] as ImportedContract, first, { ...kind, contractType });
    return track === 'SOV' ? { ...imported, contract: { ...imported.contract, hasCommitments: true } } : imported;
  });
  const fed = fedProgramme(first, all.slice(count), plain);
  const everything = [...contracts, ...fed.contracts];
  const sovereign = providers.filter(({ track }) => track === 'SOV');
  const parties = new Set(everything.flatMap(({ contract }) => [contract.serviceProviderId, contract.aggregatorId]));
  const start = new Date(`${first}-01T00:00:00Z`);
  return {
    contracts,
    fed: fed.contracts,
    programme: {
      organizations: fed.organizations.filter(({ id, type }) => type === 'VENDOR' || parties.has(id)),
      billToAccounts: fed.billToAccounts,
      skus: skusOf(first, everything),
      products: [
        ...[...new Set(TRACKS)].flatMap((track) => [product(METERED, track), product(BY_HAND, track)]),
        ...fed.products,
      ],
      priceLists: (plain.priceLists ?? []).flatMap((list) => priceListsOf(first, list, everything, FED_PRODUCTS)),
      contracts: everything,
      customers: [
        ...sovereign.flatMap(({ n }) => sovereignCustomers(contracts[n] as ImportedContract, n)),
        ...fed.customers,
      ],
      customerCommitments: sovereign.flatMap(({ n }) =>
        commitmentsOf((contracts[n] as ImportedContract).contract, first, n),
      ),
      orders: everything.map(({ contract }) => ({ order: newOrder(contract, first, start), lines: [] })),
      awsAccounts: fed.awsAccounts,
    },
  };
}

function product({ code, pointsPerUnit: ppu }: typeof METERED, track: Track): Product {
  const isMetered = code === METERED.code && METERED_TRACKS.has(track);
  return {
    id: `product-${code}-${track}`,
    code: `${code}-${track}`,
    name: code,
    category: 'Compute',
    uom: 'GB vRAM',
    ...(track === 'TERM' ? { family: 'RENTAL', kind: 'TERM' } : { family: track }),
    pointsPerUnit: pointsPerUnit(ppu),
    ...(isMetered && { metering: 'VRAM' }),
  };
}

function sovereignCustomers({ contract }: ImportedContract, n: number): ImportedCustomer[] {
  return COMMITTED.map(({ at }, place) => {
    const { id: contractId, serviceProviderId, bolDate, lastModifiedTime } = contract;
    const customer = { ...customerOf(n, place), serviceProviderId };
    const labels = at ? [{ label: LABELS[at], from: bolDate.slice(0, 7) as Period }] : [];
    const { id: customerId, customerNumber } = customer;
    return {
      customer,
      kept: [{ contractId, customerId, customerNumber, labels, siso: {}, lastModifiedTime, version: 1 }],
    };
  });
}

function commitmentsOf(contract: Contract, first: Period, n: number): CustomerCommitment[] {
  const { id: contractId, contractNumber, serviceProviderId, aggregatorId, lastModifiedTime } = contract;
  return COMMITTED.map(({ minimum, months }, place) => {
    const periods = Array.from({ length: months }, (_, at) => addMonths(first, COMMITTED_AFTER + at));
    const { id: customerId, customerNumber } = customerOf(n, place);
    return {
      id: `commitment-${n}-${place}`,
      ...{ contractId, contractNumber, serviceProviderId, aggregatorId, customerId, customerNumber },
      name: 'As agreed',
      from: periods[0] as Period,
      until: periods.at(-1) as Period,
      commitment: sum(periods.map(() => points(minimum))),
      minCommits: Object.fromEntries(periods.map((period) => [period, points(minimum)])),
      status: 'PENDING_EFFECTIVE_PERIOD',
      createdTime: lastModifiedTime,
      lastModifiedTime,
      version: 1,
    };
  });
}

export const meterIdOf = (n: number): string => `meter-${n}`;
export const siteIdOf = (n: number, site: Site): string => `site-${n}-${site}`;

/** Gives the contracts their sites and the providers that have one their meter. */
export async function addMeters(portal: Portal, { providers }: Year, contracts: readonly ImportedContract[]) {
  const now = portal.clock();
  for (const { n, track, isMetered } of providers) {
    const { contract } = contracts[n] as ImportedContract;
    const { id: contractId, contractNumber, serviceProviderId, aggregatorId, contractReferenceNumber } = contract;
    const sites = SITES.map((name) =>
      portal.usageSites.created({
        ...{ id: siteIdOf(n, name), contractId, serviceProviderId, contractReferenceNumber, name },
        ...{ countryRegion: 'US', address: '', postCode: '', lastModifiedTime: now.toISOString(), version: 1 },
      }),
    );
    const familyType = track === 'TERM' ? 'RENTAL' : track;
    const meter: UsageMeter = {
      id: meterIdOf(n),
      serviceProviderId,
      instanceId: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
      name: `Meter ${n}`,
      softwareVersion: '4.8',
      mode: 'PRODUCTION',
      connection: 'ONLINE',
      contracts: [{ contractId, contractNumber, familyType, aggregatorId, siteId: siteIdOf(n, 'North') }],
      shared: false,
      registeredTime: now.toISOString(),
      lastModifiedTime: now.toISOString(),
      edits: 1,
      version: 1,
    };
    const result = await portal.units.commit([...sites, ...(isMetered ? portal.usageMeters.created(meter, now) : [])]);
    if (!result.ok) throw new Error(`provider ${n} is there already`);
  }
}
