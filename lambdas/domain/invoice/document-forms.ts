/** Forms that are stored with a document when it is made. */
export const STORED_FORMS = ['json', 'pdf', 'csv'] as const;
/** Forms that are made of the canonical JSON when somebody asks for them: FOCUS (cost and usage), UBL (EN 16931). */
export const RENDERED_FORMS = ['focus', 'ubl'] as const;
export type RenderedForm = (typeof RENDERED_FORMS)[number];

/** Where forms are stored once they were rendered, beside the documents that a close has made. */
export const RENDERED_FOLDER = 'rendered';

/** Forms of an invoice or credit note. */
export const INVOICE_FORMS = [...STORED_FORMS, ...RENDERED_FORMS] as const;
export type InvoiceForm = (typeof INVOICE_FORMS)[number];

/** Forms of what adds invoices up: an aggregator's statement, a service provider's bill. */
export const BILL_FORMS = [...STORED_FORMS, 'focus'] as const;
export type BillForm = (typeof BILL_FORMS)[number];

/** How the name of a document's file ends in each form. */
export const FILE_ENDINGS: Readonly<Record<InvoiceForm, string>> = {
  json: 'json',
  pdf: 'pdf',
  csv: 'csv',
  focus: 'focus.csv',
  ubl: 'xml',
};

export function isRendered(form: InvoiceForm): form is RenderedForm {
  return (RENDERED_FORMS as readonly string[]).includes(form);
}
