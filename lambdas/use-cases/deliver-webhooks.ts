import { transition } from '../domain/transitions.ts';
import {
  DELIVERY_TRANSITIONS,
  type DeliveryStatus,
  hasFailedForLong,
  nextAttempt,
  type Webhook,
} from '../domain/webhook/webhook.ts';
import { inParallel } from './in-parallel.ts';
import { disableWebhook, webhookPurpose } from './keep-webhook.ts';
import { DUE_SHARDS } from './ports/contracts.ts';
import type { Portal } from './ports/portal.ts';
import type { AttemptEnd, Delivery, DeliveryId, SendOutcome } from './ports/webhooks.ts';
import { webhookBody, webhookHeaders } from './sign-webhook.ts';

export type DeliverPortal = Pick<
  Portal,
  'clock' | 'units' | 'audit' | 'notices' | 'secrets' | 'webhooks' | 'deliveries' | 'webhookSender'
>;

export type DeliverResult = { delivered: number; failed: number; dead: number; failures: Error[] };

const READ_AT_ONCE = 200;
/** No more is read after that time: the next round, a minute later, goes on. */
const MOST_MS = 45_000;
const AT_ONCE = 16;
const GONE = 410;

/**
 * Sends what is due to the endpoints of organizations: at least once, signed, each attempt begun before it is sent, so that
 * of two who do it at once one sends. One endpoint's failure doesn't stop the others, and after one failure nothing more is
 * sent to it in a round. What has died in the middle of an attempt is tried again.
 */
export async function deliverWebhooks(portal: DeliverPortal): Promise<DeliverResult> {
  const result: DeliverResult = { delivered: 0, failed: 0, dead: 0, failures: [] };
  const started = portal.clock().getTime();
  const shards = Array.from({ length: DUE_SHARDS }, (_, shard) => shard);
  const round: Round = { endpoints: new Map(), putOff: new Map(), well: new Set() };
  const seen = new Set<string>();
  do {
    const now = portal.clock();
    const due = await Promise.all(shards.map((shard) => portal.deliveries.due(shard, now, READ_AT_ONCE)));
    const fresh = due.flat().filter(({ webhookId, eventId }) => seen.size < seen.add(`${webhookId}#${eventId}`).size);
    if (fresh.length === 0) return result;
    await deliverAll(portal, round, fresh, result);
  } while (portal.clock().getTime() - started < MOST_MS);
  return result;
}

async function deliverAll(
  portal: DeliverPortal,
  round: Round,
  due: readonly DeliveryId[],
  result: DeliverResult,
): Promise<void> {
  await inParallel(due, AT_ONCE, async (id) => {
    try {
      const end = await attempt(portal, round, id);
      if (end === 'DELIVERED') result.delivered++;
      if (end === 'WAITING') result.failed++;
      if (end === 'DEAD') result.dead++;
    } catch (error) {
      result.failures.push(
        new Error(`delivery of ${id.eventId} to webhook ${id.webhookId}: ${(error as Error).message}`, {
          cause: error,
        }),
      );
    }
  });
}

/** What a round knows: endpoints with their secrets in clear, and those that have failed in it. */
type Round = {
  endpoints: Map<string, Promise<Endpoint | undefined>>;
  /** Until when what else is due to an endpoint is put off. */
  putOff: Map<string, Date>;
  /** Those that have answered well in it. */
  well: Set<string>;
};
type Endpoint = { webhook: Webhook; secrets: string[] };

async function attempt(portal: DeliverPortal, round: Round, id: DeliveryId): Promise<AttemptEnd['status'] | undefined> {
  const until = round.putOff.get(id.webhookId);
  if (until) {
    await portal.deliveries.postponed(id, until);
    return undefined;
  }
  const delivery = await portal.deliveries.begin(id, portal.clock());
  if (!delivery) return undefined;
  const endpoint = await endpointOf(portal, round, delivery);
  const end = endpoint
    ? await send(portal, round, endpoint, delivery)
    : { status: after('giveUp'), outcome: 'not sent: the webhook is disabled or deleted' };
  await portal.deliveries.ended(delivery, end, portal.clock());
  return end.status;
}

/** Where an attempt leads a delivery that waits. */
function after(verb: 'deliver' | 'fail' | 'giveUp'): DeliveryStatus {
  const moved = transition(DELIVERY_TRANSITIONS, 'WAITING', verb, 'SYSTEM');
  if (!moved.ok) throw new RangeError(`a delivery that waits has no ${verb}`);
  return moved.to;
}

async function send(
  portal: DeliverPortal,
  round: Round,
  { webhook, secrets }: Endpoint,
  delivery: Delivery,
): Promise<AttemptEnd> {
  const { event, attempts } = delivery;
  const body = webhookBody(event);
  const sent = await portal.webhookSender.send(
    webhook.url,
    webhookHeaders(event.id, body, secrets, portal.clock()),
    body,
  );
  const outcome = 'failure' in sent ? sent.failure : `answered ${sent.status}`;
  const now = portal.clock();
  const isWell = isSuccess(sent);
  if (isWell) {
    // Once a round: it is one item, whatever is sent.
    if (!round.well.has(webhook.id)) await portal.deliveries.health(webhook.id, isWell, now);
    round.well.add(webhook.id);
    return { status: after('deliver'), outcome };
  }
  const failingSince = await portal.deliveries.health(webhook.id, isWell, now);
  const next = nextAttempt(attempts, now);
  round.putOff.set(webhook.id, next ?? now);
  const isGone = 'status' in sent && sent.status === GONE;
  if (isGone || (failingSince !== undefined && hasFailedForLong(failingSince, now))) {
    await disableWebhook(portal, webhook, { since: failingSince ?? now.toISOString(), outcome, now });
    round.endpoints.set(webhook.id, Promise.resolve(undefined));
    return { status: after('giveUp'), outcome };
  }
  return next ? { status: after('fail'), outcome, nextAttempt: next } : { status: after('giveUp'), outcome };
}

const isSuccess = (sent: SendOutcome): boolean => 'status' in sent && sent.status >= 200 && sent.status < 300;

function endpointOf(
  portal: DeliverPortal,
  { endpoints }: Round,
  { webhookId, organizationId }: Delivery,
): Promise<Endpoint | undefined> {
  const endpoint = endpoints.get(webhookId) ?? readEndpoint(portal, organizationId, webhookId);
  endpoints.set(webhookId, endpoint);
  return endpoint;
}

async function readEndpoint(
  portal: DeliverPortal,
  organizationId: string,
  webhookId: string,
): Promise<Endpoint | undefined> {
  const [webhook, sealed] = await Promise.all([
    portal.webhooks.get(organizationId, webhookId),
    portal.webhooks.secretsOf(organizationId, webhookId),
  ]);
  if (!webhook || !sealed || webhook.status !== 'ACTIVE') return undefined;
  const isRotated = webhook.rotatedUntil !== undefined && portal.clock().toISOString() < webhook.rotatedUntil;
  const good = [sealed.present, ...(sealed.previous && isRotated ? [sealed.previous] : [])];
  const secrets = await Promise.all(good.map((secret) => portal.secrets.open(secret, webhookPurpose(webhookId))));
  return { webhook, secrets };
}
