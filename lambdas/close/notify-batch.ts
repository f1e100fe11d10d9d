import { type Task, taskHandler } from '../runtime/task-handler.ts';
import { notifyBatch } from '../use-cases/notify-batch.ts';
import type { BatchResult } from '../use-cases/set-aside.ts';
import { PartiesEvent } from './events.ts';

/** Notify: one message per party and run (domain.md §6.8). */
export const task: Task<BatchResult> = (portal, event) => {
  return notifyBatch(portal, PartiesEvent.parse(event).Items);
};

export const handler = taskHandler('notify-batch', task);
