import { type Task, taskHandler } from '../runtime/task-handler.ts';
import type { BatchResult } from '../use-cases/set-aside.ts';
import { settleBatch } from '../use-cases/settle-batch.ts';
import { PartiesEvent } from './events.ts';

/** Settle: statements and consolidated bills (domain.md §6.7). */
export const task: Task<BatchResult> = (portal, event) => {
  return settleBatch(portal, PartiesEvent.parse(event).Items);
};

export const handler = taskHandler('settle-batch', task);
