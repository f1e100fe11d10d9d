import type { CloseRun, SetAside, Undelivered } from '../domain/close/run.ts';
import { batchName, workBytes } from './bytes.ts';
import type { Portal } from './ports/portal.ts';
import { type NumberedRow, type PlannedContract, type RunParty, runFiles } from './run-files.ts';
import { type Cause, numberedAside, plannedAside } from './set-aside.ts';

const LONGEST_REASON = 300;

/** A stage of the close that works in batches, and a batch of it that failed as a whole. */
export type FailedBatch =
  | { stage: 'Rate'; items: readonly PlannedContract[] }
  | { stage: 'Issue'; items: readonly NumberedRow[] }
  | { stage: 'Settle' | 'Notify'; items: readonly RunParty[] };

/**
 * Records that a whole batch has failed, with its cause, so that the run goes on without it (aws-design: one order's
 * failure is data). What the batch had done before it failed counts all the same.
 */
export async function setBatchAside(
  portal: Pick<Portal, 'workFiles'>,
  run: CloseRun,
  batch: FailedBatch,
  failure: { code: string; message: string },
): Promise<{ failed: number }> {
  const aside = asideEntries(batch, { code: failure.code, reason: failure.message.slice(0, LONGEST_REASON) });
  const key = runFiles.aside(run.name, batch.stage, `${batchName(batch.items)}-whole`);
  await portal.workFiles.putOnce(key, workBytes(aside), 'application/json');
  return { failed: aside.length };
}

function asideEntries(batch: FailedBatch, cause: Cause): (SetAside | Undelivered)[] {
  switch (batch.stage) {
    case 'Rate':
      return batch.items.flatMap((contract) => contract.orders.map((order) => plannedAside(contract, order, cause)));
    case 'Issue':
      return batch.items.map((row) => numberedAside(row, cause));
    default:
      return batch.items.map((party) => ({ partyId: party.id, stage: batch.stage, ...cause }));
  }
}
