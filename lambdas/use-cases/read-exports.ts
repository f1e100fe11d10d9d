import { type DocumentExport, statusAt } from '../domain/document-export/document-export.ts';
import { FILE_ENDINGS, type InvoiceForm, isRendered } from '../domain/invoice/document-forms.ts';
import { getExisting, parseLines } from './bytes.ts';
import type { Caller } from './caller.ts';
import { PortalError } from './errors.ts';
import { type ExportedDocument, ExportedDocumentSchema, exportFiles, formsOf } from './export-files.ts';
import type { ListQuery, Page, PageRequest } from './lists/definition.ts';
import { EXPORT_LIST } from './lists/export-list.ts';
import { compileList } from './lists/list.ts';
import type { Portal } from './ports/portal.ts';

export type ReadExportsPortal = Pick<Portal, 'documentExports' | 'documents' | 'workFiles'>;

/** A file of an export: a document in one form, with a link that is good for a few minutes. */
export type ExportedFile = Omit<ExportedDocument, 'key' | 'sha256' | 'rendered'> & {
  form: InvoiceForm;
  fileName: string;
  sha256?: string;
  link: { url: string; expires: string };
};

/** Exports of the caller's organization, the latest first unless told otherwise. @throws PortalError BAD_REQUEST */
export async function listExports(
  portal: ReadExportsPortal,
  { organizationId }: Caller,
  query: ListQuery,
  now: Date,
): Promise<Page<DocumentExport>> {
  const page = compileList(EXPORT_LIST, query);
  return page((await portal.documentExports.of(organizationId)).map((each) => asOf(each, now)));
}

/** @throws PortalError NOT_FOUND, also when it is another organization's */
export async function findExport(
  portal: ReadExportsPortal,
  { organizationId }: Caller,
  id: string,
  now: Date,
): Promise<DocumentExport> {
  const found = await portal.documentExports.get({ organizationId, id });
  if (!found) throw new PortalError('NOT_FOUND', `There is no export ${id}`);
  return asOf(found, now);
}

/**
 * Files of an export that is done, a page of them, with links made now.
 * @throws PortalError NOT_FOUND; TRANSITION_NOT_ALLOWED when it isn't done, or has expired
 */
export async function listExportedFiles(
  portal: ReadExportsPortal,
  caller: Caller,
  id: string,
  { limit, offset }: PageRequest,
  now: Date,
): Promise<{ files: ExportedFile[]; total: number }> {
  const found = await findExport(portal, caller, id, now);
  if (found.status !== 'DONE') {
    const message = `The export is ${found.status}: there are files of one that is DONE, for seven days`;
    throw new PortalError('TRANSITION_NOT_ALLOWED', message);
  }
  const parts = await Promise.all(
    Array.from({ length: found.parts }, (_, part) => getExisting(portal.workFiles, exportFiles.part(found, part))),
  );
  const all = parts.flatMap((bytes) => parseLines(ExportedDocumentSchema, bytes));
  const inForms = all.flatMap((document) => formsOf(document, found.request.forms).map((form) => ({ document, form })));
  const wanted = inForms.slice(offset, offset + limit);
  const files = await Promise.all(wanted.map(({ document, form }) => fileOf(portal, document, form, now)));
  return { files, total: inForms.length };
}

async function fileOf(
  portal: ReadExportsPortal,
  { key, sha256, rendered, ...document }: ExportedDocument,
  form: InvoiceForm,
  now: Date,
): Promise<ExportedFile> {
  const name = document.name.replaceAll('/', '-');
  const isInvoice = document.contractNumber !== undefined;
  const fileName = `${isInvoice ? name : `${document.kind === 'STATEMENT' ? 'statement' : 'bill'}-${name}`}.${FILE_ENDINGS[form]}`;
  if (isRendered(form)) {
    return { ...document, form, fileName, link: await portal.documents.link(rendered?.[form] ?? '', fileName, now) };
  }
  const link = await portal.documents.link(`${key}.${form}`, fileName, now);
  return { ...document, form, fileName, ...(sha256 && { sha256: sha256[form] }), link };
}

const asOf = (each: DocumentExport, now: Date): DocumentExport => ({ ...each, status: statusAt(each, now) });
