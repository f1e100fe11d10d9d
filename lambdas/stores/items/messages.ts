import * as z from 'zod';

export const AuditItem = z.object({
  organizationId: z.string(),
  subject: z.string(),
  id: z.string(),
  time: z.string(),
  actor: z.string(),
  action: z.string(),
  from: z.string().optional(),
  to: z.string().optional(),
  reason: z.string().optional(),
});

export const OutboxItem = z.object({
  id: z.string(),
  type: z.string(),
  time: z.string(),
  detail: z.record(z.string(), z.unknown()),
});

const notice = z.object({
  id: z.string(),
  time: z.string(),
  recipientId: z.string(),
  contractId: z.string(),
  contractNumber: z.string(),
});

export const NoticeItem = z.discriminatedUnion('kind', [
  notice.extend({ kind: z.literal('DOCUMENT_ISSUED'), invoiceNumber: z.string(), requestToken: z.string() }),
  notice.extend({ kind: z.literal('CONTRACT_EXPIRING'), eolDate: z.string() }),
  notice.extend({ kind: z.literal('BELOW_TRIGGER_POINT'), usagePeriod: z.string() }),
  notice.extend({
    kind: z.enum(['METER_STOPPED', 'METER_RESUMED']),
    meterName: z.string(),
    stoppedSince: z.string(),
  }),
]);
