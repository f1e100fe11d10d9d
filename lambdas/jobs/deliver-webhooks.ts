import { type Task, taskHandler } from '../runtime/task-handler.ts';
import { type DeliverResult, deliverWebhooks } from '../use-cases/deliver-webhooks.ts';

/** Sends events to the webhooks of organizations: every minute. */
export const task: Task<DeliverResult> = (portal) => deliverWebhooks(portal);

export const handler = taskHandler(
  'deliver-webhooks',
  task,
  ({ failures }) => ({ WebhookFailures: failures.length }),
  ({ failures }) => failures,
);
