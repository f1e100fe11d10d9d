import type { Period } from '../domain/calendar/period.ts';
import type { Product } from '../domain/catalogue/product.ts';
import type { Contract } from '../domain/contract/contract.ts';
import type { Caller } from './caller.ts';
import { committed } from './committed.ts';
import { contractOf } from './contract-of.ts';
import { PortalError, type ProblemCode } from './errors.ts';
import { inParallel } from './in-parallel.ts';
import type { Change } from './ports/changes.ts';
import type { DueCause } from './ports/metered-months.ts';
import type { Portal } from './ports/portal.ts';
import { type PrefillPortal, prefillOrder } from './prefill-order.ts';
import { noContract } from './read-contracts.ts';

export type EnterPortal = PrefillPortal & Pick<Portal, 'contracts' | 'meteredMonths' | 'feedHeads'>;

/** Who enters records, and when. */
export type Entry = { caller: Caller; now: Date };

/** What came of a record that was sent: UNCHANGED when it was there already, with the same content. */
export type EntryOutcome<Kept> =
  | { result: 'ENTERED' | 'UNCHANGED'; record: Kept }
  | { result: 'REFUSED'; problem: PortalError };

/** How records of a kind are entered. */
export type RecordKind<Asked, Kept> = {
  /** What there is one of each. */
  nameOf(asked: Asked): string;
  /** Refuses a second of the same name. */
  exists: ProblemCode;
  /** Those of some names that are there, by name. */
  known(names: readonly string[]): Promise<ReadonlyMap<string, Kept>>;
  /**
   * The record that is to be kept: the one that is there, where it says the same.
   * @throws PortalError what is wrong with it
   */
  made(asked: Asked, of: { contract: Contract; products: readonly Product[]; before: Kept | undefined }): Promise<Kept>;
  /** What is committed with new records of a contract: at most four actions each, and one more. */
  changes(entered: readonly [Kept, ...Kept[]]): Change[];
  /** Months whose usage it changes. */
  months(kept: Kept): Period[];
};

// A hundred actions a transaction; beside the records: a mail, the months that are due, the head of the contract's feed.
const ENTERED_AT_ONCE = 20;
const CONTRACTS_AT_ONCE = 4;

/**
 * The vendor enters records that usage of contracts follows from, each by itself: one that is refused keeps no other out, one
 * that is there already with the same content changes nothing. When this returns their usage is on orders; should that fail,
 * within minutes.
 *
 * @param asked each name once; of the others the first counts
 * @returns what came of each, in the order given
 */
export async function enterRecords<Asked extends { contractId: string }, Kept>(
  portal: EnterPortal,
  entry: Entry,
  kind: RecordKind<Asked, Kept>,
  asked: readonly Asked[],
): Promise<EntryOutcome<Kept>[]> {
  const firsts = new Map(asked.toReversed().map((each) => [kind.nameOf(each), each]));
  const twice = new PortalError(kind.exists, 'It is in this request twice: the first counts');
  const outcomes = new Map<Asked, EntryOutcome<Kept>>(
    asked.map((each) => [each, { result: 'REFUSED', problem: twice }]),
  );
  const ofContracts = Map.groupBy(firsts.values(), ({ contractId }) => contractId);
  await inParallel([...ofContracts], CONTRACTS_AT_ONCE, async ([contractId, all]) => {
    const months = new Set<Period>();
    for (let at = 0; at < all.length; at += ENTERED_AT_ONCE) {
      const some = all.slice(at, at + ENTERED_AT_ONCE);
      for (const [each, outcome] of await enterSome(portal, entry, kind, contractId, some)) {
        outcomes.set(each, outcome);
        if (outcome.result === 'ENTERED') for (const month of kind.months(outcome.record)) months.add(month);
      }
    }
    if (months.size > 0) await bringUp(portal, contractId, months);
  });
  return asked.map((each) => outcomes.get(each) as EntryOutcome<Kept>);
}

/** Brings the orders with usage of some months of a contract up to date; the job does what fails here. */
export async function bringUp(portal: EnterPortal, contractId: string, months: Iterable<Period>): Promise<void> {
  const contract = await contractOf(portal, contractId);
  for (const month of months) await prefillOrder(portal, contract, month);
}

/** What is committed with a change of a contract's records: the head of its feed, and that its months are brought up to date. */
export function feedMoved(
  portal: Pick<Portal, 'feedHeads' | 'meteredMonths' | 'newId'>,
  { contractId, version, now }: { contractId: string; version: number; now: Date },
  months: Iterable<Period>,
): Change[] {
  const cause: DueCause = { kind: 'FEED', id: String(version + 1), token: portal.newId() };
  const due = [...new Set(months)].map((period) => portal.meteredMonths.isDue({ contractId, period }, cause, now));
  return [portal.feedHeads.moved(contractId, version), ...due];
}

function enterSome<Asked, Kept>(
  portal: EnterPortal,
  { now }: Entry,
  kind: RecordKind<Asked, Kept>,
  contractId: string,
  asked: readonly Asked[],
): Promise<[Asked, EntryOutcome<Kept>][]> {
  return committed(portal, 'The records', async () => {
    const version = await portal.feedHeads.version(contractId);
    const [found, { products }, known] = await Promise.all([
      portal.contracts.get(contractId),
      portal.catalogue.current(),
      kind.known(asked.map(kind.nameOf)),
    ]);
    const outcomes: [Asked, EntryOutcome<Kept>][] = [];
    for (const each of asked) {
      const before = known.get(kind.nameOf(each));
      outcomes.push([each, await outcomeOf(kind, each, { contractId, contract: found?.contract, products, before })]);
    }
    const entered = outcomes.flatMap(([, each]) => (each.result === 'ENTERED' ? [each.record] : []));
    const [first, ...others] = entered;
    if (first === undefined) return { changes: [], result: outcomes };
    const moved = feedMoved(portal, { contractId, version, now }, entered.flatMap(kind.months));
    return { changes: [...moved, ...kind.changes([first, ...others])], result: outcomes };
  });
}

type RecordFacts<Kept> = {
  contractId: string;
  contract: Contract | undefined;
  products: readonly Product[];
  before: Kept | undefined;
};

async function outcomeOf<Asked, Kept>(
  kind: RecordKind<Asked, Kept>,
  asked: Asked,
  { contractId, contract, products, before }: RecordFacts<Kept>,
): Promise<EntryOutcome<Kept>> {
  try {
    if (!contract) throw new PortalError('NOT_FOUND', noContract(contractId));
    const record = await kind.made(asked, { contract, products, before });
    return { result: record === before ? 'UNCHANGED' : 'ENTERED', record };
  } catch (error) {
    if (error instanceof PortalError) return { result: 'REFUSED', problem: error };
    throw error;
  }
}
