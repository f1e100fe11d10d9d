import type { Webhook } from '../domain/webhook/webhook.ts';
import type { WebhookSecrets, Webhooks } from '../use-cases/ports/webhooks.ts';
import { WebhookItem } from './items/webhooks.ts';
import { keys } from './keys.ts';
import { defined } from './mapping.ts';
import { read, stored } from './stored.ts';
import type { Item, Key, Table } from './table.ts';

/** Endpoints of organizations, their secrets encrypted beside them. */
export function openWebhooks(table: Table): Webhooks {
  const itemOf = (webhook: Webhook, secrets: WebhookSecrets): Item & Key =>
    stored<typeof WebhookItem>('WEBHOOK', keys.webhook(webhook.organizationId, webhook.id), {
      ...webhook,
      eventTypes: [...webhook.eventTypes],
      secrets,
    });

  return {
    ofOrganization: async (organizationId) =>
      (await Array.fromAsync(table.query(keys.organization(organizationId).pk, { prefix: 'WEBHOOK#' }))).map(webhookOf),

    get: async (organizationId, webhookId) => {
      const item = await table.get(keys.webhook(organizationId, webhookId));
      return item && webhookOf(item);
    },

    secretsOf: async (organizationId, webhookId) => {
      const item = await table.get(keys.webhook(organizationId, webhookId));
      return item && (defined(read(WebhookItem, item).secrets) as WebhookSecrets);
    },

    created: (webhook, secrets) => table.putNew(`webhook ${webhook.id}`, itemOf(webhook, secrets)),

    changed: (webhook, secrets, now) =>
      table.putOver(
        `webhook ${webhook.id}`,
        itemOf({ ...webhook, version: webhook.version + 1, lastModifiedTime: now.toISOString() }, secrets),
        webhook.version,
      ),

    deleted: (webhook) => table.deleted(`webhook ${webhook.id}`, keys.webhook(webhook.organizationId, webhook.id)),
  };
}

function webhookOf(item: Item): Webhook {
  const { secrets: _secrets, ...webhook } = read(WebhookItem, item);
  return defined(webhook) as Webhook;
}
