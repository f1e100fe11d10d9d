import type { CrossedThreshold, LowPrepayment } from '../../documents/mail/contract-mails.ts';
import type { MailMessage } from '../../documents/mail/message.ts';
import type { Reminder } from '../../domain/billing-order/deadlines.ts';
import type { OrderNews } from '../../domain/billing-order/order-news.ts';
import type { Period, PlainDate } from '../../domain/calendar/period.ts';
import type { ContractRequestType, VendorDecision } from '../../domain/contract-request/request.ts';
import type { DealExtensionStatus, DealStatus } from '../../domain/deal/status.ts';
import type { OneOffOrderStatus } from '../../domain/one-off-order/status.ts';
import type { ToldDecision } from '../../domain/service-delivery/status.ts';
import type { EventDetail, EventType } from '../../manifest/events.ts';
import type { Change } from './changes.ts';
import type { SealedText } from './secrets.ts';

/** An event for other systems; `id` is the same however often it is published. */
export type PortalEvent = {
  [Type in EventType]: { id: string; type: Type; time: string; detail: Readonly<EventDetail<Type>> };
}[EventType];

/** Outgoing events, committed together with what they tell of and published later: never lost, never before. */
export type Outbox = {
  queued(event: PortalEvent): Change;
  /** Some events waiting in a shard, oldest first; may lag behind. */
  waiting(shard: number, limit: number): Promise<PortalEvent[]>;
  /** Takes published events out. */
  sent(events: readonly PortalEvent[]): Promise<void>;
};

/** Shards that waiting events are spread over. */
export const OUTBOX_SHARDS = 8;

export type EventBus = {
  /** Publishes up to 10 events; answers those that were not taken. */
  publish(events: readonly PortalEvent[]): Promise<PortalEvent[]>;
};

export type Mailer = { send(message: MailMessage, reference: string): Promise<void> };

export type Notification = { run: string; kind: string; recipientId: string; reference: string };

/** One record for each message of a run, claimed before it is sent, so that it isn't sent again once it was. */
export type Notifications = {
  /** SENT: nothing to do. HELD: another worker is sending it now, or has died within the last seconds. */
  claim(notification: Notification, now: Date): Promise<'CLAIMED' | 'SENT' | 'HELD'>;
  sent(notification: Notification, now: Date): Promise<void>;
};

/** What a party has to be told by mail. */
export type Notice = {
  /** Names the message for good; the reference of its mail. */
  id: string;
  time: string;
  recipientId: string;
} & (ContractNotice | ReminderNotice | WebhookNotice | InvitationNotice);

type ContractNotice = { contractId: string; contractNumber: string } & (
  | { kind: 'DOCUMENT_ISSUED'; invoiceNumber: string; requestToken: string }
  | { kind: 'CONTRACT_EXPIRING'; eolDate: PlainDate }
  | { kind: 'THRESHOLD_CROSSED'; usagePeriod: Period; figures: CrossedThreshold }
  | { kind: 'BELOW_TRIGGER_POINT'; usagePeriod: Period; figures: LowPrepayment }
  | { kind: 'CONTRACT_ACTIVE'; bolDate: PlainDate }
  | {
      kind: 'REQUEST_DECIDED';
      token: string;
      requestType: ContractRequestType;
      decision: VendorDecision;
      /** What the vendor said. */
      comment?: string;
    }
  | {
      kind: 'ORDER_CHANGED';
      usagePeriod: Period;
      news: OrderNews;
      /** What was said with it. */
      comment?: string;
    }
  | { kind: 'TAKE_OVER_ASKED'; serviceProvider: string; effectiveDate: PlainDate }
  | {
      kind: 'ONE_OFF_ORDER_CHANGED';
      orderNumber: string;
      status: OneOffOrderStatus;
      description: string;
      /** What the vendor said. */
      comment?: string;
    }
  | {
      kind: 'DEAL_CHANGED';
      dealNumber: string;
      productSKU: string;
      status: DealStatus;
      extendStatus: DealExtensionStatus;
      /** What was said beside. */
      comment?: string;
    }
  | { kind: 'METER_STOPPED' | 'METER_RESUMED'; meterName: string; stoppedSince: string }
  /** Numbers of deliveries that wait for acceptance. */
  | { kind: 'SERVICE_DELIVERIES_ENTERED'; numbers: readonly string[] }
  | {
      kind: 'SERVICE_DELIVERY_CHANGED';
      number: string;
      decision: ToldDecision;
      description: string;
      /** What was said with it. */
      comment?: string;
    }
);

/** The mail that makes a person a user; the secret in it is kept sealed until it is sent. */
type InvitationNotice = { kind: 'INVITATION'; userId: string; secret: SealedText };

type WebhookNotice = { kind: 'WEBHOOK_DISABLED'; url: string; since: string; outcome: string };

/** An order that a mail of the programme calendar tells of. */
export type RemindedOrder = { contractNumber: string; serviceProviderId: string };

export type ReminderNotice = {
  kind: Reminder;
  usagePeriod: Period;
  /** The day they have to be done by. */
  dueDate: PlainDate;
  /** How many orders there are, and the first of them by contract number. */
  count: number;
  orders: readonly RemindedOrder[];
};

/** Notices, committed together with what they tell of and kept until they are mailed: never lost, never before. */
export type Notices = {
  queued(notice: Notice): Change;
  /** All that wait, oldest first; may lag behind by a moment. */
  waiting(): Promise<Notice[]>;
  /** Takes a notice out that was mailed. */
  told(notice: Notice): Promise<void>;
};
