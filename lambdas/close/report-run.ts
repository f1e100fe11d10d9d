import { type Task, taskHandler } from '../runtime/task-handler.ts';
import { reportRun } from '../use-cases/report-run.ts';
import { RunEvent } from './events.ts';

/** Report: ends the run (domain.md §6.9). The report itself is read from the store: it may be larger than a state. */
export const task: Task<{ invoices: number; failed: number; oldestUnbilledDays: number }> = async (portal, event) => {
  const { invoices, failed } = await reportRun(portal, RunEvent.parse(event).run);
  const oldestUnbilledDays = Math.max(0, ...failed.map((order) => order.ageDays));
  return { invoices, failed: failed.length, oldestUnbilledDays };
};

export const handler = taskHandler('report-run', task, ({ failed, oldestUnbilledDays }) => ({
  SetAsideOrders: failed,
  UnbilledOrderAgeDays: oldestUnbilledDays,
}));
