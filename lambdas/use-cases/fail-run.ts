import type { CloseRun } from '../domain/close/run.ts';
import type { Portal } from './ports/portal.ts';

const LONGEST_MESSAGE = 1_000;

/** Records why a run has failed; what it left unbilled waits for a redrive. Running it again changes nothing. */
export async function failRun(
  portal: Pick<Portal, 'clock' | 'units' | 'closes'>,
  run: CloseRun,
  failure: { code: string; message: string },
): Promise<void> {
  const failed: CloseRun = {
    ...run,
    status: 'FAILED',
    finishedTime: portal.clock().toISOString(),
    failure: { code: failure.code, message: failure.message.slice(0, LONGEST_MESSAGE) },
  };
  await portal.units.commit(portal.closes.finished(failed, 'INCOMPLETE'));
}
