import type { CanonicalDocuments } from '../../documents/forms.ts';

/** SHA-256 of the forms of a document, hex. */
export type FormHashes = { json: string; pdf: string; csv: string };

/**
 * Makes the forms of a document of its canonical one and stores them, once, as `<key>.json`, `.pdf` and `.csv` (domain.md §7).
 * Written again, a document is the same, also when it would be rendered otherwise by now; another one under a key that is there
 * throws TerminalError.
 */
export type DocumentWriter = {
  [Kind in keyof CanonicalDocuments]: (key: string, document: CanonicalDocuments[Kind]) => Promise<FormHashes>;
};
