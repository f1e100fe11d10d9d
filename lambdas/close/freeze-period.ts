import { type Task, taskHandler } from '../runtime/task-handler.ts';
import { beginForClose } from '../use-cases/begin-for-close.ts';
import { RunEvent } from './events.ts';

/** Freeze: every contract has its order of the period, and from here none joins it (domain.md §3, §6.1). */
export const task: Task<void> = async (portal, event) => {
  const { run } = RunEvent.parse(event);
  await beginForClose(portal, run);
  await portal.billingOrders.freeze(run.period, run.name);
};

export const handler = taskHandler('freeze-period', task);
