import { addMonths, dateOf, monthsBetween, type Period, type PlainDate, periodOf } from '../domain/calendar/period.ts';
import { ROSTER_SHARDS } from '../domain/close/roster.ts';
import { owedDocument } from '../domain/contract-request/rules.ts';
import { type BeginPortal, type Begun, beginShard, failureOf, type HeldContracts } from './begin-period.ts';
import { type CatchUpPortal, catchUpContract } from './catch-up-contract.ts';
import { type CheckPortal, checkOrders } from './check-orders.ts';
import { dueContracts } from './due-contracts.ts';
import { inParallel } from './in-parallel.ts';
import { DUE_SHARDS } from './ports/contracts.ts';
import { type RemindPortal, remindParties } from './remind-parties.ts';

export type ProgrammeDayPortal = BeginPortal & CheckPortal & RemindPortal & CatchUpPortal;

/** Orders opened and made, mails queued; what failed is left for the next time, each with its cause. */
export type ProgrammeDayResult = { opened: number; made: number; mails: number; failures: Error[] };

const SHARDS = Array.from({ length: ROSTER_SHARDS }, (_, shard) => shard);
const SHARDS_AT_ONCE = 16;
const CONTRACTS_AT_ONCE = 8;
// A function has ten minutes; what isn't begun by then is begun by the next round.
const BUDGET_MS = 420_000;
const CHECKED = 'CHECKED';

/**
 * Does what the programme calendar brings about up to now, however long nobody has looked: every period that has begun gets
 * its orders, those of the periods before are opened, and whoever is due is reminded (domain.md §3). One contract's failure
 * doesn't stop the others. Run again, or twice at once, it does nothing twice: what is done is marked by shard, and each
 * order is made and opened under a condition.
 */
export async function runProgrammeDay(portal: ProgrammeDayPortal): Promise<ProgrammeDayResult> {
  const started = portal.clock();
  const running = periodOf(dateOf(started));
  const result: ProgrammeDayResult = { opened: 0, made: 0, mails: 0, failures: [] };
  await beginPeriods(portal, await periodsToBegin(portal, running), started, result);
  try {
    result.mails = await remindParties(portal, addMonths(running, -1));
  } catch (error) {
    result.failures.push(failureOf('mails of the calendar', error));
  }
  return result;
}

/** Periods up to the running one that have not begun in every shard, the oldest first. */
async function periodsToBegin(portal: ProgrammeDayPortal, running: Period): Promise<Period[]> {
  const begun = (await portal.programmeDays.begunUpTo()) ?? (await begunWithoutMark(portal, running));
  const count = Math.max(0, monthsBetween(begun, running));
  return Array.from({ length: count }, (_, index) => addMonths(begun, index + 1));
}

/** Where the job has never run: up to the last close somebody has looked after it, or the programme begins now. */
async function begunWithoutMark(portal: ProgrammeDayPortal, running: Period): Promise<Period> {
  const closes = await portal.closes.periods();
  return closes.at(-1)?.period ?? addMonths(running, -1);
}

async function beginPeriods(
  portal: ProgrammeDayPortal,
  periods: readonly Period[],
  started: Date,
  result: ProgrammeDayResult,
): Promise<void> {
  if (periods.length === 0) return;
  const held = await heldContracts(portal, dateOf(started));
  const waiting = new Set<number>();
  for (const period of periods) {
    if (hasNoTimeLeft(portal, started)) return;
    await checkOnce(portal, addMonths(period, -1), held, result);
    await inParallel(SHARDS, SHARDS_AT_ONCE, async (shard) => {
      const begun = await beginOne(portal, period, shard, { held, final: !waiting.has(shard), started });
      result.opened += begun.opened;
      result.made += begun.made;
      result.failures.push(...begun.failures);
      if (begun.isWaiting) waiting.add(shard);
    });
    if (waiting.size === 0) await portal.programmeDays.begunAll(period);
  }
}

const hasNoTimeLeft = (portal: ProgrammeDayPortal, started: Date): boolean =>
  portal.clock().getTime() - started.getTime() > BUDGET_MS;

/** Begins a shard, unless the time is used up; one that waits is looked at again by the next round. */
async function beginOne(
  portal: ProgrammeDayPortal,
  period: Period,
  shard: number,
  { started, ...how }: { held: HeldContracts; final: boolean; started: Date },
): Promise<Begun & { isWaiting: boolean }> {
  if (hasNoTimeLeft(portal, started)) return { opened: 0, made: 0, failures: [], isWaiting: true };
  try {
    const begun = await beginShard(portal, period, shard, how);
    return { ...begun, isWaiting: begun.failures.length > 0 };
  } catch (error) {
    return { opened: 0, made: 0, failures: [failureOf(`shard ${shard} of ${period}`, error)], isWaiting: true };
  }
}

/**
 * Does first what is due on contracts, so that none gets an order of a month that it has ended before. A contract where that
 * fails, or that owes a document, waits for the job of contracts, which issues documents and reports what fails.
 */
async function heldContracts(portal: ProgrammeDayPortal, today: PlainDate): Promise<HeldContracts> {
  const held = new Map<string, string>();
  const shards = Array.from({ length: DUE_SHARDS }, (_, shard) => dueContracts(portal, shard, today));
  const due = new Set((await Promise.all(shards)).flatMap((ids) => [...ids]));
  await inParallel(due, CONTRACTS_AT_ONCE, async (contractId) => {
    try {
      // A renewal whose prepayment is still to be invoiced comes before the end that it moves.
      if ((await portal.contractRequests.ofContract(contractId)).some(owedDocument)) {
        held.set(contractId, 'a document that it owes is still to be issued');
        return;
      }
      await catchUpContract(portal, contractId, { until: today, today });
    } catch (error) {
      held.set(contractId, `what is due on the contract failed: ${(error as Error).message}`);
    }
  });
  return held;
}

/** Checks a period that is over, before the next one is made of it. */
async function checkOnce(portal: ProgrammeDayPortal, over: Period, held: HeldContracts, result: ProgrammeDayResult) {
  try {
    if ((await portal.programmeDays.stepsDone(over)).has(CHECKED)) return;
    const { made, failures } = await checkOrders(portal, over, held);
    result.made += made;
    result.failures.push(...failures);
    await portal.programmeDays.stepDone(over, CHECKED, portal.clock());
  } catch (error) {
    result.failures.push(failureOf(`check of ${over}`, error));
  }
}
