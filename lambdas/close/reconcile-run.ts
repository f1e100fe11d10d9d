import { type Task, taskHandler } from '../runtime/task-handler.ts';
import { reconcileRun } from '../use-cases/reconcile-run.ts';
import { RunEvent } from './events.ts';

/** Reconcile: compares what is stored before anyone is told (domain.md §6.6). */
export const task: Task<{ failed: number }> = async (portal, event) => {
  const { failed } = await reconcileRun(portal, RunEvent.parse(event).run);
  return { failed: failed.length };
};

export const handler = taskHandler('reconcile-run', task);
