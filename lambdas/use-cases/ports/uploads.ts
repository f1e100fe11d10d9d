/** How a file is sent to the portal past the API: one request of exactly that many bytes, in some minutes. */
export type UploadTarget = { url: string; headers: Readonly<Record<string, string>>; expires: string };

/** Files that callers send, and those made for them to fetch; in the work bucket under `uploads/`, gone after 90 days. */
export type Uploads = {
  /** Where a file of exactly `size` bytes may be PUT once. What was sent is told by an event of the bucket. */
  target(key: string, size: number, now: Date): Promise<UploadTarget>;
  /** Puts a file that came by the API; told of as others are. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** The bytes of a file piece by piece; undefined when there is none. */
  pieces(key: string): Promise<AsyncIterable<Uint8Array> | undefined>;
  /** A link that downloads a file for a few minutes under the file name given. */
  link(key: string, fileName: string, now: Date): Promise<{ url: string; expires: string }>;
};
