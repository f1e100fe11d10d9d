import { CanonicalInvoiceSchema } from '../../lambdas/documents/canonical-invoice.ts';
import { type CanonicalValue, canonicalJson } from '../../lambdas/documents/canonical-json.ts';
import { invoiceKey } from '../../lambdas/use-cases/documents.ts';
import type { StoredState } from './stored-state.ts';

/** The canonical JSON of every invoice, by its order. */
export function canonicalInvoices(
  { invoices }: Pick<StoredState, 'invoices'>,
  documents: ReadonlyMap<string, Uint8Array>,
): Map<string, string> {
  const texts = invoices.map((invoice): [string, string] => {
    const bytes = documents.get(`${invoiceKey(invoice)}.json`);
    return [invoice.source.id, new TextDecoder().decode(bytes)];
  });
  return new Map(texts);
}

/**
 * Orders whose invoices are not byte for byte those of an undisturbed close, as sentences.
 * @param how.sameNumbers whether all were numbered together: only then have they the same numbers and dates
 * @param how.changed orders that were written to meanwhile, which are not compared
 */
export function differentInvoices(
  found: ReadonlyMap<string, string>,
  undisturbed: ReadonlyMap<string, string>,
  how: { sameNumbers: boolean; changed: ReadonlySet<string> },
): string[] {
  const compared = (text: string | undefined) => (how.sameNumbers || !text ? text : withoutNumber(text));
  return [...undisturbed.keys()]
    .filter((order) => !how.changed.has(order))
    .filter((order) => compared(found.get(order)) !== compared(undisturbed.get(order)))
    .map((order) => `the invoice of order ${order} is not that of the undisturbed close`);
}

function withoutNumber(text: string): string {
  const {
    number: _number,
    invoiceDate: _date,
    dueDate: _due,
    ...rest
  } = CanonicalInvoiceSchema.parse(JSON.parse(text));
  return canonicalJson(rest as CanonicalValue);
}
