import type { DeliveryStatus, Webhook } from '../../domain/webhook/webhook.ts';
import type { Change } from './changes.ts';
import type { PortalEvent } from './messages.ts';
import type { SealedText } from './secrets.ts';

/** Secrets that an endpoint's requests are signed with: the present one, and the one before it for a while. */
export type WebhookSecrets = { present: SealedText; previous?: SealedText };

/** An event on its way to an endpoint. */
export type Delivery = {
  webhookId: string;
  organizationId: string;
  event: PortalEvent;
  status: DeliveryStatus;
  /** Attempts that were begun. */
  attempts: number;
  /** What came of the last one. */
  lastAttempt?: { time: string; outcome: string };
};

export type DeliveryId = Pick<Delivery, 'webhookId'> & { eventId: string };

/** What is to become of a delivery after an attempt. */
export type AttemptEnd = {
  status: DeliveryStatus;
  outcome: string;
  /** Of one that waits. */
  nextAttempt?: Date;
};

/** Endpoints of organizations. */
export type Webhooks = {
  /** All of an organization, in the order of their ids. Strongly consistent. */
  ofOrganization(organizationId: string): Promise<Webhook[]>;
  get(organizationId: string, webhookId: string): Promise<Webhook | undefined>;
  secretsOf(organizationId: string, webhookId: string): Promise<WebhookSecrets | undefined>;
  created(webhook: Webhook, secrets: WebhookSecrets): Change;
  /** As Contracts.changed; its secrets stay unless others are given. */
  changed(webhook: Webhook, secrets: WebhookSecrets, now: Date): Change;
  /** To be committed with an entry of the audit trail of the next version, which keeps two from acting at once. */
  deleted(webhook: Webhook): Change;
};

/** Events on their way to endpoints. */
export type Deliveries = {
  /** Queues an event for an endpoint; nothing happens when it was queued before. */
  queue(webhook: Pick<Webhook, 'id' | 'organizationId'>, event: PortalEvent, now: Date): Promise<void>;
  /** Deliveries of a shard that are due, the longest due first; may lag behind by a moment. */
  due(shard: number, now: Date, limit: number): Promise<DeliveryId[]>;
  /** Begins an attempt; undefined when it isn't due any more, or somebody else is at it. */
  begin(id: DeliveryId, now: Date): Promise<Delivery | undefined>;
  /** Ends the attempt that was begun, unless another was begun since. */
  ended(delivery: Delivery, end: AttemptEnd, now: Date): Promise<void>;
  /** Puts off what wasn't begun. */
  postponed(id: DeliveryId, until: Date): Promise<void>;
  /** Dead ones of an endpoint, in no particular order; may lag behind by a moment. */
  dead(webhookId: string, now: Date): Promise<Delivery[]>;
  /** Makes a dead one wait again, from its first attempt; false when it isn't dead. */
  replayed(id: DeliveryId, now: Date): Promise<boolean>;
  /** Notes that an endpoint has failed or not; answers since when it has failed without a success, if it does. */
  health(webhookId: string, isWell: boolean, now: Date): Promise<string | undefined>;
};

/** What came of a request to an endpoint. */
export type SendOutcome = { status: number } | { failure: string };

/** Sends requests to addresses that people have named: never into the portal's own network, and never for long. */
export type WebhookSender = {
  /** Why nothing may be sent there; undefined where it may. */
  refusal(url: string): Promise<string | undefined>;
  /** Sends a POST of JSON; follows no redirects, takes 5 seconds at most. */
  send(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<SendOutcome>;
};
