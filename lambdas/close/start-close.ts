import { type Task, taskHandler } from '../runtime/task-handler.ts';
import { startDueClose } from '../use-cases/start-due-close.ts';
import { ScheduleEvent } from './events.ts';

/** Starts the close that is due at the schedule's own time, if one is. */
export const task: Task<{ run?: string }> = async (portal, event) => {
  const run = await startDueClose(portal, new Date(ScheduleEvent.parse(event).scheduledTime));
  return run ? { run: run.name } : {};
};

export const handler = taskHandler('start-close', task);
