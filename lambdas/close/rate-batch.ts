import { type Task, taskHandler } from '../runtime/task-handler.ts';
import { rateBatch } from '../use-cases/rate-batch.ts';
import type { BatchResult } from '../use-cases/set-aside.ts';
import { RateEvent } from './events.ts';

/** Rate: seals and rates a batch of contracts' orders (domain.md §6.3). */
export const task: Task<BatchResult> = (portal, event) => {
  const { BatchInput, Items } = RateEvent.parse(event);
  return rateBatch(portal, BatchInput.run, Items);
};

export const handler = taskHandler('rate-batch', task);
