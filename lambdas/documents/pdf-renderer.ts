import type { CanonicalInvoice } from './canonical-invoice.ts';
import { renderConsolidatedBillPdf } from './consolidated-bill-pdf.ts';
import type { Fonts } from './fonts.ts';
import { renderInvoicePdf } from './invoice-pdf.ts';
import type { ConsolidatedBill, Statement } from './statement.ts';
import { renderStatementPdf } from './statement-pdf.ts';

/** The canonical form of each kind of document. */
export type CanonicalDocuments = {
  invoice: CanonicalInvoice;
  statement: Statement;
  consolidatedBill: ConsolidatedBill;
};

/** Renders the canonical form of each document as PDF: equal input, equal bytes. */
export type PdfRenderer = {
  [Kind in keyof CanonicalDocuments]: (document: CanonicalDocuments[Kind]) => Promise<Uint8Array>;
};

export function createPdfRenderer(fonts: Fonts): PdfRenderer {
  return {
    invoice: (invoice) => renderInvoicePdf(invoice, fonts),
    statement: (statement) => renderStatementPdf(statement, fonts),
    consolidatedBill: (bill) => renderConsolidatedBillPdf(bill, fonts),
  };
}
