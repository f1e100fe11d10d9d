import { dateOf, type Period, type PlainDate } from '../domain/calendar/period.ts';
import { cutoffDate, cutoffInstant } from '../domain/calendar/programme-calendar.ts';
import { type CloseRun, runName } from '../domain/close/run.ts';
import { PortalError } from './errors.ts';
import type { Change } from './ports/changes.ts';
import type { PeriodClose, RunKey } from './ports/closes.ts';
import type { Portal } from './ports/portal.ts';

/**
 * SCHEDULED: the calendar's cutoff; does nothing where a close of the period was started before.
 * LATE: the schedule on a later day, as that of the cutoff was missed; does nothing where SCHEDULED would do nothing.
 * CLOSE: a person starts the first close. REDRIVE: a person starts the next run of a close that left something unbilled.
 */
export type StartMode = 'SCHEDULED' | 'LATE' | 'CLOSE' | 'REDRIVE';

/** `actor`: who starts it, for the audit trail; the system unless told. */
export type StartRequest = { period: Period; dryRun?: boolean; mode: StartMode; now: Date; actor?: string };

/** The part of the portal that starting a close needs. */
export type StartPortal = Pick<Portal, 'settings' | 'units' | 'audit' | 'organizations' | 'closes' | 'executions'>;

const CLAIM_ATTEMPTS = 5;

/**
 * Claims the next run of a period and starts its execution, named as the run (domain.md §6).
 * A run that was claimed but whose execution was never started is started now, with the invoice date it was claimed
 * with; one whose execution has ended without a report is recorded as failed, and the next run takes over.
 *
 * @throws PortalError PERIOD_NOT_CLOSABLE, CLOSE_RUNNING, PERIOD_ALREADY_CLOSED, CLOSE_INCOMPLETE, NOTHING_TO_REDRIVE
 */
