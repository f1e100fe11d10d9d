import { type Task, taskHandler } from '../runtime/task-handler.ts';
import { numberDocuments } from '../use-cases/number-documents.ts';
import { RunEvent } from './events.ts';

/** Number: reserves numbers for what was rated (domain.md §6.4). */
export const task: Task<{ documents: number }> = (portal, event) => {
  return numberDocuments(portal, RunEvent.parse(event).run);
};

export const handler = taskHandler('number-documents', task);
