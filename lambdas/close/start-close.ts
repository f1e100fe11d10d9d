import { addMonths, dateOf, periodOf } from '../domain/calendar/period.ts';
import { type Task, taskHandler } from '../runtime/task-handler.ts';
import { startClose } from '../use-cases/start-close.ts';
import { ScheduleEvent } from './events.ts';

/** Starts the close that the schedule is for: of the month before the one the schedule's own time is in. */
export const task: Task<{ run: string }> = async (portal, event) => {
  const scheduled = new Date(ScheduleEvent.parse(event).scheduledTime);
  const period = addMonths(periodOf(dateOf(scheduled)), -1);
  const run = await startClose(portal, { period, mode: 'SCHEDULED', now: scheduled });
  return { run: run.name };
};

export const handler = taskHandler('start-close', task);
