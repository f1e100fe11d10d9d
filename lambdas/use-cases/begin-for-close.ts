import { addMonths, type Period } from '../domain/calendar/period.ts';
import { ROSTER_SHARDS } from '../domain/close/roster.ts';
import type { CloseRun } from '../domain/close/run.ts';
import { type BeginPortal, beginShard } from './begin-period.ts';
import { RetryableError } from './errors.ts';
import { inParallel } from './in-parallel.ts';
import type { Portal } from './ports/portal.ts';

export type BeginForClosePortal = BeginPortal & Pick<Portal, 'closes'>;

const SHARDS_AT_ONCE = 16;

/**
 * Begins the period of a run where the programme-day job has not, so that a month is billed also when nobody has made its
 * orders: they are made as the job makes them, before the freeze after which none can be (docs/decisions/0013). Contracts
 * on which something is still due get theirs too: they are set aside, and billed when they are taken back.
 *
 * @throws RetryableError when an order could not be made: the period is not frozen without it
 */
export async function beginForClose(portal: BeginForClosePortal, { period, dryRun }: CloseRun): Promise<void> {
  if (dryRun || !(await isBehind(portal, period))) return;
  const shards = Array.from({ length: ROSTER_SHARDS }, (_, shard) => shard);
  const begun = await inParallel(shards, SHARDS_AT_ONCE, (shard) =>
    beginShard(portal, period, shard, { held: new Map(), final: true }),
  );
  const [failure] = begun.flatMap(({ failures }) => failures);
  if (failure) throw new RetryableError(`the period ${period} could not begin: ${failure.message}`);
}

/** Whether the job has begun periods up to one before this; where it has never run, those up to the last close count. */
async function isBehind(portal: BeginForClosePortal, period: Period): Promise<boolean> {
  const begun = await portal.programmeDays.begunUpTo();
  if (begun !== undefined) return begun < period;
  const closes = await portal.closes.periods();
  return closes.some((close) => close.period === addMonths(period, -1));
}
