import * as z from 'zod';
import { USAGE_FILE_STATUSES } from '../../domain/usage-file/status.ts';
import { USAGE_FILE_FORMATS, USAGE_FILE_MODES } from '../../domain/usage-file/usage-file.ts';
import { decimal } from './common.ts';

const held = z.object({
  lines: z.number().int(),
  quantity: decimal,
  reported: decimal,
  outsideCommit: decimal,
  arrearsPeriods: z.array(z.string()),
});

const count = z.number().int();

export const UsageFileItem = z.object({
  id: z.string(),
  serviceProviderId: z.string(),
  userId: z.string(),
  createdTime: z.string(),
  name: z.string(),
  format: z.enum(USAGE_FILE_FORMATS),
  mode: z.enum(USAGE_FILE_MODES),
  size: count,
  orderId: z.string().optional(),
  status: z.enum(USAGE_FILE_STATUSES),
  attempt: count,
  heldUntil: z.string().optional(),
  rows: count.optional(),
  emptyRows: count.optional(),
  errors: count.optional(),
  ignoredColumns: z.array(z.string()).optional(),
  applied: z.object({ userId: z.string(), time: z.string() }).optional(),
  orders: z.array(
    z.object({
      orderId: z.string(),
      contractNumber: z.string(),
      usagePeriod: z.string(),
      orderVersion: count,
      rows: count,
      counts: z.object({ added: count, changed: count, removed: count, unchanged: count }),
      before: held,
      after: held,
      outcome: z.enum(['WAITING', 'APPLIED', 'REFUSED']),
      message: z.string().optional(),
    }),
  ),
  lastModifiedTime: z.string(),
  version: count,
});
