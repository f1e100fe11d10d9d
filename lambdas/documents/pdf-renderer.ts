import { renderConsolidatedBillPdf } from './consolidated-bill-pdf.ts';
import type { Fonts } from './fonts.ts';
import type { PdfRenderer } from './forms.ts';
import { renderInvoicePdf } from './invoice-pdf.ts';
import { renderStatementPdf } from './statement-pdf.ts';

export function createPdfRenderer(fonts: Fonts): PdfRenderer {
  return {
    invoice: (invoice) => renderInvoicePdf(invoice, fonts),
    statement: (statement) => renderStatementPdf(statement, fonts),
    consolidatedBill: (bill) => renderConsolidatedBillPdf(bill, fonts),
  };
}
