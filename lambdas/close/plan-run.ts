import { type Task, taskHandler } from '../runtime/task-handler.ts';
import { planRun } from '../use-cases/plan-run.ts';
import { RunEvent } from './events.ts';

/** Plan: lists what the run bills (domain.md §6.2). */
export const task: Task<{ contracts: number; orders: number }> = (portal, event) => {
  return planRun(portal, RunEvent.parse(event).run);
};

export const handler = taskHandler('plan-run', task);
