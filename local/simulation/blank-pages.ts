import type { PdfRenderer } from '../../lambdas/documents/forms.ts';

const PAGE = new TextEncoder().encode('%PDF-1.7');

/** The words of a document are proved elsewhere: here one page stands for all. */
export const BLANK_PAGES: PdfRenderer = {
  invoice: async () => PAGE,
  statement: async () => PAGE,
  consolidatedBill: async () => PAGE,
};
