/** Result of a write-once put: the object was made now, or was there with the same bytes. */
export type PutOnceResult = 'CREATED' | 'SAME';

/**
 * Objects that are written once and never changed. `putOnce` of other bytes under a name that exists throws
 * TerminalError: the same effect has come out differently.
 */
export type ObjectStore = {
  putOnce(key: string, body: Uint8Array, contentType: string): Promise<PutOnceResult>;
  /** Undefined when there is no such object. */
  get(key: string): Promise<Uint8Array | undefined>;
  /** Keys under a prefix, in order of code point, with sizes. */
  list(prefix: string): AsyncIterable<{ key: string; size: number }>;
};

/** Immutable documents: invoices, statements, bills. */
export type Documents = ObjectStore & {
  /** A link that downloads the document for a few minutes under the file name given. */
  link(key: string, fileName: string, now: Date): Promise<{ url: string; expires: string }>;
};

/** Working files of the close: manifests, rated orders, failures. Removed after 90 days. */
export type WorkFiles = ObjectStore & {
  /** The lines of a text object, one by one; nothing when there is no such object. */
  lines(key: string): AsyncIterable<string>;
};
