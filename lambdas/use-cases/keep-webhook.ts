import { transition } from '../domain/transitions.ts';
import { rotatedUntil, WEBHOOK_TRANSITIONS, type Webhook } from '../domain/webhook/webhook.ts';
import { EVENTS, type EventDefinition, type EventType } from '../manifest/events.ts';
import { audited } from './audited.ts';
import type { Caller } from './caller.ts';
import { changedFields } from './changed-fields.ts';
import { committed } from './committed.ts';
import { PortalError } from './errors.ts';
import { type IfMatch, refuseOtherVersion } from './if-match.ts';
import type { Portal } from './ports/portal.ts';
import type { WebhookSecrets } from './ports/webhooks.ts';
import { notValid } from './requested-change.ts';
import { webhookSecretText } from './sign-webhook.ts';

export type KeepWebhooksPortal = Pick<
  Portal,
  'units' | 'audit' | 'secrets' | 'webhooks' | 'deliveries' | 'webhookSender'
>;

/** What is told of an endpoint. */
export type WebhookFields = { url: string; description: string; eventTypes: readonly EventType[] };
/** What may change of it; what isn't given stays. */
export type WebhookEdit = { [Field in keyof WebhookFields]?: WebhookFields[Field] | undefined } & {
  status?: Webhook['status'] | undefined;
};
export type WebhookChange = { caller: Caller; webhookId: string; now: Date; ifMatch?: IfMatch };

/** What an endpoint's secrets are sealed for. */
export const webhookPurpose = (webhookId: string): string => `webhook:${webhookId}`;

/** Subject of an endpoint in the audit trail. */
export const webhookSubject = (webhookId: string): string => `WEBHOOK#${webhookId}`;

// Each is read with every event of its organization.
const MOST_WEBHOOKS = 10;

/**
 * Gives the caller's organization an endpoint.
 * @param secret random bytes that it is signed with from now on
 * @throws PortalError BAD_REQUEST naming every field that is wrong
 */
export async function createWebhook(
  portal: KeepWebhooksPortal,
  { caller, webhookId: id, now }: WebhookChange,
  fields: WebhookFields,
  secret: Uint8Array,
): Promise<Webhook> {
  await refuseFaults(portal, caller, fields);
  if ((await portal.webhooks.ofOrganization(caller.organizationId)).length >= MOST_WEBHOOKS) {
    throw new PortalError('BAD_REQUEST', `There are ${MOST_WEBHOOKS} webhooks, and no more can be: delete one first`);
  }
  const { organizationId, organizationType } = caller;
  const time = now.toISOString();
  const times = { createdTime: time, lastModifiedTime: time };
  const webhook: Webhook = { id, organizationId, organizationType, ...fields, status: 'ACTIVE', ...times, version: 1 };
  const present = await portal.secrets.seal(webhookSecretText(secret), webhookPurpose(id));
  const said = { actor: caller.userId, action: 'createWebhook', to: webhook.url };
  const result = await portal.units.commit([
    portal.webhooks.created(webhook, { present }),
    entryOf(portal, webhook, 1, now, said),
  ]);
  if (!result.ok) throw new Error('the id of a new webhook is taken');
  return webhook;
}

/**
 * Changes an endpoint, switches it off or on.
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; BAD_REQUEST; CHANGED_MEANWHILE
 */
export async function changeWebhook(
  portal: KeepWebhooksPortal,
  change: WebhookChange,
  edit: WebhookEdit,
): Promise<Webhook> {
  await refuseFaults(portal, change.caller, edit);
  return changed(portal, change, 'changeWebhook', async (before, secrets) => {
    const { after, from, to } = changedFields<Webhook>(before, edit);
    const { disabledReason: _reason, ...rest } = after;
    const moved = after.status === 'ACTIVE' ? rest : after;
    if (before.status !== after.status) {
      mustMove(before, after.status);
      // It has its days again: what it failed at before it was mended no longer counts.
      if (after.status === 'ACTIVE') await portal.deliveries.health(before.id, true, change.now);
    }
    return { webhook: moved, secrets, from, to };
  });
}

/**
 * Gives an endpoint another secret; the one before signs beside it for 24 hours.
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; CHANGED_MEANWHILE
 */
export function rotateWebhookSecret(
  portal: KeepWebhooksPortal,
  change: WebhookChange,
  secret: Uint8Array,
): Promise<Webhook> {
  return changed(portal, change, 'rotateWebhookSecret', async (before, { present: previous }) => {
    const present = await portal.secrets.seal(webhookSecretText(secret), webhookPurpose(before.id));
    const webhook = { ...before, rotatedUntil: rotatedUntil(change.now).toISOString() };
    return { webhook, secrets: { present, previous } };
  });
}

/**
 * Takes an endpoint away; what waits for it is given up.
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; CHANGED_MEANWHILE
 */
