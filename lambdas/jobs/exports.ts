import { type Task, taskHandler } from '../runtime/task-handler.ts';
import { runExports } from '../use-cases/run-exports.ts';

/** Goes on each minute with exports of documents that were asked for. */
export const task: Task<{ done: number; failures: Error[] }> = (portal) => runExports(portal);

export const handler = taskHandler('exports', task, undefined, ({ failures }) => failures);
