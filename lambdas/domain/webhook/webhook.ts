import type { OrganizationType } from '../organization/organization.ts';
import type { Transition } from '../transitions.ts';

export const WEBHOOK_STATUSES = ['ACTIVE', 'DISABLED'] as const;
export type WebhookStatus = (typeof WEBHOOK_STATUSES)[number];

/** How an endpoint is switched off and on; the portal switches off one that fails for days, or says that it is gone. */
export const WEBHOOK_TRANSITIONS: readonly Transition<WebhookStatus, 'ADMINISTRATOR' | 'SYSTEM'>[] = [
  { from: 'ACTIVE', to: 'DISABLED', by: 'ADMINISTRATOR', verb: 'disable' },
  { from: 'ACTIVE', to: 'DISABLED', by: 'SYSTEM', verb: 'disable' },
  { from: 'DISABLED', to: 'ACTIVE', by: 'ADMINISTRATOR', verb: 'enable' },
];

export const DELIVERY_STATUSES = ['WAITING', 'DELIVERED', 'DEAD'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** How an event gets to an endpoint. */
export const DELIVERY_TRANSITIONS: readonly Transition<DeliveryStatus, 'ADMINISTRATOR' | 'SYSTEM'>[] = [
  { from: 'WAITING', to: 'DELIVERED', by: 'SYSTEM', verb: 'deliver' },
  { from: 'WAITING', to: 'WAITING', by: 'SYSTEM', verb: 'fail' },
  { from: 'WAITING', to: 'DEAD', by: 'SYSTEM', verb: 'giveUp' },
  { from: 'DEAD', to: 'WAITING', by: 'ADMINISTRATOR', verb: 'replay' },
];

/** Where an organization wants to be told of events. */
export type Webhook = {
  id: string;
  organizationId: string;
  organizationType: OrganizationType;
  url: string;
  description: string;
  /** Types of events; every one that the organization may know of while it is empty. */
  eventTypes: readonly string[];
  status: WebhookStatus;
  /** Why the portal has disabled it. */
  disabledReason?: string;
  createdTime: string;
  /** Until then the secret before the present one signs beside it. */
  rotatedUntil?: string;
  lastModifiedTime: string;
  version: number;
};

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** What Standard Webhooks recommends to wait after each failed attempt: about three days in all. */
const WAITS_MS = [
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
];

/** When to try again after that many failed attempts; undefined when it is given up. */
export function nextAttempt(failedAttempts: number, now: Date): Date | undefined {
  const wait = WAITS_MS[failedAttempts - 1];
  return wait === undefined ? undefined : new Date(now.getTime() + wait);
}

// Longer than a single event is tried for: an endpoint that is well at times is never disabled.
const MOST_DAYS_FAILING = 5;

/** Whether an endpoint that has failed since then, without one success, is disabled. */
export function hasFailedForLong(failingSince: string, now: Date): boolean {
  return now.getTime() - Date.parse(failingSince) >= MOST_DAYS_FAILING * DAY_MS;
}

/** How long the secret before the present one goes on signing. */
export function rotatedUntil(now: Date): Date {
  return new Date(now.getTime() + DAY_MS);
}

/** Whether an endpoint is told of events of a type. */
export function isSubscribed({ status, eventTypes }: Pick<Webhook, 'status' | 'eventTypes'>, type: string): boolean {
  return status === 'ACTIVE' && (eventTypes.length === 0 || eventTypes.includes(type));
}
