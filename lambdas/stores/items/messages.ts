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
