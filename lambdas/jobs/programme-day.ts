import { type Task, taskHandler } from '../runtime/task-handler.ts';
import { type ProgrammeDayResult, runProgrammeDay } from '../use-cases/run-programme-day.ts';

/** What the programme calendar brings about: every five minutes, so that a period begins when it does. */
export const task: Task<ProgrammeDayResult> = (portal) => runProgrammeDay(portal);

export const handler = taskHandler(
  'programme-day',
  task,
  ({ failures }) => ({ ProgrammeFailures: failures.length }),
  ({ failures }) => failures,
);
