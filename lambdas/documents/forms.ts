import type { CanonicalInvoice } from './canonical-invoice.ts';
import { type CanonicalValue, canonicalJson } from './canonical-json.ts';
import { renderConsolidatedBillCsv } from './consolidated-bill-csv.ts';
import { renderInvoiceCsv } from './invoice-csv.ts';
import type { ConsolidatedBill, Statement } from './statement.ts';
import { renderStatementCsv } from './statement-csv.ts';

/** The canonical form of each kind of document. */
export type CanonicalDocuments = {
  invoice: CanonicalInvoice;
  statement: Statement;
  consolidatedBill: ConsolidatedBill;
};
export type DocumentKind = keyof CanonicalDocuments;

/** Renders the canonical form of each document as PDF: equal input, equal bytes. */
export type PdfRenderer = {
  [Kind in DocumentKind]: (document: CanonicalDocuments[Kind]) => Promise<Uint8Array>;
};

const CSV: { [Kind in DocumentKind]: (document: CanonicalDocuments[Kind]) => string } = {
  invoice: renderInvoiceCsv,
  statement: renderStatementCsv,
  consolidatedBill: renderConsolidatedBillCsv,
};

const encoder = new TextEncoder();

/** The canonical JSON of a document: the form that the others are made of. */
export function jsonForm(document: CanonicalValue): Uint8Array {
  return encoder.encode(canonicalJson(document));
}

/** The forms of a document beside its canonical JSON, of which they are pure functions (domain.md §7). */
export async function otherForms<Kind extends DocumentKind>(
  renderer: PdfRenderer,
  kind: Kind,
  document: CanonicalDocuments[Kind],
): Promise<{ pdf: Uint8Array; csv: Uint8Array }> {
  return { pdf: await renderer[kind](document), csv: encoder.encode(CSV[kind](document)) };
}
