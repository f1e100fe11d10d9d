import { openDeliveries } from '../stores/deliveries.ts';
import type { Table } from '../stores/table.ts';
import { openWebhookSender } from '../stores/webhook-sender.ts';
import { openWebhooks } from '../stores/webhooks.ts';
import type { Portal } from '../use-cases/ports/portal.ts';

/** Ports of webhooks that the main table stands behind: most functions don't carry them. */
export function webhookPorts(table: Table): Pick<Portal, 'webhooks' | 'deliveries'> {
  return { webhooks: openWebhooks(table), deliveries: openDeliveries(table) };
}

/** What sends them on AWS: by HTTPS, to public addresses alone. */
export function sendingPorts(): Pick<Portal, 'webhookSender'> {
  return { webhookSender: openWebhookSender() };
}
