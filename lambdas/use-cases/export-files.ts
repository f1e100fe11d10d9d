import * as z from 'zod';
import { period } from '../domain/calendar/period.ts';
import { EXPORT_KINDS } from '../domain/document-export/document-export.ts';
import { type InvoiceForm, isRendered } from '../domain/invoice/document-forms.ts';
import type { ExportKey } from './ports/document-exports.ts';

/** A document of an export: where it is stored in all its forms. */
export const ExportedDocumentSchema = z.object({
  /** Number of an invoice, reference of a statement or bill. */
  name: z.string(),
  kind: z.enum(EXPORT_KINDS),
  usagePeriod: z.string().transform(period),
  /** Without extension. */
  key: z.string(),
  contractNumber: z.string().optional(),
  /** SHA-256 of each form, hex; absent on documents that were made of several. */
  sha256: z.object({ json: z.string(), pdf: z.string(), csv: z.string() }).optional(),
  /** Where the forms are that were rendered for the export, as far as the document has them. */
  rendered: z.object({ focus: z.string().optional(), ubl: z.string().optional() }).optional(),
});
export type ExportedDocument = z.infer<typeof ExportedDocumentSchema>;

/** The forms of those asked for that a document of an export has. */
export function formsOf(document: ExportedDocument, asked: readonly InvoiceForm[]): InvoiceForm[] {
  return asked.filter((form) => !isRendered(form) || document.rendered?.[form] !== undefined);
}

/** Working files of an export: what it has chosen, and the parts of its manifest. */
export const exportFiles = {
  chosen: ({ organizationId, id }: ExportKey) => `exports/${organizationId}/${id}/chosen.jsonl`,
  part: ({ organizationId, id }: ExportKey, part: number) =>
    `exports/${organizationId}/${id}/manifest/${String(part).padStart(4, '0')}.jsonl`,
};
