import type { CanonicalValue } from '../documents/canonical-json.ts';
import { jsonBytes, sha256, textBytes } from './bytes.ts';
import type { Documents } from './ports/objects.ts';

/** A document in its three forms. */
export type Forms = { json: CanonicalValue; pdf: Uint8Array; csv: string };

export type FormHashes = { json: string; pdf: string; csv: string };

/** Stores a document as `<key>.json`, `.pdf` and `.csv`, once; answers the SHA-256 of each, hex. */
export async function putForms(documents: Pick<Documents, 'putOnce'>, key: string, forms: Forms): Promise<FormHashes> {
  const json = jsonBytes(forms.json);
  const csv = textBytes(forms.csv);
  await Promise.all([
    documents.putOnce(`${key}.json`, json, 'application/json'),
    documents.putOnce(`${key}.pdf`, forms.pdf, 'application/pdf'),
    documents.putOnce(`${key}.csv`, csv, 'text/csv; charset=utf-8'),
  ]);
  return { json: sha256(json), pdf: sha256(forms.pdf), csv: sha256(csv) };
}
