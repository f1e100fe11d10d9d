import { type Task, taskHandler } from '../runtime/task-handler.ts';
import { setBatchAside } from '../use-cases/set-batch-aside.ts';
import { FailedBatchEvent } from './events.ts';

/** Records a batch that failed as a whole. */
export const task: Task<{ failed: number }> = (portal, event) => {
  const { batch, failure, ...rest } = FailedBatchEvent.parse(event);
  const failed = { stage: rest.stage, items: batch.Items } as Parameters<typeof setBatchAside>[2];
  return setBatchAside(portal, batch.BatchInput.run, failed, failure);
};

export const handler = taskHandler('set-batch-aside', task);
