import { PortalError } from './errors.ts';
import type { Portal } from './ports/portal.ts';

/** Most bytes of documents in one answer: an answer may have 6 MB. */
const MOST_BYTES = 5_000_000;

/**
 * The content of a JSON document that must be there.
 * @throws PortalError BAD_REQUEST when it is too large for an answer
 */
export async function readDocument(portal: Pick<Portal, 'documents'>, key: string): Promise<unknown> {
  const bytes = await portal.documents.get(key);
  if (!bytes) throw new Error(`document ${key} is recorded but isn't stored`);
  if (bytes.length > MOST_BYTES) {
    throw new PortalError('BAD_REQUEST', 'This is too large for one answer: download its JSON document instead');
  }
  return JSON.parse(new TextDecoder().decode(bytes));
}

/** Where a document of an invoice is kept: `<key>.json`, `.pdf`, `.csv` (domain.md §7). */
export function invoiceKey(invoice: { usagePeriod: string; aggregatorId: string; number: string }): string {
  return `invoices/${invoice.usagePeriod}/${invoice.aggregatorId}/${invoice.number}`;
}
