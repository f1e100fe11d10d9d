import type { CloseRun, SetAside, Undelivered } from '../domain/close/run.ts';
import { asideOf } from './issue-batch.ts';
import type { Portal } from './ports/portal.ts';
import { setAside } from './rate-batch.ts';
import { batchName, type NumberedRow, type PlannedContract, type RunParty, runFiles, workBytes } from './run-files.ts';

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
  const aside = asideEntries(batch, failure);
  const key = runFiles.aside(run.name, batch.stage, `${batchName(batch.items)}-whole`);
  await portal.workFiles.putOnce(key, workBytes(aside), 'application/json');
  return { failed: aside.length };
}

function asideEntries(
  batch: FailedBatch,
  { code, message }: { code: string; message: string },
): (SetAside | Undelivered)[] {
  const reason = message.slice(0, 300);
  switch (batch.stage) {
    case 'Rate':
      return batch.items.flatMap((contract) => contract.orders.map((order) => setAside(contract, order, code, reason)));
    case 'Issue':
      return batch.items.map((row) => asideOf(row, code, reason));
    default:
      return batch.items.map((party) => ({ partyId: party.id, stage: batch.stage, code, reason }));
  }
}
