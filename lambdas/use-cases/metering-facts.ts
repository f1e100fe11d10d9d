import { dateOf, type Period } from '../domain/calendar/period.ts';
import type { FamilyType } from '../domain/catalogue/family.ts';
import type { Product } from '../domain/catalogue/product.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { activeSeconds } from '../domain/metering/active-seconds.ts';
import type { ReadingFacts, ReadingRefusal } from '../domain/metering/check-reading.ts';
import type { ReadingUse } from '../domain/metering/reading.ts';
import { lastDayForArrears } from '../domain/usage/arrears.ts';
import type { UsageMeter } from '../domain/usage-meter/usage-meter.ts';
import type { Portal } from './ports/portal.ts';

/** Today's products of each code that a meter may report: those that replace it, else the one that has it. */
export function productsByCode(products: readonly Product[]): (code: string) => readonly Product[] {
  const byCode = new Map<string, Product[]>(products.map((product) => [product.code, [product]]));
  const replaced = new Map<string, Product[]>();
  for (const product of products) {
    for (const code of product.replaces ?? []) replaced.set(code, [...(replaced.get(code) ?? []), product]);
  }
  return (code) => replaced.get(code) ?? byCode.get(code) ?? [];
}

/** What readings of a meter are checked against now. */
export async function readingFacts(
  portal: Pick<Portal, 'catalogue' | 'contracts' | 'usageSites'>,
  meter: UsageMeter,
  now: Date,
): Promise<ReadingFacts> {
  const ids = meter.contracts.map(({ contractId }) => contractId);
  const [{ products }, found, sites] = await Promise.all([
    portal.catalogue.current(),
    portal.contracts.getMany(ids),
    Promise.all(ids.map((id) => portal.usageSites.ofContract(id))),
  ]);
  const contracts = new Map(found.map(({ contract }) => [contract.id, contract]));
  const openSites = new Map(
    ids.map((id, at) => [id, (sites[at] ?? []).filter(({ closedTime }) => closedTime === undefined)]),
  );
  const today = dateOf(now);
  return {
    now: now.getTime(),
    isTooOld: (of) => today > lastDayForArrears(of),
    placesOf: remembered((codes, site) =>
      placesOf({ meter, productsOf: productsByCode(products), siteIdOf: siteIds(openSites), codes, site }),
    ),
    isActive: activity(contracts),
  };
}

/** Most readings of an upload name the same products and site. */
function remembered(of: ReadingFacts['placesOf']): ReadingFacts['placesOf'] {
  const known = new Map<string, ReturnType<ReadingFacts['placesOf']>>();
  return (codes, site) => {
    const name = `${codes.join(';')}\n${site}`;
    const found = known.get(name) ?? of(codes, site);
    known.set(name, found);
    return found;
  };
}

type SiteIdOf = (contractId: string, name: string) => string | undefined;

const siteIds =
  (openSites: ReadonlyMap<string, readonly { id: string; name: string }[]>): SiteIdOf =>
  (contractId, name) =>
    openSites.get(contractId)?.find((site) => site.name === name)?.id;

function placesOf(asked: {
  meter: UsageMeter;
  productsOf: (code: string) => readonly Product[];
  siteIdOf: SiteIdOf;
  codes: readonly string[];
  site: string;
}): ReadingUse['places'] | ReadingRefusal {
  const { meter, productsOf, siteIdOf, codes, site } = asked;
  const families = new Set<FamilyType>();
  for (const code of codes) {
    const products = productsOf(code);
    if (products.length === 0) return { reason: 'UNKNOWN_PRODUCT', message: `there is no product ${code}` };
    const unmetered = products.find(({ metering }) => metering === undefined);
    if (unmetered) return { reason: 'NOT_METERED', message: `${unmetered.code} is not reported by usage meters` };
    for (const { family } of products) families.add(family);
  }
  const places: Record<string, string> = {};
  for (const { contractId, familyType, siteId = '' } of meter.contracts) {
    if (!families.delete(familyType)) continue;
    const named = site === '' ? siteId : siteIdOf(contractId, site);
    if (named === undefined) return { reason: 'UNKNOWN_SITE', message: `the contract has no open usage site ${site}` };
    places[contractId] = named;
  }
  const [family] = families;
  if (family) return { reason: 'NO_CONTRACT', message: `the meter reports for no contract of family ${family}` };
  return places;
}

function activity(contracts: ReadonlyMap<string, Contract>): ReadingFacts['isActive'] {
  const known = new Map<string, ReturnType<typeof activeSeconds>>();
  const secondsIn = (contractId: string, of: Period) => {
    const name = `${contractId} ${of}`;
    if (!known.has(name)) {
      const contract = contracts.get(contractId);
      known.set(name, contract && activeSeconds(contract, of));
    }
    return known.get(name);
  };
  return (contractIds, of, from, to) =>
    contractIds.some((id) => {
      const active = secondsIn(id, of);
      return active !== undefined && from < active[1] && active[0] < to;
    });
}
