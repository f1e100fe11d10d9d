import { type Task, taskHandler } from '../runtime/task-handler.ts';
import { failRun } from '../use-cases/fail-run.ts';
import { FailedRunEvent } from './events.ts';

/** Records why a run has failed. */
export const task: Task<void> = (portal, event) => {
  const { run, failure } = FailedRunEvent.parse(event);
  return failRun(portal, run, failure);
};

export const handler = taskHandler('fail-run', task);
