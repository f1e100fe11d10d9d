import * as z from 'zod';
import { REMINDERS, type Reminder } from '../../domain/billing-order/deadlines.ts';
import { ORDER_NEWS_NAMES } from '../../domain/billing-order/order-news.ts';
import { CONTRACT_REQUEST_TYPES, VENDOR_DECISIONS } from '../../domain/contract-request/request.ts';
import { DEAL_EXTENSION_STATUSES, DEAL_STATUSES } from '../../domain/deal/status.ts';
import { ONE_OFF_ORDER_STATUSES } from '../../domain/one-off-order/status.ts';
import { TOLD_DECISIONS } from '../../domain/service-delivery/status.ts';

const REMINDER_KINDS = Object.keys(REMINDERS) as Reminder[];

const notice = z.object({ id: z.string(), time: z.string(), recipientId: z.string() });
const contractNotice = notice.extend({ contractId: z.string(), contractNumber: z.string() });
const reminderNotice = notice.extend({
  usagePeriod: z.string(),
  dueDate: z.string(),
  count: z.number().int(),
  orders: z.array(z.object({ contractNumber: z.string(), serviceProviderId: z.string() })).readonly(),
});

export const NoticeItem = z.discriminatedUnion('kind', [
  contractNotice.extend({ kind: z.literal('DOCUMENT_ISSUED'), invoiceNumber: z.string(), requestToken: z.string() }),
  contractNotice.extend({ kind: z.literal('CONTRACT_EXPIRING'), eolDate: z.string() }),
  contractNotice.extend({
    kind: z.literal('BELOW_TRIGGER_POINT'),
    usagePeriod: z.string(),
    figures: z.object({
      drawn: z.string(),
      balance: z.string(),
      triggerPoint: z.string(),
      currency: z.string().optional(),
    }),
  }),
  contractNotice.extend({
    kind: z.literal('THRESHOLD_CROSSED'),
    usagePeriod: z.string(),
    figures: z.object({ spent: z.string(), threshold: z.string(), currency: z.string() }),
  }),
  contractNotice.extend({ kind: z.literal('CONTRACT_ACTIVE'), bolDate: z.string() }),
  contractNotice.extend({
    kind: z.literal('REQUEST_DECIDED'),
    token: z.string(),
    requestType: z.enum(CONTRACT_REQUEST_TYPES),
    decision: z.enum(VENDOR_DECISIONS),
    comment: z.string().optional(),
  }),
  contractNotice.extend({
    kind: z.literal('ORDER_CHANGED'),
    usagePeriod: z.string(),
    news: z.enum(ORDER_NEWS_NAMES),
    comment: z.string().optional(),
  }),
  contractNotice.extend({
    kind: z.literal('TAKE_OVER_ASKED'),
    serviceProvider: z.string(),
    effectiveDate: z.string(),
  }),
  contractNotice.extend({
    kind: z.literal('ONE_OFF_ORDER_CHANGED'),
    orderNumber: z.string(),
    status: z.enum(ONE_OFF_ORDER_STATUSES),
    description: z.string(),
    comment: z.string().optional(),
  }),
  contractNotice.extend({
    kind: z.literal('DEAL_CHANGED'),
    dealNumber: z.string(),
    productSKU: z.string(),
    status: z.enum(DEAL_STATUSES),
    extendStatus: z.enum(DEAL_EXTENSION_STATUSES),
    comment: z.string().optional(),
  }),
  contractNotice.extend({
    kind: z.enum(['METER_STOPPED', 'METER_RESUMED']),
    meterName: z.string(),
    stoppedSince: z.string(),
  }),
  contractNotice.extend({ kind: z.literal('SERVICE_DELIVERIES_ENTERED'), numbers: z.array(z.string()).readonly() }),
  contractNotice.extend({
    kind: z.literal('SERVICE_DELIVERY_CHANGED'),
    number: z.string(),
    decision: z.enum(TOLD_DECISIONS),
    description: z.string(),
    comment: z.string().optional(),
  }),
  reminderNotice.extend({ kind: z.enum(REMINDER_KINDS) }),
  notice.extend({
    kind: z.literal('INVITATION'),
    userId: z.string(),
    secret: z.object({ wrappedKey: z.string(), sealed: z.string() }),
  }),
  notice.extend({ kind: z.literal('WEBHOOK_DISABLED'), url: z.string(), since: z.string(), outcome: z.string() }),
]);
