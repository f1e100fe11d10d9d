import { type CheckedLoad, checkLoad } from '../domain/catalogue/check-load.ts';
import type { LoadConflict, LoadCounts, LoadFault } from '../domain/catalogue/load.ts';
import type { Caller } from './caller.ts';
import { type CatalogueSource, readCatalogueSource, type SourcedLoad } from './catalogue-source.ts';
import { PortalError, RetryableError } from './errors.ts';
import type { CatalogueVersion } from './ports/catalogue.ts';
import type { Change } from './ports/changes.ts';
import type { RunKey } from './ports/closes.ts';
import type { Portal } from './ports/portal.ts';

export type LoadPortal = Pick<Portal, 'units' | 'audit' | 'catalogue' | 'closes'>;

export type LoadRequest = {
  source: CatalogueSource;
  /** Checks everything and changes nothing. */
  dryRun: boolean;
  caller: Caller;
  now: Date;
  newId: () => string;
};

/** How many entries of each kind were new, changed, and as they were. */
export type LoadResult = CheckedLoad['counts'];

const ATTEMPTS = 3;
// Errors of 100 bytes: 500 KB, far below what an answer may have.
const MOST_ERRORS = 5_000;

/**
 * Loads families, SKUs, products and price lists into the catalogue: all of them or, when anything is wrong, none. The
 * same load again changes nothing and answers so.
 *
 * @throws PortalError BAD_REQUEST, or where only that is wrong CATALOGUE_ENTRY_FIXED, PRICE_LIST_EXISTS, PERIOD_FROZEN:
 *   with every error, named by JSON path or by line and column
 * @throws RetryableError while others keep changing the catalogue
 */
export async function loadCatalogue(portal: LoadPortal, request: LoadRequest): Promise<LoadResult> {
  const sourced = await readCatalogueSource(request.source);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    // What is read first is checked when the load is committed: a close that is claimed after this may bill what begins now.
    const lastClaimed = await portal.closes.lastClaimed();
    const [current, priceLists, closes] = await Promise.all([
      portal.catalogue.current(),
      portal.catalogue.priceLists(),
      portal.closes.periods(),
    ]);
    const lastFrozen = closes
      .map(({ period }) => period)
      .sort()
      .at(-1);
    const result = checkLoad(sourced.load, { content: current, priceLists, lastFrozen, newId: request.newId });
    if (!result.ok || sourced.errors.length > 0) throw refusalOf(sourced, result.ok ? [] : result.faults);
    const { checked } = result;
    if (request.dryRun || changesNothing(checked)) return checked.counts;
    if (await commit(portal, request, checked, current, lastClaimed)) return checked.counts;
  }
  throw new RetryableError('the catalogue kept changing while this was loaded');
}

function refusalOf({ errors, nameOf }: SourcedLoad, faults: readonly LoadFault[]): PortalError {
  const all = [...errors, ...faults.map(({ path, message }) => ({ field: nameOf(path), message }))];
  const [conflict] = faults.map((fault) => fault.conflict);
  const onlyConflicts = errors.length === 0 && faults.every((fault) => fault.conflict !== undefined);
  const code: 'BAD_REQUEST' | LoadConflict = (onlyConflicts && conflict) || 'BAD_REQUEST';
  const [first] = all;
  const counted = all.length === 1 ? '' : `, and ${all.length - 1} more`;
  const message = `Nothing was loaded: ${first?.field} ${first?.message}${counted}`;
  return new PortalError(code, message, all.slice(0, MOST_ERRORS));
}

const isChanged = ({ created, changed }: LoadCounts) => created + changed > 0;

const changesNothing = ({ counts }: CheckedLoad) => !Object.values(counts).some(isChanged);

/** Answers whether it is in: false when the catalogue has moved on or a close was claimed meanwhile. */
async function commit(
  portal: LoadPortal,
  { caller, now, newId }: LoadRequest,
  { content, priceLists, counts }: CheckedLoad,
  current: CatalogueVersion,
  lastClaimed: RunKey | undefined,
): Promise<boolean> {
  const load = newId();
  const changes: Change[] = priceLists.map((list) => portal.catalogue.priceListCreated(list));
  if (priceLists.length > 0) changes.push(portal.closes.noneClaimedSince(lastClaimed));
  if (isChanged(counts.families) || isChanged(counts.skus) || isChanged(counts.products)) {
    await portal.catalogue.stage(load, content);
    changes.push(portal.catalogue.putInForce(load, current.load));
  }
  const audited = portal.audit.recorded({
    organizationId: caller.organizationId,
    subject: 'CATALOGUE',
    id: `${load}#load`,
    time: now.toISOString(),
    actor: caller.userId,
    action: 'loadCatalogue',
    reason: Object.entries(counts)
      .filter(([, count]) => isChanged(count))
      .map(([kind, { created, changed }]) => `${kind}: ${created} new, ${changed} changed`)
      .join('; '),
  });
  return (await portal.units.commit([...changes, audited])).ok;
}
