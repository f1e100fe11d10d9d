import {
  type CanonicalDocuments,
  type DocumentKind,
  jsonForm,
  otherForms,
  type PdfRenderer,
} from '../documents/forms.ts';
import { decideOnce, sha256 } from '../use-cases/bytes.ts';
import type { DocumentWriter, FormHashes } from '../use-cases/ports/document-writer.ts';
import type { Documents } from '../use-cases/ports/objects.ts';

/** A document to write, with its canonical JSON. */
export type WantedDocument<Kind extends DocumentKind = DocumentKind> = {
  kind: Kind;
  key: string;
  document: CanonicalDocuments[Kind];
  json: Uint8Array;
};

/** What writes documents into a bucket, rendering them where it is called. */
export function openDocumentWriter(
  to: { documents: Pick<Documents, 'putOnce' | 'get'> },
  pdf: PdfRenderer,
): DocumentWriter {
  return documentWriter((wanted) => writeDocument(to.documents, pdf, wanted));
}

/** What writes documents by this way of writing one. */
export function documentWriter(
  write: <Kind extends DocumentKind>(wanted: WantedDocument<Kind>) => Promise<FormHashes>,
): DocumentWriter {
  const writing =
    <Kind extends DocumentKind>(kind: Kind) =>
    (key: string, document: CanonicalDocuments[Kind]) =>
      write({ kind, key, document, json: jsonForm(document) });
  return {
    invoice: writing('invoice'),
    statement: writing('statement'),
    consolidatedBill: writing('consolidatedBill'),
  };
}

/**
 * Renders a document and stores its forms, the canonical JSON first. Where the others are there already, they were made of the
 * same one, by a version of the portal that rendered otherwise: then those stand, as a document is never written anew.
 */
export async function writeDocument<Kind extends DocumentKind>(
  documents: Pick<Documents, 'putOnce' | 'get'>,
  renderer: PdfRenderer,
  { kind, key, document, json }: WantedDocument<Kind>,
): Promise<FormHashes> {
  const made = await otherForms(renderer, kind, document);
  await documents.putOnce(`${key}.json`, json, 'application/json');
  const [pdf, csv] = await Promise.all([
    decideOnce(documents, `${key}.pdf`, made.pdf, 'application/pdf'),
    decideOnce(documents, `${key}.csv`, made.csv, 'text/csv; charset=utf-8'),
  ]);
  return { json: sha256(json), pdf: sha256(pdf), csv: sha256(csv) };
}
