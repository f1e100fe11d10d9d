import { WEBHOOK_STATUSES, type Webhook } from '../../domain/webhook/webhook.ts';
import type { Delivery } from '../ports/webhooks.ts';
import type { ListDefinition, ListFields } from './definition.ts';

const FIELDS: ListFields<Webhook> = {
  url: { type: 'text', of: (webhook) => webhook.url },
  status: { type: 'enum', values: WEBHOOK_STATUSES, of: (webhook) => webhook.status },
  createdTime: { type: 'text', of: (webhook) => webhook.createdTime },
};

/** Endpoints of an organization. */
export const WEBHOOK_LIST: ListDefinition<Webhook> = {
  selectors: FIELDS,
  sortable: FIELDS,
  id: (webhook) => webhook.id,
  defaultSort: 'createdTime',
};

const LETTER: ListFields<Delivery> = {
  eventId: { type: 'text', of: ({ event }) => event.id },
  type: { type: 'text', of: ({ event }) => event.type },
  timestamp: { type: 'text', of: ({ event }) => event.time },
};

/** What could not be delivered to an endpoint. */
export const DEAD_LETTER_LIST: ListDefinition<Delivery> = {
  selectors: LETTER,
  sortable: LETTER,
  id: ({ event }) => event.id,
  defaultSort: '-timestamp',
};
