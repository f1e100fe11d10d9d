import { type Task, taskHandler } from '../runtime/task-handler.ts';
import { RunEvent } from './events.ts';

/** Freeze: from here no order joins the period (domain.md §6.1). */
export const task: Task<void> = async (portal, event) => {
  const { run } = RunEvent.parse(event);
  await portal.billingOrders.freeze(run.period, run.name);
};

export const handler = taskHandler('freeze-period', task);
