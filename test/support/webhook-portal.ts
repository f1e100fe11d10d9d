import type { RouteId } from '../../lambdas/manifest/routes.ts';
import { deliverWebhooks } from '../../lambdas/use-cases/deliver-webhooks.ts';
import type { PortalEvent } from '../../lambdas/use-cases/ports/messages.ts';
import type { Portal } from '../../lambdas/use-cases/ports/portal.ts';
import { relayOutbox } from '../../lambdas/use-cases/relay-outbox.ts';
import { openContractPortal } from './contract-portal.ts';
import { openWebhookReceiver } from './webhook-receiver.ts';

export const HOUR_MS = 3_600_000;

const AGG = { organizationId: 'AGG-1' };
const SENDERS = { Aggregator: AGG, Provider: { organizationId: 'SP-1' }, Vendor: { organizationId: 'VENDOR' } };

/** The contract portal, and a server on this machine that its webhooks are sent to. */
export async function openWebhookPortal() {
  const [opened, receiver] = await Promise.all([openContractPortal(), openWebhookReceiver()]);
  const { portal, clock } = opened;
  portal.eventBus = { publish: async () => [] };

  return {
    ...opened,
    receiver,
    close: async () => {
      await Promise.all([opened.close(), receiver.close()]);
    },
    /** Asks for a webhook at the server, for AGG-1 unless told otherwise. */
    createWebhook: (kind: keyof typeof SENDERS = 'Aggregator', over: object = {}) =>
      opened.send(
        `create${kind}Webhook`,
        { body: { url: receiver.url, description: 'Our system', ...over } },
        SENDERS[kind],
      ),
    /** Asks for something to be done with a webhook of AGG-1. */
    onOne: (id: RouteId, webhookId: unknown, sent: object = {}) =>
      opened.send(id, { params: { webhookId: String(webhookId) }, ...sent }, AGG),
    pass: (ms: number): void => {
      clock.time = new Date(clock.time.getTime() + ms);
    },
    /** An event about a contract of AGG-1 and SP-1. */
    statusOf: (n: number, over: object = {}): PortalEvent => ({
      id: `ContractStatusChanged#contract#${n}`,
      type: 'ContractStatusChanged',
      time: clock.time.toISOString(),
      detail: {
        contractId: 'contract',
        contractNumber: '100001',
        aggregatorId: 'AGG-1',
        serviceProviderId: 'SP-1',
        from: 'ACTIVE',
        status: 'EXPIRED',
        ...over,
      },
    }),
    /** Puts events, and what else has happened, on their way to endpoints. */
    happened: async (...events: PortalEvent[]): Promise<void> => {
      for (const event of events) await portal.units.commit([portal.outbox.queued(event)]);
      await relayOutbox(portal);
    },
    /** Runs the job, which must not fail anything; answers the ids of what was received since. */
    delivered: async (on: Portal = portal): Promise<string[]> => {
      const { failures } = await deliverWebhooks(on);
      if (failures[0]) throw failures[0];
      return receiver.received.splice(0).map(({ headers }) => String(headers['webhook-id']));
    },
  };
}

export type WebhookPortal = Awaited<ReturnType<typeof openWebhookPortal>>;
