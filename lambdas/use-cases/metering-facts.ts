import { dateOf, type Period } from '../domain/calendar/period.ts';
import { trackOf } from '../domain/catalogue/family.ts';
import type { Product } from '../domain/catalogue/product.ts';
import type { Contract } from '../domain/contract/contract.ts';
import type { UsageSite } from '../domain/contract/usage-site.ts';
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
  const sitesOf = new Map(ids.map((id, at) => [id, sites[at] ?? []]));
  const today = dateOf(now);
  return {
    now: now.getTime(),
    isTooOld: (of) => today > lastDayForArrears(of),
    placesOf: remembered(closings([...sitesOf.values()].flat()), (codes, site, at) =>
      placesOf({ meter, productsOf: productsByCode(products), siteIdOf: siteIds(sitesOf, at), codes, site }),
    ),
    isActive: activity(contracts),
  };
}

/** When sites were closed: between two of these moments all that a name stands for is the same. */
const closings = (sites: readonly UsageSite[]): number[] =>
  sites.flatMap(({ closedTime }) => (closedTime === undefined ? [] : [Date.parse(closedTime)])).sort((a, b) => a - b);

/** Most readings of an upload name the same products and site. */
function remembered(changes: readonly number[], of: ReadingFacts['placesOf']): ReadingFacts['placesOf'] {
  const known = new Map<string, ReturnType<ReadingFacts['placesOf']>>();
  return (codes, site, at) => {
    const name = `${codes.join(';')}\n${site}\n${changes.findIndex((time) => at < time)}`;
    const found = known.get(name) ?? of(codes, site, at);
    known.set(name, found);
    return found;
  };
}

type SiteIdOf = (contractId: string, name: string) => string | undefined;

/** The site of a name: the open one, else the one that was open then, of several the one that was closed last. */
const siteIds =
  (sitesOf: ReadonlyMap<string, readonly UsageSite[]>, at: number): SiteIdOf =>
  (contractId, name) => {
    const named = (sitesOf.get(contractId) ?? []).filter((site) => site.name === name);
    const open = named.find(({ closedTime }) => closedTime === undefined);
    const [last] = named
      .filter(({ closedTime }) => closedTime !== undefined && at < Date.parse(closedTime))
      .sort((a, b) => ((a.closedTime ?? '') > (b.closedTime ?? '') ? -1 : 1));
    return (open ?? last)?.id;
  };

function placesOf(asked: {
  meter: UsageMeter;
  productsOf: (code: string) => readonly Product[];
  siteIdOf: SiteIdOf;
  codes: readonly string[];
  site: string;
}): ReadingUse['places'] | ReadingRefusal {
  const { meter, productsOf, siteIdOf, codes, site } = asked;
  const tracks = new Set<ReturnType<typeof trackOf>>();
  for (const code of codes) {
    const products = productsOf(code);
    if (products.length === 0) return { reason: 'UNKNOWN_PRODUCT', message: `there is no product ${code}` };
    const unmetered = products.find(({ metering }) => metering === undefined);
    if (unmetered) return { reason: 'NOT_METERED', message: `${unmetered.code} is not reported by usage meters` };
    for (const { family, kind } of products) tracks.add(trackOf(family, kind));
  }
  const places: Record<string, string> = {};
  for (const { contractId, familyType, kind, siteId = '' } of meter.contracts) {
    if (!tracks.delete(trackOf(familyType, kind))) continue;
    const named = site === '' ? siteId : siteIdOf(contractId, site);
    if (named === undefined)
      return { reason: 'UNKNOWN_SITE', message: `the contract had no open usage site ${site} then` };
    places[contractId] = named;
  }
  const [track] = tracks;
  if (track) return { reason: 'NO_CONTRACT', message: `the meter reports for no ${track} contract` };
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
