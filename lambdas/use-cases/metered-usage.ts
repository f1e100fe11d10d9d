import type { Period } from '../domain/calendar/period.ts';
import { trackOf } from '../domain/catalogue/family.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { customersByLabel } from '../domain/customer/labels.ts';
import { activeSeconds } from '../domain/metering/active-seconds.ts';
import { type MeterUnits, meterUnits } from '../domain/metering/meter-units.ts';
import { meteredLine } from '../domain/metering/metered-line.ts';
import { addMetered, type MeteredSums, type MeteringTerms, meteredQuantities } from '../domain/metering/metered-use.ts';
import type { FedUsage } from '../domain/usage/account-usage.ts';
import type { UsageMeter } from '../domain/usage-meter/usage-meter.ts';
import { inParallel } from './in-parallel.ts';
import { productsByCode } from './metering-facts.ts';
import { keptCustomers } from './of-customers.ts';
import type { Portal } from './ports/portal.ts';
import { mergedBatches } from './reading-batches.ts';

export type MeteredUsagePortal = Pick<
  Portal,
  'catalogue' | 'usageSites' | 'customers' | 'usageMeters' | 'readings' | 'documents'
>;

/** What the meters of a contract say of a month: the lines it makes, and what each of them has reported. */
export type MeteredUsage = {
  /** Whether any of them has told anything of it, be it that nothing was used. */
  isTold: boolean;
  lines: FedUsage[];
  meters: MeterUnits[];
};

const METERS_AT_ONCE = 2;

/**
 * What all meters of a contract say of a month, those that were removed since too: each product, site and customer is
 * added up over them and rounded once (domain.md §5 "vRAM metering").
 */
export async function meteredUsage(portal: MeteredUsagePortal, contract: Contract, of: Period): Promise<MeteredUsage> {
  const [links, { products }, sites, customerOf] = await Promise.all([
    portal.usageMeters.ofContract(contract.id),
    portal.catalogue.current(),
    portal.usageSites.ofContract(contract.id),
    customerOfLabel(portal, contract, of),
  ]);
  const meters = await portal.usageMeters.getMany(links.map(({ meterId }) => meterId));
  meters.sort((a, b) => (a.id < b.id ? -1 : 1));
  const productOf = new Map(products.map((product) => [product.code, product]));
  const siteNameOf = (siteId: string) => sites.find(({ id }) => id === siteId)?.name ?? '';
  const terms = {
    contractId: contract.id,
    track: trackOf(contract.listing.familyType, contract.listing.kind),
    active: activeSeconds(contract, of) ?? ([0, 0] as const),
    productsOf: productsByCode(products),
    customerOf,
  };
  const perMeter = await inParallel(meters, METERS_AT_ONCE, (meter) =>
    meterSums(portal, meter, of, { ...terms, productionFrom: productionFrom(meter, of) }),
  );
  const names = { productOf: (code: string) => productOf.get(code), siteNameOf };
  return {
    isTold: perMeter.some(({ batches }) => batches > 0),
    lines: meteredQuantities(addedUp(perMeter.map(({ sums }) => sums)), of).map(
      ({ productCode, siteId, customerNumber, quantity }) => {
        const product = productOf.get(productCode);
        if (!product) throw new Error(`product ${productCode} is not in the catalogue`);
        return meteredLine(product, { siteId, siteName: siteNameOf(siteId), customerNumber }, quantity);
      },
    ),
    meters: meters.flatMap((meter, at) => meterUnits(meter, (perMeter[at] as MeterSums).sums, of, names)),
  };
}

/**
 * The end customer that usage with a label is of: in Sovereign Cloud the one that the label names in that month, or *Unknown*;
 * elsewhere usage is told apart by the label itself.
 */
async function customerOfLabel(
  portal: MeteredUsagePortal,
  contract: Contract,
  of: Period,
): Promise<(label: string) => string> {
  if (contract.listing.familyType !== 'SOV') return (label) => label;
  const named = customersByLabel(await keptCustomers(portal, contract), of);
  return (label) => named.get(label) ?? '';
}

type MeterSums = { batches: number; sums: MeteredSums };

async function meterSums(
  portal: MeteredUsagePortal,
  meter: UsageMeter,
  of: Period,
  terms: MeteringTerms,
): Promise<MeterSums> {
  const batches = await portal.readings.batches(meter.id, of);
  const merged = await mergedBatches(portal, batches);
  const sums: MeteredSums = new Map();
  for (const readings of merged.values()) for (const reading of readings) addMetered(sums, reading, terms);
  return { batches: batches.length, sums };
}

function addedUp(perMeter: readonly MeteredSums[]): MeteredSums {
  const total: MeteredSums = new Map();
  for (const [key, sum] of perMeter.flatMap((sums) => [...sums])) {
    const before = total.get(key);
    total.set(key, before ? { ...before, billable: before.billable + sum.billable } : { ...sum });
  }
  return total;
}

/** The first second of a month that a meter's readings count from: hours before it went into production never do. */
function productionFrom({ mode, productionSince }: UsageMeter, of: Period): number | undefined {
  if (mode === 'TEST') return undefined;
  if (productionSince === undefined) return 0;
  return Math.max(0, Math.ceil((Date.parse(productionSince) - Date.parse(`${of}-01T00:00:00Z`)) / 1_000));
}