export async function startClose(portal: StartPortal, request: StartRequest): Promise<CloseRun> {
  const { period, now } = request;
  const cutoff = cutoffInstant(period, portal.settings.calendar);
  if (now < cutoff && !request.dryRun) {
    throw new PortalError(
      'PERIOD_NOT_CLOSABLE',
      `Period ${period} can't be closed yet: its cutoff is ${cutoff.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    );
  }
  if (request.dryRun) return startDryRun(portal, request);
  for (let attempt = 0; attempt < CLAIM_ATTEMPTS; attempt++) {
    const last = await portal.closes.lastClaimed();
    if (last && last.period !== period) await waitForNone(portal, last, request);
    const close = await portal.closes.get(period);
    const running = close?.state === 'RUNNING' ? await runningRun(portal, close, request) : undefined;
    if (running) return running;
    const current = close?.state === 'RUNNING' ? await portal.closes.get(period) : close;
    if (current && isOfSchedule(request) && current.state !== 'RUNNING') return latestRun(portal, current);
    refuseUnlessDue(current, request);
    const run = claimOf(period, (current?.currentRun ?? 0) + 1, request, portal);
    const claimed = await portal.units.commit([
      ...portal.closes.claimed(run, current, last),
      await started(portal, run, request),
    ]);
    if (!claimed.ok) continue;
    await portal.executions.start(run.name, run);
    return run;
  }
  throw new PortalError('CLOSE_RUNNING', `Another close of ${period} was started at the same moment: look at its runs`);
}

const isOfSchedule = ({ mode }: StartRequest): boolean => mode === 'SCHEDULED' || mode === 'LATE';

/** The run of a close that is still going on; undefined after recording that it has died. */
async function runningRun(
  portal: StartPortal,
  close: PeriodClose,
  request: StartRequest,
): Promise<CloseRun | undefined> {
  const run = await latestRun(portal, close);
  const status = await portal.executions.status(run.name);
  if (status === 'UNKNOWN') {
    await portal.executions.start(run.name, run);
    return run;
  }
  if (status === 'RUNNING') {
    if (isOfSchedule(request)) return run;
    throw new PortalError(
      'CLOSE_RUNNING',
      `The close of ${close.period} is running (run ${run.name}): wait until it has ended`,
    );
  }
  await recordDeath(portal, run, request);
  return undefined;
}

/** One run at a time: a run bills orders of earlier periods too, and numbers are taken one after the other. */
async function waitForNone(portal: StartPortal, last: RunKey, request: StartRequest): Promise<void> {
  const run = await portal.closes.run(last.period, last.name);
  if (run?.status !== 'RUNNING') return;
  if ((await portal.executions.status(run.name)) === 'RUNNING') {
    throw new PortalError(
      'CLOSE_RUNNING',
      `The close of ${run.period} is running (run ${run.name}), and one runs at a time: start that of ${request.period} when it has ended`,
    );
  }
  await recordDeath(portal, run, request);
}

async function recordDeath(portal: StartPortal, run: CloseRun, { now }: StartRequest): Promise<void> {
  const failed: CloseRun = {
    ...run,
    status: 'FAILED',
    finishedTime: now.toISOString(),
    failure: { code: 'EXECUTION_ENDED', message: 'The execution ended before the run could report' },
  };
  await portal.units.commit(portal.closes.finished(failed, 'INCOMPLETE'));
}

function refuseUnlessDue(close: PeriodClose | undefined, { period, mode }: StartRequest): void {
  if (!close) {
    if (mode !== 'REDRIVE') return;
    throw new PortalError('NOTHING_TO_REDRIVE', `Period ${period} was never closed: start its close first`);
  }
  if (close.state === 'COMPLETE') {
    throw mode === 'REDRIVE'
      ? new PortalError('NOTHING_TO_REDRIVE', `Everything of ${period} is billed: there is nothing to redrive`)
      : new PortalError('PERIOD_ALREADY_CLOSED', `Period ${period} is closed already`);
  }
  if (mode === 'CLOSE') {
    throw new PortalError('CLOSE_INCOMPLETE', `The close of ${period} left orders unbilled: redrive it instead`);
  }
}

async function latestRun(portal: StartPortal, close: PeriodClose): Promise<CloseRun> {
  const name = runName(close.period, close.currentRun);
  const run = await portal.closes.run(close.period, name);
  if (!run) throw new Error(`run ${name} is the current one of ${close.period} but isn't stored`);
  return run;
}

function claimOf(period: Period, run: number, request: StartRequest, portal: StartPortal): CloseRun {
  return {
    name: runName(period, run),
    period,
    run,
    status: 'RUNNING',
    invoiceDate: invoiceDateOf(request, portal),
    dryRun: false,
    claimedTime: request.now.toISOString(),
  };
}

/** The scheduled run's documents bear the calendar's cutoff date, all others the day they are started (domain.md §7). */
function invoiceDateOf({ mode, period, now }: StartRequest, portal: StartPortal): PlainDate {
  return mode === 'SCHEDULED' ? cutoffDate(period, portal.settings.calendar) : dateOf(now);
}

/** Who started a run stands in the vendor's audit trail. */
async function started(portal: StartPortal, run: CloseRun, { mode, actor = 'SYSTEM' }: StartRequest): Promise<Change> {
  const vendor = await portal.organizations.vendor();
  return portal.audit.recorded({
    organizationId: vendor?.id ?? 'VENDOR',
    subject: `CLOSE#${run.period}`,
    id: `${run.name}#start`,
    time: run.claimedTime,
    actor,
    action: run.dryRun ? 'startDryRun' : mode === 'REDRIVE' ? 'redriveClose' : 'startClose',
  });
}

async function startDryRun(portal: StartPortal, request: StartRequest): Promise<CloseRun> {
  const { period, now } = request;
  const number = await portal.closes.nextDryRun(period);
  const run: CloseRun = {
    name: `${period}-dry-${number}`,
    period,
    run: number,
    status: 'RUNNING',
    invoiceDate: dateOf(now),
    dryRun: true,
    claimedTime: now.toISOString(),
  };
  await portal.units.commit([...portal.closes.dryRunClaimed(run), await started(portal, run, request)]);
  await portal.executions.start(run.name, run);
  return run;
}
