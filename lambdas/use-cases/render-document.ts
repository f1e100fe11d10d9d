import { CanonicalInvoiceSchema } from '../documents/canonical-invoice.ts';
import { renderFocus } from '../documents/focus/columns.ts';
import { ConsolidatedBillSchema, StatementSchema } from '../documents/statement.ts';
import { eInvoiceProblem, renderUbl } from '../documents/ubl/document.ts';
import {
  FILE_ENDINGS,
  type InvoiceForm,
  RENDERED_FOLDER,
  type RenderedForm,
} from '../domain/invoice/document-forms.ts';
import { getExisting, parseJson, textBytes } from './bytes.ts';
import { invoiceKey } from './documents.ts';
import type { ExportedDocument } from './export-files.ts';
import { inParallel } from './in-parallel.ts';
import type { PartyDocument } from './ports/party-documents.ts';
import type { Portal } from './ports/portal.ts';

type RenderPortal = Pick<Portal, 'documents' | 'invoices'>;

/** Where a form of a document is, rendered; or why there is none. */
export type Rendered = { ok: true; key: string } | { ok: false; reason: string };

/**
 * What is rendered is stored under the version of its mapping: one that writes other bytes of the same document needs the
 * next version, as what is stored never changes (a test holds the bytes of each).
 */
export const RENDERING_VERSIONS: Readonly<Record<RenderedForm, number>> = { focus: 1, ubl: 1 };

const CONTENT_TYPES: Readonly<Record<RenderedForm, string>> = {
  focus: 'text/csv; charset=utf-8',
  ubl: 'application/xml',
};

/** Most documents that are put into one file: some 20 MB, rendered in five seconds or so. */
const MOST_DOCUMENTS = 2_000;
const READS_AT_ONCE = 32;

/**
 * Renders a form of an invoice or credit note from its canonical JSON, and stores it, once.
 * @param key where the document is, without extension
 */
export async function renderInvoice(portal: RenderPortal, key: string, form: RenderedForm): Promise<Rendered> {
  const invoice = await invoiceAt(portal, key);
  if (form === 'focus') return stored(portal, key, 'focus', renderFocus([invoice], 'BUYER'));
  const reason = eInvoiceProblem(invoice);
  return reason === undefined ? stored(portal, key, 'ubl', renderUbl(invoice)) : { ok: false, reason };
}

/**
 * Renders the FOCUS file of a statement or consolidated bill from the canonical JSON of the documents that stand on it, in
 * their order there, and stores it, once. A service provider's shows what its bill does.
 */
export async function renderBill(
  portal: RenderPortal,
  { kind, key }: Pick<PartyDocument, 'kind' | 'key'>,
): Promise<Rendered> {
  const bytes = await getExisting(portal.documents, `${key}.json`);
  const isStatement = kind === 'STATEMENT';
  const numbers = isStatement
    ? parseJson(StatementSchema, bytes).entries.map(({ number }) => number)
    : parseJson(ConsolidatedBillSchema, bytes).contracts.flatMap(({ number }) => number ?? []);
  if (numbers.length > MOST_DOCUMENTS) {
    return { ok: false, reason: `It is of ${numbers.length} documents, more than the ${MOST_DOCUMENTS} of one file` };
  }
  const found = new Map((await portal.invoices.getMany(numbers)).map((invoice) => [invoice.number, invoice]));
  const keys = numbers.flatMap((number) => found.get(number) ?? []).map(invoiceKey);
  const invoices = await inParallel(keys, READS_AT_ONCE, (each) => invoiceAt(portal, each));
  return stored(portal, key, 'focus', renderFocus(invoices, isStatement ? 'BUYER' : 'PROVIDER'));
}

/** The forms of those asked for that are rendered for a document of an export; undefined where none is. */
export async function renderedForms(
  portal: RenderPortal,
  { key, kind }: ExportedDocument,
  asked: readonly InvoiceForm[],
): Promise<ExportedDocument['rendered']> {
  const isBill = kind === 'STATEMENT' || kind === 'CONSOLIDATED_BILL';
  const focus = asked.includes('focus')
    ? await (isBill ? renderBill(portal, { kind, key }) : renderInvoice(portal, key, 'focus'))
    : undefined;
  const ubl = asked.includes('ubl') && !isBill ? await renderInvoice(portal, key, 'ubl') : undefined;
  const rendered = { ...(focus?.ok && { focus: focus.key }), ...(ubl?.ok && { ubl: ubl.key }) };
  return Object.keys(rendered).length === 0 ? undefined : rendered;
}

async function invoiceAt(portal: RenderPortal, key: string) {
  return parseJson(CanonicalInvoiceSchema, await getExisting(portal.documents, `${key}.json`));
}

async function stored(portal: RenderPortal, key: string, form: RenderedForm, text: string): Promise<Rendered> {
  const name = `${RENDERED_FOLDER}/${form}-${RENDERING_VERSIONS[form]}/${key}.${FILE_ENDINGS[form]}`;
  await portal.documents.putOnce(name, textBytes(text), CONTENT_TYPES[form]);
  return { ok: true, key: name };
}
