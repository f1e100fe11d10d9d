import type { Webhook } from '../domain/webhook/webhook.ts';
import type { Caller } from './caller.ts';
import { inParallel } from './in-parallel.ts';
import { ownWebhook, webhookSubject } from './keep-webhook.ts';
import type { ListQuery, Page } from './lists/definition.ts';
import { compileList } from './lists/list.ts';
import { DEAD_LETTER_LIST, WEBHOOK_LIST } from './lists/webhook-list.ts';
import type { Portal } from './ports/portal.ts';
import type { Delivery } from './ports/webhooks.ts';

type ReadPortal = Pick<Portal, 'webhooks' | 'deliveries'>;

/** Endpoints of the caller's organization. @throws PortalError BAD_REQUEST */
export async function listWebhooks(portal: ReadPortal, caller: Caller, query: ListQuery): Promise<Page<Webhook>> {
  const page = compileList(WEBHOOK_LIST, query);
  return page(await portal.webhooks.ofOrganization(caller.organizationId));
}

/** What could not be delivered to an endpoint in the last 30 days. @throws PortalError NOT_FOUND; BAD_REQUEST */
export async function listDeadLetters(
  portal: ReadPortal,
  caller: Caller,
  webhookId: string,
  query: ListQuery,
  now: Date,
): Promise<Page<Delivery>> {
  const page = compileList(DEAD_LETTER_LIST, query);
  await ownWebhook(portal, caller, webhookId);
  return page(await portal.deliveries.dead(webhookId, now));
}

const AT_ONCE = 8;

/**
 * Sends dead letters of an endpoint again, from their first attempt: the named ones, or all.
 * @returns how many
 * @throws PortalError NOT_FOUND
 */
export async function replayDeadLetters(
  portal: ReadPortal & Pick<Portal, 'units' | 'audit'>,
  caller: Caller,
  { webhookId, eventIds, now }: { webhookId: string; eventIds?: readonly string[] | undefined; now: Date },
): Promise<number> {
  await ownWebhook(portal, caller, webhookId);
  const ids = eventIds ?? (await portal.deliveries.dead(webhookId, now)).map(({ event }) => event.id);
  const time = now.toISOString();
  await portal.units.commit([
    portal.audit.recorded({
      organizationId: caller.organizationId,
      subject: webhookSubject(webhookId),
      id: `REPLAY#${time}#${caller.userId}`,
      time,
      actor: caller.userId,
      action: 'replayDeadLetters',
      to: `${ids.length} events`,
    }),
  ]);
  const results = await inParallel(new Set(ids), AT_ONCE, (eventId) =>
    portal.deliveries.replayed({ webhookId, eventId }, now),
  );
  return results.filter(Boolean).length;
}
