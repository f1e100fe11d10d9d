import { addMonths, dateOf, firstDay, type Period } from '../domain/calendar/period.ts';
import { ROSTER_SHARDS } from '../domain/close/roster.ts';
import type { CloseRun } from '../domain/close/run.ts';
import { isOutstandingIn } from '../domain/contract-request/rules.ts';
import { type BringUpPortal, bringContractUp } from './bring-contract-up.ts';
import { dueContracts } from './due-contracts.ts';
import { inParallel } from './in-parallel.ts';
import { periodsToBill } from './periods-to-bill.ts';
import type { AsideContract } from './ports/contract-months.ts';
import { DUE_SHARDS } from './ports/contracts.ts';
import type { Portal } from './ports/portal.ts';

export type BringContractsUpPortal = BringUpPortal & Pick<Portal, 'settings' | 'closes' | 'contractMonths'>;

/** Contracts looked at, how many of them are set aside; what failed, each with its cause. */
export type ContractsBroughtUp = { contracts: number; setAside: number; failures: Error[] };

// Eight shards at once do so.
const AT_ONCE = 8;
// What was written a moment ago is in the indexes by the second look; more is for what still comes in meanwhile.
const MOST_LOOKS = 3;
const LONGEST_REASON = 300;

/**
 * Brings a shard of the contracts up to the end of a run's period, before that is frozen: what is due on them is done as the
 * daily job does it, so that the period is billed by the terms it should be also when the job was down. A contract on which
 * something is still due then is set aside with its cause: it isn't billed, and its terms may still change. One that was set
 * aside by an earlier run and is as it should be is taken back (docs/decisions/0011).
 */
export async function bringContractsUp(
  portal: BringContractsUpPortal,
  run: CloseRun,
  shard: number,
): Promise<ContractsBroughtUp> {
  const result: ContractsBroughtUp = { contracts: 0, setAside: 0, failures: [] };
  const until = firstDay(addMonths(run.period, 1));
  const before = await asideBefore(portal, run, shard);
  const seen = new Set<string>();
  for (let look = 0; look < MOST_LOOKS; look++) {
    const due = await dueContracts(portal, shard, until);
    const fresh = [...(look === 0 ? before.keys() : []), ...due].filter((contractId) => !seen.has(contractId));
    if (look > 0 && fresh.length === 0) break;
    for (const contractId of fresh) seen.add(contractId);
    await inParallel(new Set(fresh), AT_ONCE, async (contractId) => {
      const days = { until, today: dateOf(portal.clock()) };
      const { failures } = await bringContractUp(portal, contractId, days);
      result.failures.push(...failures);
      if (await settled(portal, run, contractId, before.get(contractId) ?? [], failures)) result.setAside++;
    });
  }
  return { ...result, contracts: seen.size };
}

/** What earlier runs have set aside of the shard in periods that this run bills, by contract. */
async function asideBefore(
  portal: BringContractsUpPortal,
  run: CloseRun,
  shard: number,
): Promise<Map<string, AsideContract[]>> {
  const rosterShards = Array.from({ length: ROSTER_SHARDS }, (_, each) => each).filter(
    (each) => each % DUE_SHARDS === shard,
  );
  const periods = await periodsToBill(portal, run);
  const found = await Promise.all(
    periods.flatMap((period) => rosterShards.map((each) => Array.fromAsync(portal.contractMonths.aside(period, each)))),
  );
  return Map.groupBy(found.flat(), ({ contractId }) => contractId);
}

/**
 * Takes a contract back in the periods in which nothing is due on it any more, and sets it aside in those in which something
 * is.
 * @returns whether it is set aside anywhere
 */
async function settled(
  portal: BringContractsUpPortal,
  run: CloseRun,
  contractId: string,
  before: readonly AsideContract[],
  failures: readonly Error[],
): Promise<boolean> {
  const requests = await portal.contractRequests.ofContract(contractId);
  const isBehindIn = (period: Period) => requests.some((request) => isOutstandingIn(request, period));
  const causes = failures.map(({ message }) => message).join('; ') || 'something due on it waits for another';
  const reason = causes.slice(0, LONGEST_REASON);
  let isAside = false;
  for (const aside of before) {
    if (!isBehindIn(aside.period)) await portal.units.commit([portal.contractMonths.takenBack(aside)]);
    else {
      isAside = true;
      await portal.units.commit([portal.contractMonths.keptAside({ ...aside, run: run.name, reason })]);
    }
  }
  if (before.some(({ period }) => period === run.period) || !isBehindIn(run.period)) return isAside;
  const { ok } = await portal.units.commit(
    portal.contractMonths.setAside({ period: run.period, contractId, run: run.name, reason }),
  );
  return ok || isAside;
}
