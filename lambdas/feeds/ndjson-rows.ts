import { FeedError } from './feed-error.ts';

/** An object of a body that has one a line, and the line that it stands on, counted from 1. */
export type NdjsonRow = { line: number; fields: Readonly<Record<string, unknown>> };

const NAME = 'the body';
const LONGEST_LINE = 16_384;
// More digits than a double keeps: such a number is read as it is written.
const LONG_NUMBER = /[:[,]\s*-?[\d.]{16,}/;

/**
 * Objects as JSON, one a line. Numbers come as numbers where a double holds them as they are written.
 * @param known members that an object may have
 * @throws FeedError with the line, when one is no JSON object, too long or no text
 */
export async function* ndjsonRows(
  bytes: AsyncIterable<Uint8Array>,
  known: ReadonlySet<string>,
): AsyncGenerator<NdjsonRow> {
  let line = 0;
  for await (const text of linesOf(bytes)) {
    line++;
    if (text.trim() === '') continue;
    yield { line, fields: parsedLine(text, line, known) };
  }
}

function parsedLine(text: string, line: number, known: ReadonlySet<string>): NdjsonRow['fields'] {
  let value: unknown;
  try {
    value = LONG_NUMBER.test(text)
      ? JSON.parse(text, (_name, member, { source }) => (typeof member === 'number' ? source : member))
      : JSON.parse(text);
  } catch (error) {
    throw new FeedError(NAME, 'is no JSON', { line }, { cause: error });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new FeedError(NAME, 'is no JSON object', { line });
  }
  for (const name in value) {
    if (!known.has(name)) {
      throw new FeedError(NAME, `has a member that is not known: ${JSON.stringify(name.slice(0, 60))}`, { line });
    }
  }
  return value as NdjsonRow['fields'];
}

async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  try {
    for await (const piece of bytes) {
      const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
      if (rest.length > LONGEST_LINE) throw new FeedError(NAME, `has a line of more than ${LONGEST_LINE} characters`);
    }
    yield rest + decoder.decode();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
    throw new FeedError(NAME, 'is no UTF-8 text', {}, { cause: error });
  }
}
