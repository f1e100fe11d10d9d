import * as z from 'zod';
import { WEBHOOK_STATUSES } from '../../domain/webhook/webhook.ts';
import { DEAD_LETTER_LIST, WEBHOOK_LIST } from '../../use-cases/lists/webhook-list.ts';
import { EVENT_TYPES } from '../events.ts';
import { listQuery, NoContent, NoParameters, pageOf } from './common.ts';
import type { RouteDefinition } from './route.ts';
import { Id, plainText } from './text.ts';

const WEBHOOK = {
  id: z.string(),
  url: z.string(),
  description: z.string(),
  eventTypes: z
    .array(z.string())
    .meta({ description: 'Types of events; empty for all that the organization is told of' }),
  status: z.enum(WEBHOOK_STATUSES),
  disabledReason: z.string().optional().meta({ description: 'Why the portal has disabled it' }),
  rotatedUntil: z.iso.datetime().optional().meta({ description: 'Until then the secret before this one signs too' }),
  createdTime: z.iso.datetime(),
  lastModifiedTime: z.iso.datetime(),
};
const WebhookSchema = z.strictObject(WEBHOOK).meta({ id: 'Webhook', description: 'Where events are sent to' });
const WebhookWithSecret = z
  .strictObject({
    ...WEBHOOK,
    secret: z.string().meta({ description: 'What it is signed with (`whsec_…`), shown here and never again' }),
  })
  .meta({ id: 'WebhookWithSecret' });

const FIELDS = {
  url: z.string('must be text').max(1_000, 'must have at most 1000 characters').meta({
    description: 'Begins with https:// and leads to the public internet',
    example: 'https://partner.example/hooks',
  }),
  description: plainText(200),
  eventTypes: z
    .array(z.enum(EVENT_TYPES, `must be one of ${EVENT_TYPES.join(', ')}`))
    .max(EVENT_TYPES.length, `must have at most ${EVENT_TYPES.length} types`)
    .meta({ description: 'Types of events (docs/events.md); empty for all that the organization is told of' }),
};
const NewWebhook = z.strictObject({ ...FIELDS, eventTypes: FIELDS.eventTypes.default([]) }).meta({ id: 'NewWebhook' });
const WebhookEdit = z
  .strictObject({
    ...FIELDS,
    status: z.enum(WEBHOOK_STATUSES, `must be one of ${WEBHOOK_STATUSES.join(', ')}`),
  })
  .partial()
  .meta({ id: 'WebhookChange', description: 'What is to be changed; what is not given stays' });

const DeadLetter = z
  .strictObject({
    eventId: z.string().meta({ description: 'Id of the event, its `webhook-id`' }),
    type: z.string(),
    timestamp: z.iso.datetime().meta({ description: 'When it happened' }),
    attempts: z.int(),
    lastAttempt: z.strictObject({ time: z.iso.datetime(), outcome: z.string() }).optional(),
  })
  .meta({ id: 'DeadLetter', description: 'An event that could not be delivered' });

const MOST_REPLAYED = 500;
const Replay = z
  .strictObject({
    eventIds: z
      .array(z.string().max(300))
      .min(1, 'must not be empty')
      .max(MOST_REPLAYED, `must have at most ${MOST_REPLAYED} ids`)
      .optional()
      .meta({ description: 'All dead letters unless told otherwise' }),
  })
  .meta({ id: 'WebhookReplay' });

const EXAMPLE = {
  id: 'b4e0a5f2-7c39-4ad1-9a63-2f5d8c1e7b90',
  url: 'https://partner.example/hooks',
  description: 'Our billing system',
  eventTypes: ['BillingOrderChanged'],
  status: 'ACTIVE',
  createdTime: '2026-11-10T02:00:00.000Z',
  lastModifiedTime: '2026-11-10T02:00:00.000Z',
} as const;
const EXAMPLE_PARAMS = { webhookId: EXAMPLE.id };
const EXAMPLE_SECRET = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';

const ALL = { function: 'webhooksApi', tag: 'Webhooks' } as const;
const ONE = { ...ALL, params: z.strictObject({ webhookId: Id }), query: NoParameters } as const;
const EDIT = { ...ONE, editable: true, problems: ['CHANGED_MEANWHILE'] } as const;

