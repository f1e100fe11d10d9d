import { type Task, taskHandler } from '../runtime/task-handler.ts';
import { relayOutbox } from '../use-cases/relay-outbox.ts';

/** Publishes waiting events: every minute, and as the last step of a close. */
export const task: Task<{ published: number; oldestSeconds: number }> = (portal) => relayOutbox(portal);

export const handler = taskHandler('relay-outbox', task, ({ oldestSeconds }) => ({ OutboxAgeSeconds: oldestSeconds }));
