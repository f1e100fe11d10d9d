import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CsvError, type Info, parse } from 'csv-parse';
import { FeedError } from './feed-error.ts';

const GZIP_MAGIC = [0x1f, 0x8b] as const;
// Far more than any row has: a file without line ends must not be taken into memory whole.
const LONGEST_ROW = 65_536;

/** A row's cells as text, and in `info.lines` the line of the file it ends on, counted from 1. */
export type CsvRow = { record: string[]; info: Info };

/** How a file that people have made may be written. */
export type CsvForm = {
  /** Between cells; the one of these that the first line has most of. @default comma alone */
  delimiters?: readonly string[];
  /** Most bytes of text, unzipped: a small file may unzip to one that fills the memory. @default any */
  mostBytes?: number;
};

/**
 * The rows of a CSV file in UTF-8 or, told by its byte order mark, UTF-16, plain or gzipped (told by its first two bytes),
 * the header among them, of as many cells as each has. Line ends are LF or CR LF; the last may be missing. Holds a piece of
 * the file at a time.
 *
 * @param name what messages call the file
 * @throws FeedError when the file can't be read, is cut off or damaged, is too long, is no text, or is no CSV
 */
export async function* csvRows(
  bytes: AsyncIterable<Uint8Array>,
  name: string,
  { delimiters = [','], mostBytes = Number.POSITIVE_INFINITY }: CsvForm = {},
): AsyncGenerator<CsvRow> {
  const text = await peeked(textBytes(unzippedBytes(bytes), mostBytes), FIRST_LINE).catch((error: unknown) => {
    throw new FeedError(name, reasonOf(error), {}, { cause: error });
  });
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(text.head, delimiters),
    info: true,
    max_record_size: LONGEST_ROW,
    // Found out by the parser, line ends would be those of the first line: files are put together from others.
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
  });
  try {
    // The pipeline passes an error of the file on to whoever reads the rows.
    yield* pipeline(text.whole, parser, () => {});
  } catch (error) {
    const line = error instanceof CsvError ? (error.lines as number) : undefined;
    throw new FeedError(name, reasonOf(error), line === undefined ? {} : { line }, { cause: error });
  }
}

/** Longest header that is looked at to tell what stands between its cells. */
const FIRST_LINE = 4_096;

function delimiterOf(head: Uint8Array, delimiters: readonly string[]): string {
  const [line = ''] = Buffer.from(head)
    .toString('utf8')
    .split(/[\r\n]/, 1);
  const counted = delimiters.map((delimiter) => ({ delimiter, count: line.split(delimiter).length }));
  return counted.reduce((most, each) => (each.count > most.count ? each : most)).delimiter;
}

/** A file's text is longer than it may be. */
class TextTooLong extends Error {
  readonly code = 'TEXT_TOO_LONG';
}

/** The file's content as UTF-8, checked to be text: the parser would take what is none for odd characters. */
async function* textBytes(content: AsyncIterable<Uint8Array>, mostBytes: number): AsyncGenerator<Uint8Array> {
  const { head, whole } = await peeked(content, 2);
  const utf16 =
    head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : '';
  const decoder = new TextDecoder(utf16 || 'utf-8', { fatal: true });
  let length = 0;
  for await (const piece of whole) {
    length += piece.length;
    if (length > mostBytes) throw new TextTooLong();
    const text = decoder.decode(piece, { stream: true });
    yield utf16 ? Buffer.from(text) : piece;
  }
  decoder.decode();
}

/** A file's content: unzipped where it is gzipped, told by its first two bytes. */
export async function* unzippedBytes(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { head, whole } = await peeked(bytes, GZIP_MAGIC.length);
  const zipped = GZIP_MAGIC.every((byte, at) => head[at] === byte);
  // The pipeline passes an error of the file on to whoever reads the unzipped stream.
  if (zipped) yield* pipeline(Readable.from(whole), createGunzip(), () => {});
  else yield* whole;
}

/** The first bytes of a file, fewer where it has no more, and the whole file, those among it. */
async function peeked(
  bytes: AsyncIterable<Uint8Array>,
  length: number,
): Promise<{ head: Uint8Array; whole: AsyncGenerator<Uint8Array> }> {
  const pieces = bytes[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (head.length < length) {
    const next = await pieces.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  return { head, whole: joined(head, pieces) };
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
  TEXT_TOO_LONG: 'has more text than is taken, unzipped: split it',
  CSV_MAX_RECORD_SIZE: `longer than ${LONGEST_ROW} characters: no table of lines, or a quote is never closed`,
  INVALID_OPENING_QUOTE: 'a cell has a quote within, but does not begin with one',
  CSV_INVALID_CLOSING_QUOTE: 'a cell goes on behind its closing quote',
  CSV_QUOTE_NOT_CLOSED: 'the file ends within a quoted cell',
};

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS[code ?? ''] ?? `can't be read (${message})`;
}
