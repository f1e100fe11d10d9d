import type { Period } from '../../lambdas/domain/calendar/period.ts';
import type { CloseReport, CloseRun } from '../../lambdas/domain/close/run.ts';
import { type StartMode, startClose } from '../../lambdas/use-cases/start-close.ts';
import type { LocalPortal } from '../local-portal.ts';

/** The run has failed: its code and sentence, for a person. */
export class RunFailed extends Error {
  override readonly name = 'RunFailed';

  constructor({ name, period }: { name: string; period: string }, { code, message }: NonNullable<CloseRun['failure']>) {
    super(
      `Run ${name} has failed: ${message} (${code}). Nothing is lost: redrive it with npm run portal -- redrive --period ${period}`,
    );
  }
}

/**
 * Starts a close and waits for its end.
 * @throws PortalError when it can't be started, RunFailed when the run fails
 */
export async function runClose(
  local: LocalPortal,
  request: { period: Period; mode: StartMode; dryRun?: boolean; now: Date },
): Promise<{ run: CloseRun; report: CloseReport }> {
  const claimed = await startClose(local.portal, { ...request, actor: 'COMMAND_LINE' });
  const execution = await local.executions.wait(claimed.name);
  const run = await local.portal.closes.run(request.period, claimed.name);
  if (run?.report) return { run, report: run.report };
  const { error = execution.status, cause = '' } = execution;
  throw new RunFailed(claimed, run?.failure ?? { code: error, message: cause });
}