const CREATE = {
  ...ALL,
  method: 'POST',
  summary: 'Create a webhook',
  description: 'Events are sent there from now on, signed after Standard Webhooks. Its secret is in this answer only.',
  params: NoParameters,
  query: NoParameters,
  body: NewWebhook,
  answer: { status: 201, description: 'The webhook with its secret', schema: WebhookWithSecret, secret: true },
  problems: [],
  example: {
    body: { url: EXAMPLE.url, description: EXAMPLE.description, eventTypes: EXAMPLE.eventTypes },
    answer: { ...EXAMPLE, secret: EXAMPLE_SECRET },
  },
} as const;
const LIST = {
  ...ALL,
  method: 'GET',
  summary: 'List webhooks',
  description: "The webhooks of the caller's organization.",
  params: NoParameters,
  query: z.strictObject(listQuery(WEBHOOK_LIST)),
  answer: {
    status: 200,
    description: 'A page of webhooks',
    schema: pageOf(WebhookSchema).meta({ id: 'PageOfWebhook' }),
  },
  problems: [],
  example: { query: { filter: 'status==ACTIVE' }, answer: { content: [EXAMPLE], total: 1 } },
} as const;
const GET = {
  ...ONE,
  editable: true,
  method: 'GET',
  summary: 'Get a webhook',
  description: "A webhook of the caller's organization, without its secret.",
  answer: { status: 200, description: 'The webhook', schema: WebhookSchema },
  problems: [],
  example: { params: EXAMPLE_PARAMS, answer: EXAMPLE },
} as const;
const CHANGE = {
  ...EDIT,
  method: 'PATCH',
  summary: 'Change a webhook',
  description: 'Also switches it off, and on again. What happens while it is off is not sent later.',
  body: WebhookEdit,
  answer: { status: 200, description: 'The webhook as it is now', schema: WebhookSchema },
  problems: ['TRANSITION_NOT_ALLOWED', 'CHANGED_MEANWHILE'],
  example: { params: EXAMPLE_PARAMS, body: { eventTypes: EXAMPLE.eventTypes }, answer: EXAMPLE },
} as const;
const DELETE = {
  ...EDIT,
  method: 'DELETE',
  summary: 'Delete a webhook',
  description: 'What waits for it is given up.',
  answer: { status: 204, description: 'The webhook is deleted', schema: NoContent },
  example: { params: EXAMPLE_PARAMS },
} as const;
const ROTATE = {
  ...EDIT,
  method: 'POST',
  summary: 'Rotate the secret of a webhook',
  description:
    'For 24 hours requests are signed with the new secret and the one before. The new one is in this answer only.',
  answer: { status: 200, description: 'The webhook with its new secret', schema: WebhookWithSecret, secret: true },
  example: {
    params: EXAMPLE_PARAMS,
    answer: { ...EXAMPLE, rotatedUntil: '2026-11-11T02:00:00.000Z', secret: EXAMPLE_SECRET },
  },
} as const;
const DEAD_LETTERS = {
  ...ONE,
  method: 'GET',
  summary: 'List dead letters of a webhook',
  description: 'Events that could not be delivered within three days, kept for 30 days after the last attempt.',
  query: z.strictObject(listQuery(DEAD_LETTER_LIST)),
  answer: { status: 200, description: 'A page of events', schema: pageOf(DeadLetter).meta({ id: 'PageOfDeadLetter' }) },
  problems: [],
  example: {
    params: EXAMPLE_PARAMS,
    query: { filter: 'type==BillingOrderChanged' },
    answer: {
      content: [
        {
          eventId: 'BillingOrderChanged#8dec8aaa-4b1f-4d0c-9a51-760aa839aeb3#4',
          type: 'BillingOrderChanged',
          timestamp: '2026-11-06T10:00:00.000Z',
          attempts: 10,
          lastAttempt: { time: '2026-11-09T14:00:00.000Z', outcome: 'answered 500' },
        },
      ],
      total: 1,
    },
  },
} as const;
const REPLAY = {
  ...ONE,
  method: 'POST',
  summary: 'Replay dead letters of a webhook',
  description: 'Sends them again within a minute, with the ids they had.',
  body: Replay,
  answer: {
    status: 202,
    description: 'How many are sent again',
    schema: z.strictObject({ replayed: z.int() }).meta({ id: 'ReplayedDeadLetters' }),
  },
  problems: [],
  example: { params: EXAMPLE_PARAMS, body: {}, answer: { replayed: 1 } },
} as const;

