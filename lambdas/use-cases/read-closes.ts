import { type Period, period } from '../domain/calendar/period.ts';
import type { CloseReport, CloseRun } from '../domain/close/run.ts';
import { PortalError } from './errors.ts';
import type { ListQuery, Page } from './lists/definition.ts';
import { compileList } from './lists/list.ts';
import { RUN_LIST } from './lists/run-list.ts';
import type { StageProgress } from './ports/closes.ts';
import type { Portal } from './ports/portal.ts';

type ClosePortal = Pick<Portal, 'closes' | 'executions'>;

/**
 * Runs of a period, or of all periods, newest period first and newest run of a period first unless told otherwise.
 * @throws PortalError BAD_REQUEST for a wrong filter or sort
 */
export async function listRuns(portal: ClosePortal, of: Period | undefined, query: ListQuery): Promise<Page<CloseRun>> {
  const page = compileList(RUN_LIST, query);
  const periods = of ? [of] : (await portal.closes.periods()).map((close) => close.period);
  const runs = await Promise.all(periods.map((each) => portal.closes.runs(each)));
  return page(runs.flat());
}

/**
 * The run of that name.
 * @throws PortalError NOT_FOUND
 */
export async function findRun(portal: ClosePortal, name: string): Promise<CloseRun> {
  const run = await portal.closes.run(period(name.slice(0, 7)), name);
  if (!run) throw new PortalError('NOT_FOUND', `There is no run ${name}`);
  return run;
}

/** How far a run is: its batches, stage by stage. */
export async function progressOf(portal: ClosePortal, name: string): Promise<StageProgress[]> {
  return portal.executions.progress(name);
}

/**
 * What a run did.
 * @throws PortalError NOT_FOUND when there is no such run, or it has no report yet
 */
export async function reportOf(portal: ClosePortal, name: string): Promise<CloseReport> {
  const { report } = await findRun(portal, name);
  if (!report) throw new PortalError('NOT_FOUND', `Run ${name} has no report: it is still running or has failed`);
  return report;
}
