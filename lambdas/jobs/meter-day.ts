import { type Task, taskHandler } from '../runtime/task-handler.ts';
import { type MeterDayResult, runMeterDay } from '../use-cases/run-meter-day.ts';

/** What is due on usage meters: every five minutes, so that orders show what meters have told. */
export const task: Task<MeterDayResult> = (portal) => runMeterDay(portal);

export const handler = taskHandler(
  'meter-day',
  task,
  ({ failures }) => ({ MeterFailures: failures.length }),
  ({ failures }) => failures,
);