const AGGREGATOR = { access: { organizationType: 'AGGREGATOR', action: 'manageWebhooks' } } as const;
const PROVIDER = { access: { organizationType: 'SERVICE_PROVIDER', action: 'manageWebhooks' } } as const;
const VENDOR = { access: { organizationType: 'VENDOR', action: 'manageWebhooks' } } as const;

export const webhookRoutes = {
  createAggregatorWebhook: { ...CREATE, ...AGGREGATOR, path: '/api/aggregator/v1/webhooks' },
  listAggregatorWebhooks: { ...LIST, ...AGGREGATOR, path: '/api/aggregator/v1/webhooks' },
  getAggregatorWebhook: { ...GET, ...AGGREGATOR, path: '/api/aggregator/v1/webhooks/{webhookId}' },
  changeAggregatorWebhook: { ...CHANGE, ...AGGREGATOR, path: '/api/aggregator/v1/webhooks/{webhookId}' },
  rotateAggregatorWebhookSecret: {
    ...ROTATE,
    ...AGGREGATOR,
    path: '/api/aggregator/v1/webhooks/{webhookId}/rotateSecret',
  },
  listAggregatorDeadLetters: {
    ...DEAD_LETTERS,
    ...AGGREGATOR,
    path: '/api/aggregator/v1/webhooks/{webhookId}/deadLetters',
  },
  replayAggregatorDeadLetters: { ...REPLAY, ...AGGREGATOR, path: '/api/aggregator/v1/webhooks/{webhookId}/replay' },
  deleteAggregatorWebhook: { ...DELETE, ...AGGREGATOR, path: '/api/aggregator/v1/webhooks/{webhookId}' },

  createProviderWebhook: { ...CREATE, ...PROVIDER, path: '/api/provider/v1/webhooks' },
  listProviderWebhooks: { ...LIST, ...PROVIDER, path: '/api/provider/v1/webhooks' },
  getProviderWebhook: { ...GET, ...PROVIDER, path: '/api/provider/v1/webhooks/{webhookId}' },
  changeProviderWebhook: { ...CHANGE, ...PROVIDER, path: '/api/provider/v1/webhooks/{webhookId}' },
  rotateProviderWebhookSecret: { ...ROTATE, ...PROVIDER, path: '/api/provider/v1/webhooks/{webhookId}/rotateSecret' },
  listProviderDeadLetters: { ...DEAD_LETTERS, ...PROVIDER, path: '/api/provider/v1/webhooks/{webhookId}/deadLetters' },
  replayProviderDeadLetters: { ...REPLAY, ...PROVIDER, path: '/api/provider/v1/webhooks/{webhookId}/replay' },
  deleteProviderWebhook: { ...DELETE, ...PROVIDER, path: '/api/provider/v1/webhooks/{webhookId}' },

  createVendorWebhook: { ...CREATE, ...VENDOR, path: '/api/vendor/v1/webhooks' },
  listVendorWebhooks: { ...LIST, ...VENDOR, path: '/api/vendor/v1/webhooks' },
  getVendorWebhook: { ...GET, ...VENDOR, path: '/api/vendor/v1/webhooks/{webhookId}' },
  changeVendorWebhook: { ...CHANGE, ...VENDOR, path: '/api/vendor/v1/webhooks/{webhookId}' },
  rotateVendorWebhookSecret: { ...ROTATE, ...VENDOR, path: '/api/vendor/v1/webhooks/{webhookId}/rotateSecret' },
  listVendorDeadLetters: { ...DEAD_LETTERS, ...VENDOR, path: '/api/vendor/v1/webhooks/{webhookId}/deadLetters' },
  replayVendorDeadLetters: { ...REPLAY, ...VENDOR, path: '/api/vendor/v1/webhooks/{webhookId}/replay' },
  deleteVendorWebhook: { ...DELETE, ...VENDOR, path: '/api/vendor/v1/webhooks/{webhookId}' },
} as const satisfies Record<string, RouteDefinition>;
