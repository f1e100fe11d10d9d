import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { FeedError } from './feed-error.ts';

const GZIP_MAGIC = [0x1f, 0x8b] as const;
// Far more than any row has: a file without line ends must not be taken into memory whole.
const LONGEST_LINE = 65_536;

/**
 * The lines of a text file in UTF-8, plain or gzipped (told by its first two bytes), each list the lines that have come
 * with one piece of it. Line ends are LF or CR LF; the last may be missing. Holds a piece of the file at a time.
 *
 * @param name what messages call the file
 * @throws FeedError when the file can't be read, is cut off or damaged, is no text, or has an endless line
 */
export async function* textLines(bytes: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<string[]> {
  let rest = '';
  let seen = 0;
  for await (const text of textOf(bytes, name)) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    seen += lines.length;
    if (rest.length > LONGEST_LINE) {
      throw new FeedError(name, `longer than ${LONGEST_LINE} characters: no table of lines`, { line: seen + 1 });
    }
    yield lines.map(withoutReturn);
  }
  if (rest !== '') yield [withoutReturn(rest)];
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

async function* textOf(bytes: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const piece of plainBytes(bytes)) yield decoder.decode(piece, { stream: true });
    yield decoder.decode();
  } catch (error) {
    throw new FeedError(name, reasonOf(error), {}, { cause: error });
  }
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
};

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS[code ?? ''] ?? `can't be read (${message})`;
}
