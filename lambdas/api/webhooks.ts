import { randomBytes, randomUUID } from 'node:crypto';
import type { Webhook } from '../domain/webhook/webhook.ts';
import { webhookRoutes } from '../manifest/routes/webhooks.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { portalWith } from '../runtime/portal-with.ts';
import type { Answer, ApiRequest, ResourceOf } from '../runtime/resource.ts';
import { sendingPorts, webhookPorts } from '../runtime/webhook-ports.ts';
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  ownWebhook,
  rotateWebhookSecret,
} from '../use-cases/keep-webhook.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import { listDeadLetters, listWebhooks, replayDeadLetters } from '../use-cases/read-webhooks.ts';
import { webhookSecretText } from '../use-cases/sign-webhook.ts';

const SECRET_BYTES = 24;

type Request<Id extends 'changeVendorWebhook' | 'createVendorWebhook' | 'listVendorWebhooks'> = ApiRequest<Id>;
type OfOne = Pick<Request<'changeVendorWebhook'>, 'caller' | 'params' | 'now'>;
type EditOfOne = OfOne & Pick<Request<'changeVendorWebhook'>, 'ifMatch'>;

const create = async (
  portal: Portal,
  { caller, body, now }: Pick<Request<'createVendorWebhook'>, 'caller' | 'body' | 'now'>,
) => {
  const secret = randomBytes(SECRET_BYTES);
  const webhook = await createWebhook(portal, { caller, webhookId: randomUUID(), now }, body, secret);
  return withSecret(webhook, secret);
};

const list = async (portal: Portal, { caller, query }: Pick<Request<'listVendorWebhooks'>, 'caller' | 'query'>) => {
  const { content, total } = await listWebhooks(portal, caller, query);
  return { body: { content: content.map(webhookBody), total } };
};

const get = async (portal: Portal, { caller, params }: Pick<OfOne, 'caller' | 'params'>) =>
  answer(await ownWebhook(portal, caller, params.webhookId));

const change = async (
  portal: Portal,
  { caller, params, body, now, ifMatch }: EditOfOne & Pick<Request<'changeVendorWebhook'>, 'body'>,
) => answer(await changeWebhook(portal, { caller, ...params, now, ifMatch }, body));

const remove = async (portal: Portal, { caller, params, now, ifMatch }: EditOfOne) => {
  await deleteWebhook(portal, { caller, ...params, now, ifMatch });
  return { body: undefined };
};

const rotate = async (portal: Portal, { caller, params, now, ifMatch }: EditOfOne) => {
  const secret = randomBytes(SECRET_BYTES);
  return withSecret(await rotateWebhookSecret(portal, { caller, ...params, now, ifMatch }, secret), secret);
};

const deadLetters = async (
  portal: Portal,
  { caller, params, query, now }: Pick<ApiRequest<'listVendorDeadLetters'>, 'caller' | 'params' | 'query' | 'now'>,
) => {
  const { content, total } = await listDeadLetters(portal, caller, params.webhookId, query, now);
  const told = content.map(({ event, attempts, lastAttempt }) => ({
    eventId: event.id,
    type: event.type,
    timestamp: event.time,
    attempts,
    ...(lastAttempt && { lastAttempt }),
  }));
  return { body: { content: told, total } };
};

const replay = async (
  portal: Portal,
  { caller, params, body, now }: Pick<ApiRequest<'replayVendorDeadLetters'>, 'caller' | 'params' | 'body' | 'now'>,
) => ({ body: { replayed: await replayDeadLetters(portal, caller, { ...params, ...body, now }) } });

export const resource: ResourceOf<'webhooksApi'> = {
  createAggregatorWebhook: create,
  listAggregatorWebhooks: list,
  getAggregatorWebhook: get,
  changeAggregatorWebhook: change,
  deleteAggregatorWebhook: remove,
  rotateAggregatorWebhookSecret: rotate,
  listAggregatorDeadLetters: deadLetters,
  replayAggregatorDeadLetters: replay,

  createProviderWebhook: create,
  listProviderWebhooks: list,
  getProviderWebhook: get,
  changeProviderWebhook: change,
  deleteProviderWebhook: remove,
  rotateProviderWebhookSecret: rotate,
  listProviderDeadLetters: deadLetters,
  replayProviderDeadLetters: replay,

  createVendorWebhook: create,
  listVendorWebhooks: list,
  getVendorWebhook: get,
  changeVendorWebhook: change,
  deleteVendorWebhook: remove,
  rotateVendorWebhookSecret: rotate,
  listVendorDeadLetters: deadLetters,
  replayVendorDeadLetters: replay,
};

export const handler = apiHandler(
  webhookRoutes,
  resource,
  portalWith((table) => ({ ...webhookPorts(table), ...sendingPorts() })),
);

const answer = (webhook: Webhook) => ({ body: webhookBody(webhook), version: webhook.version });

const withSecret = (webhook: Webhook, secret: Uint8Array) => ({
  body: { ...webhookBody(webhook), secret: webhookSecretText(secret) },
  version: webhook.version,
});

function webhookBody(webhook: Webhook): Answer<'getVendorWebhook'>['body'] {
  const { organizationId: _organization, organizationType: _type, version: _version, ...told } = webhook;
  return { ...told, eventTypes: [...told.eventTypes] };
}
