import { type Task, taskHandler } from '../runtime/task-handler.ts';
import { issueBatch } from '../use-cases/issue-batch.ts';
import type { BatchResult } from '../use-cases/set-aside.ts';
import { IssueEvent } from './events.ts';

/** Issue: writes the documents of a batch and makes its invoices visible (domain.md §6.5). */
export const task: Task<BatchResult> = (portal, event) => {
  const { BatchInput, Items } = IssueEvent.parse(event);
  return issueBatch(portal, BatchInput.run, Items);
};

export const handler = taskHandler('issue-batch', task);
