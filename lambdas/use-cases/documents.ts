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
  refuseTooLarge(bytes.length);
  return JSON.parse(new TextDecoder().decode(bytes));
}

/**
 * Documents that are answered together.
 * @throws PortalError BAD_REQUEST when one of them, or all, are too large for an answer
 */
export async function readDocuments(
  portal: Pick<Portal, 'documents'>,
  keys: readonly string[],
): Promise<readonly unknown[]> {
  const contents = await Promise.all(keys.map((key) => readDocument(portal, key)));
  if (keys.length > 1) refuseTooLarge(contents.reduce<number>((sum, each) => sum + JSON.stringify(each).length, 0));
  return contents;
}

/** Where a document of an invoice is kept: `<key>.json`, `.pdf`, `.csv` (domain.md §7). */
export function invoiceKey(invoice: { usagePeriod: string; aggregatorId: string; number: string }): string {
  return `invoices/${invoice.usagePeriod}/${invoice.aggregatorId}/${invoice.number}`;
}

function refuseTooLarge(bytes: number): void {
  if (bytes <= MOST_BYTES) return;
  throw new PortalError('BAD_REQUEST', 'This is too large for one answer: download its JSON document instead');
}
