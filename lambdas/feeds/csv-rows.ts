import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CsvError, type Info, parse } from 'csv-parse';
import { FeedError } from './feed-error.ts';

const GZIP_MAGIC = [0x1f, 0x8b] as const;
// Far more than any row has: a file without line ends must not be taken into memory whole.
const LONGEST_ROW = 65_536;

/** A row's cells as text, and in `info.lines` the line of the file it ends on, counted from 1. */
export type CsvRow = { record: string[]; info: Info };

/**
 * The rows of a CSV file in UTF-8, plain or gzipped (told by its first two bytes), the header among them, of as many cells
 * as each has. Line ends are LF or CR LF; the last may be missing. Holds a piece of the file at a time.
 *
 * @param name what messages call the file
 * @throws FeedError when the file can't be read, is cut off or damaged, is no text, or is no CSV
 */
export async function* csvRows(bytes: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<CsvRow> {
  const parser = parse({
    bom: true,
    info: true,
    max_record_size: LONGEST_ROW,
    // Found out by the parser, line ends would be those of the first line: files are put together from others.
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
  });
  try {
    // The pipeline passes an error of the file on to whoever reads the rows.
    yield* pipeline(textBytes(bytes), parser, () => {});
  } catch (error) {
    const line = error instanceof CsvError ? (error.lines as number) : undefined;
    throw new FeedError(name, reasonOf(error), line === undefined ? {} : { line }, { cause: error });
  }
}

/** The file's content, checked to be UTF-8: the parser would take what is none for odd characters. */
async function* textBytes(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const piece of plainBytes(bytes)) {
    decoder.decode(piece, { stream: true });
    yield piece;
  }
  decoder.decode();
}

/** The file's content: unzipped where it is gzipped. */
async function* plainBytes(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const pieces = bytes[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (head.length < GZIP_MAGIC.length) {
    const next = await pieces.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  const whole = joined(head, pieces);
  const zipped = GZIP_MAGIC.every((byte, at) => head[at] === byte);
  // The pipeline passes an error of the file on to whoever reads the unzipped stream.
  if (zipped) yield* pipeline(Readable.from(whole), createGunzip(), () => {});
  else yield* whole;
}

async function* joined(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (head.length > 0) yield head;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'the file may not be read: check its permissions',
  EISDIR: 'is a folder, not a file',
  Z_BUF_ERROR: 'the gzip file is cut off: get a whole copy of it',
  Z_DATA_ERROR: 'the gzip file is damaged: get a whole copy of it',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'is no UTF-8 text',
  CSV_MAX_RECORD_SIZE: `longer than ${LONGEST_ROW} characters: no table of lines, or a quote is never closed`,
  INVALID_OPENING_QUOTE: 'a cell has a quote within, but does not begin with one',
  CSV_INVALID_CLOSING_QUOTE: 'a cell goes on behind its closing quote',
  CSV_QUOTE_NOT_CLOSED: 'the file ends within a quoted cell',
};

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS[code ?? ''] ?? `can't be read (${message})`;
}
