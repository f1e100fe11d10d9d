import * as z from 'zod';
import { EXPORT_KINDS } from '../../domain/document-export/document-export.ts';
import { EXPORT_STATUSES } from '../../domain/document-export/status.ts';
import { INVOICE_FORMS } from '../../domain/invoice/document-forms.ts';

const count = z.number().int();

export const DocumentExportItem = z.object({
  id: z.string(),
  organizationId: z.string(),
  userId: z.string(),
  status: z.enum(EXPORT_STATUSES),
  request: z.object({
    from: z.string(),
    to: z.string(),
    kinds: z.array(z.enum(EXPORT_KINDS)),
    forms: z.array(z.enum(INVOICE_FORMS)),
    aggregatorId: z.string().optional(),
    serviceProviderId: z.string().optional(),
  }),
  createdTime: z.string(),
  heldUntil: z.string().optional(),
  attempts: count,
  documents: count.optional(),
  parts: count,
  files: count,
  finishedTime: z.string().optional(),
  expires: z.string().optional(),
  failure: z.object({ code: z.string(), message: z.string() }).optional(),
  version: count,
});

/** That a user has an export underway. */
export const ExportUnderwayItem = z.object({ id: z.string() });
