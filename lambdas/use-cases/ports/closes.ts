import type { Period } from '../../domain/calendar/period.ts';
import type { CloseRun } from '../../domain/close/run.ts';
import type { Change } from './changes.ts';

/** How a period's close stands over all its runs. */
export type PeriodClose = {
  period: Period;
  state: 'RUNNING' | 'COMPLETE' | 'INCOMPLETE';
  /** The latest run that is no dry run. */
  currentRun: number;
};

/** A run by its period and name. */
export type RunKey = Pick<CloseRun, 'period' | 'name'>;

/** Where a run stands among all runs of the programme, dry ones apart, and whether it has reconciled. */
export type RunPlace = { previous?: RunKey; reconciled: boolean };

export type Closes = {
  /** All periods that a close was started for, oldest first. Strongly consistent. */
  periods(): Promise<PeriodClose[]>;
  get(period: Period): Promise<PeriodClose | undefined>;
  run(period: Period, name: string): Promise<CloseRun | undefined>;
  /** Newest first, a page of at most 100. */
  runs(period: Period): Promise<CloseRun[]>;
  /** The run claimed last, of whatever period: only this one may number, reconcile and settle reservations. */
  lastClaimed(): Promise<RunKey | undefined>;
  /** Refused when a run was claimed after that one. */
  noneClaimedSince(last: RunKey | undefined): Change;
  /** Claims the next run of a period after the run claimed last; refused when another claim was faster. */
  claimed(run: CloseRun, before: PeriodClose | undefined, last: RunKey | undefined): Change[];
  place(run: RunKey): Promise<RunPlace | undefined>;
  /** From here the run's parties are told of what it has issued; refused when a later run has been claimed. */
  reconciled(run: RunKey): Change[];
  /** Claims the next dry run's number of a period. */
  nextDryRun(period: Period): Promise<number>;
  dryRunClaimed(run: CloseRun): Change[];
  /** Ends a run; refused when it has ended. The period's state follows unless a later run has taken over. */
  finished(run: CloseRun, state: PeriodClose['state']): Change[];
};

/** Step Functions executions, as far as the close needs them. */
export type Executions = {
  /** Starts an execution; one of that name that exists already is left as it is. */
  start(name: string, input: unknown): Promise<void>;
  status(name: string): Promise<'RUNNING' | 'ENDED' | 'UNKNOWN'>;
  /** Progress of the run's distributed maps, in the order they began. */
  progress(name: string): Promise<StageProgress[]>;
};

export type StageProgress = { stage: string; total: number; succeeded: number; failed: number };
