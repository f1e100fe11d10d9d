import type { Period } from '../domain/calendar/period.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { activeSeconds } from '../domain/metering/active-seconds.ts';
import { addMetered, type MeteredSums, meteredQuantities } from '../domain/metering/metered-use.ts';
import { type MeteredLine, meteredLine } from '../domain/metering/prefill.ts';
import type { UsageMeter } from '../domain/usage-meter/usage-meter.ts';
import { productsByCode } from './metering-facts.ts';
import type { Portal } from './ports/portal.ts';
import { mergedBatches } from './reading-batches.ts';

export type MeteredUsagePortal = Pick<Portal, 'catalogue' | 'usageSites' | 'usageMeters' | 'readings' | 'documents'>;

/**
 * What one meter's readings of a month come to for a contract, by product, site and customer, what is never billed beside
 * what is; undefined when it has reported nothing.
 */
export async function meterSums(
  portal: MeteredUsagePortal,
  meter: UsageMeter,
  contract: Contract,
  of: Period,
  sums: MeteredSums = new Map(),
): Promise<MeteredSums> {
  const [{ products }, batches] = await Promise.all([
    portal.catalogue.current(),
    portal.readings.batches(meter.id, of),
  ]);
  const merged = await mergedBatches(portal, batches);
  const terms = {
    contractId: contract.id,
    family: contract.listing.familyType,
    active: activeSeconds(contract, of) ?? ([0, 0] as const),
    productionFrom: productionFrom(meter, of),
    productsOf: productsByCode(products),
  };
  for (const readings of merged.values()) for (const reading of readings) addMetered(sums, reading, terms);
  return sums;
}

/** The first second of a month that a meter's readings count from: hours before it went into production never do. */
function productionFrom({ mode, productionSince }: UsageMeter, of: Period): number | undefined {
  if (mode === 'TEST') return undefined;
  if (productionSince === undefined) return 0;
  return Math.max(0, Math.ceil((Date.parse(productionSince) - Date.parse(`${of}-01T00:00:00Z`)) / 1_000));
}

/** What all meters of a contract say of a month, each product, site and customer added up over them and rounded once. */
export async function meteredUsage(portal: MeteredUsagePortal, contract: Contract, of: Period): Promise<MeteredLine[]> {
  const links = await portal.usageMeters.ofContract(contract.id);
  const meters = await portal.usageMeters.getMany(links.map(({ meterId }) => meterId));
  const sums: MeteredSums = new Map();
  for (const meter of meters) await meterSums(portal, meter, contract, of, sums);
  return meteredLines(portal, contract, of, sums);
}

/** The lines that sums make: with today's products, and the sites as they are named now. */
export async function meteredLines(
  portal: MeteredUsagePortal,
  contract: Contract,
  of: Period,
  sums: MeteredSums,
): Promise<MeteredLine[]> {
  const [{ products }, sites] = await Promise.all([
    portal.catalogue.current(),
    portal.usageSites.ofContract(contract.id),
  ]);
  const productOf = new Map(products.map((product) => [product.code, product]));
  const nameOf = new Map(sites.map(({ id, name }) => [id, name]));
  return meteredQuantities(sums, of).map(({ productCode, siteId, customerNumber, quantity }) => {
    const product = productOf.get(productCode);
    if (!product) throw new Error(`product ${productCode} is not in the catalogue`);
    return meteredLine(product, { siteId, siteName: nameOf.get(siteId) ?? '', customerNumber }, quantity);
  });
}

