import type { CanonicalInvoice } from './canonical-invoice.ts';
import { renderConsolidatedBillPdf } from './consolidated-bill-pdf.ts';
import type { Fonts } from './fonts.ts';
import { renderInvoicePdf } from './invoice-pdf.ts';
import type { ConsolidatedBill, Statement } from './statement.ts';
import { renderStatementPdf } from './statement-pdf.ts';

/** Renders the canonical form of each document as PDF: equal input, equal bytes. */
export type PdfRenderer = {
  invoice(invoice: CanonicalInvoice): Promise<Uint8Array>;
  statement(statement: Statement): Promise<Uint8Array>;
  consolidatedBill(bill: ConsolidatedBill): Promise<Uint8Array>;
};

export function createPdfRenderer(fonts: Fonts): PdfRenderer {
  return {
    invoice: (invoice) => renderInvoicePdf(invoice, fonts),
    statement: (statement) => renderStatementPdf(statement, fonts),
    consolidatedBill: (bill) => renderConsolidatedBillPdf(bill, fonts),
  };
}