export function deleteWebhook(portal: KeepWebhooksPortal, change: WebhookChange): Promise<void> {
  return committed(portal, 'The webhook', async () => {
    const before = await ownWebhook(portal, change.caller, change.webhookId);
    refuseOtherVersion(before.version, change.ifMatch);
    const said = { actor: change.caller.userId, action: 'deleteWebhook', from: before.url };
    const changes = [portal.webhooks.deleted(before), entryOf(portal, before, before.version + 1, change.now, said)];
    return { changes, result: undefined };
  });
}

/** An endpoint that fails for too long, or has said that it is gone: its organization is told by mail. */
export async function disableWebhook(
  portal: Pick<Portal, 'units' | 'audit' | 'notices' | 'webhooks'>,
  webhook: Webhook,
  { since, outcome, now }: { since: string; outcome: string; now: Date },
): Promise<void> {
  const secrets = await portal.webhooks.secretsOf(webhook.organizationId, webhook.id);
  if (!secrets) return;
  mustMove(webhook, 'DISABLED', 'SYSTEM');
  const { id, organizationId: recipientId, url, version } = webhook;
  const reason = `It has failed since ${since}, at last: ${outcome}`;
  const said = { actor: 'SYSTEM', action: 'disableWebhook', from: 'ACTIVE', to: 'DISABLED', reason };
  // Refused when somebody has changed it meanwhile: if it goes on failing, the next delivery disables it.
  await portal.units.commit([
    portal.webhooks.changed({ ...webhook, status: 'DISABLED', disabledReason: reason }, secrets, now),
    entryOf(portal, webhook, version + 1, now, said),
    portal.notices.queued({
      id: `WebhookDisabled#${id}#${version + 1}`,
      time: now.toISOString(),
      recipientId,
      kind: 'WEBHOOK_DISABLED',
      url,
      since,
      outcome,
    }),
  ]);
}

/** An endpoint of the caller's organization. @throws PortalError NOT_FOUND, also for those of others */
export async function ownWebhook(
  portal: Pick<Portal, 'webhooks'>,
  { organizationId }: Caller,
  webhookId: string,
): Promise<Webhook> {
  const webhook = await portal.webhooks.get(organizationId, webhookId);
  if (!webhook) throw new PortalError('NOT_FOUND', `There is no webhook ${webhookId}`);
  return webhook;
}

type Made = { webhook: Webhook; secrets: WebhookSecrets; from?: string; to?: string };

function changed(
  portal: KeepWebhooksPortal,
  { caller, webhookId, now, ifMatch }: WebhookChange,
  action: string,
  make: (before: Webhook, secrets: WebhookSecrets) => Promise<Made>,
): Promise<Webhook> {
  return committed(portal, 'The webhook', async () => {
    const before = await ownWebhook(portal, caller, webhookId);
    refuseOtherVersion(before.version, ifMatch);
    const known = await portal.webhooks.secretsOf(caller.organizationId, webhookId);
    if (!known) throw new PortalError('NOT_FOUND', `There is no webhook ${webhookId}`);
    const { webhook, secrets, from, to } = await make(before, known);
    const version = before.version + 1;
    const said = { actor: caller.userId, action, ...(from && { from }), ...(to && { to }) };
    const changes = [portal.webhooks.changed(webhook, secrets, now), entryOf(portal, webhook, version, now, said)];
    return { changes, result: { ...webhook, version, lastModifiedTime: now.toISOString() } };
  });
}

function mustMove({ status }: Webhook, to: Webhook['status'], by: 'ADMINISTRATOR' | 'SYSTEM' = 'ADMINISTRATOR'): void {
  const moved = transition(WEBHOOK_TRANSITIONS, status, to === 'ACTIVE' ? 'enable' : 'disable', by);
  if (!moved.ok) throw new PortalError('TRANSITION_NOT_ALLOWED', `The webhook is ${status} already`);
}

function entryOf(
  portal: Pick<Portal, 'audit'>,
  { id, organizationId }: Webhook,
  version: number,
  now: Date,
  said: { actor: string; action: string; from?: string; to?: string; reason?: string },
) {
  return audited(portal, { organizationId, subject: webhookSubject(id), version, now, ...said });
}

/** @throws PortalError BAD_REQUEST */
async function refuseFaults(
  portal: Pick<Portal, 'webhookSender'>,
  { organizationType }: Caller,
  { url, eventTypes = [] }: WebhookEdit,
): Promise<void> {
  const refusal = url === undefined ? undefined : await portal.webhookSender.refusal(url);
  const unknown = eventTypes.filter((type) => !mayBeTold(type, organizationType));
  const faults = [
    ...(refusal === undefined ? [] : [{ field: 'url', message: `can't be used: ${refusal}` }]),
    ...(unknown.length === 0
      ? []
      : [{ field: 'eventTypes', message: `has ${unknown.join(', ')}, which your organization is not told of` }]),
  ];
  if (faults.length > 0) throw notValid(faults);
}

function mayBeTold(type: EventType, organizationType: Webhook['organizationType']): boolean {
  const { parties }: EventDefinition = EVENTS[type];
  return organizationType === 'VENDOR' || parties.includes(organizationType);
}
