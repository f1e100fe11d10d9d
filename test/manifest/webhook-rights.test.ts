import { deliverWebhooks } from '../../lambdas/use-cases/deliver-webhooks.ts';
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  rotateWebhookSecret,
} from '../../lambdas/use-cases/keep-webhook.ts';
import { listDeadLetters, replayDeadLetters } from '../../lambdas/use-cases/read-webhooks.ts';
import { relayOutbox } from '../../lambdas/use-cases/relay-outbox.ts';
import { functionsRights } from '../support/functions-rights.ts';
import { openApiPortal } from '../support/portal.ts';

test('webhooks need no right that their functions have not', async () => {
  const opened = await openApiPortal();
  try {
    await opened.addOrganization('VENDOR', 'VENDOR');
    const { portalOf, beyondManifest } = functionsRights(opened);
    const caller = {
      userId: 'ada',
      organizationId: 'VENDOR',
      organizationType: 'VENDOR',
      roles: ['Administrator'],
    } as const;
    const now = opened.clock.time;
    const secret = new Uint8Array(24);
    const change = { caller, webhookId: 'webhook', now };
    const api = portalOf('webhooksApi');
    // Nobody listens there: each attempt fails.
    await createWebhook(api, change, { url: 'http://127.0.0.1:1/', description: 'Ours', eventTypes: [] }, secret);
    await changeWebhook(api, change, { description: 'Renamed' });
    await rotateWebhookSecret(api, change, secret);
    const detail = { period: '2026-10', run: '2026-10-1', invoices: 1, setAside: 0 };
    const event = { id: 'PeriodClosed#1', type: 'PeriodClosed', time: now.toISOString(), detail } as const;
    const others = [1, 2].map((n) => ({ ...event, id: `PeriodClosed#${n}` }));
    for (const each of others) await opened.portal.units.commit([opened.portal.outbox.queued(each)]);
    await relayOutbox({ ...portalOf('relayOutbox'), eventBus: { publish: async () => [] } });
    const job = portalOf('deliverWebhooks');
    for (let hours = 0; hours < 200; hours += 12) {
      opened.clock.time = new Date(now.getTime() + hours * 3_600_000);
      expect((await deliverWebhooks(job)).failures).toEqual([]);
    }
    const dead = await listDeadLetters(api, caller, 'webhook', { limit: 20, offset: 0 }, opened.clock.time);
    expect(dead.total).toBe(2);
    expect(await replayDeadLetters(api, caller, { webhookId: 'webhook', now: opened.clock.time })).toBe(2);
    await deleteWebhook(api, change);
    expect(beyondManifest()).toEqual([]);
  } finally {
    await opened.close();
  }
});
