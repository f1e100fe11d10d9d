import { type Task, taskHandler } from '../runtime/task-handler.ts';
import { type DealDayResult, runDealDay } from '../use-cases/run-deal-day.ts';

/** What time and contracts bring about on deals. */
export const task: Task<DealDayResult> = (portal) => runDealDay(portal);

export const handler = taskHandler('deal-day', task, undefined, ({ failures }) => failures);
