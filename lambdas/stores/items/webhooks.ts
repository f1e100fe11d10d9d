import * as z from 'zod';
import { ORGANIZATION_TYPES } from '../../domain/organization/organization.ts';
import { DELIVERY_STATUSES, WEBHOOK_STATUSES } from '../../domain/webhook/webhook.ts';
import { OutboxItem } from './messages.ts';

const sealedText = z.object({ wrappedKey: z.string(), sealed: z.string() });

export const WebhookItem = z.object({
  id: z.string(),
  organizationId: z.string(),
  organizationType: z.enum(ORGANIZATION_TYPES),
  url: z.string(),
  description: z.string(),
  eventTypes: z.array(z.string()),
  status: z.enum(WEBHOOK_STATUSES),
  disabledReason: z.string().optional(),
  createdTime: z.string(),
  rotatedUntil: z.string().optional(),
  secrets: z.object({ present: sealedText, previous: sealedText.optional() }),
  lastModifiedTime: z.string(),
  version: z.number().int(),
});

export const DeliveryItem = z.object({
  webhookId: z.string(),
  organizationId: z.string(),
  event: OutboxItem,
  status: z.enum(DELIVERY_STATUSES),
  attempts: z.number().int(),
  heldUntil: z.string(),
  lastAttempt: z.object({ time: z.string(), outcome: z.string() }).optional(),
  expiresAt: z.number().int(),
});
