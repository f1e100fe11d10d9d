import { csvRows } from './csv-rows.ts';
import { FeedError } from './feed-error.ts';

/** What a meter writes of a source, as it stands in the body: texts and numbers, not checked yet. */
export type ReadingFields = { readonly [Field in ReadingField]?: unknown };

/** Fields of a reading; the columns of a CSV body, the members of an NDJSON line. */
export const READING_FIELDS = [
  'source',
  'products',
  'hour',
  'from',
  'to',
  'sequence',
  'site',
  'customer',
  'category',
  'poweredOn',
  'configuredGb',
  'reservedGb',
  'cores',
  'capacityGb',
] as const;
export type ReadingField = (typeof READING_FIELDS)[number];

/** A reading and the line of the body it stands on, counted from 1. */
export type ReadingRow = { line: number; fields: ReadingFields };

const NAME = 'the body';
const LONGEST_LINE = 16_384;
// More digits than a double keeps: such a number is read as it is written.
const LONG_NUMBER = /[:[,]\s*-?[\d.]{16,}/;

/**
 * Readings as JSON, one object a line. Numbers come as numbers where a double holds them as they are written.
 * @throws FeedError with the line, when one is no JSON object, too long or no text
 */
export async function* readNdjsonReadings(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ReadingRow> {
  let line = 0;
  for await (const text of linesOf(bytes)) {
    line++;
    if (text.trim() === '') continue;
    yield { line, fields: parsedLine(text, line) };
  }
}

const known: ReadonlySet<string> = new Set(READING_FIELDS);

function parsedLine(text: string, line: number): ReadingFields {
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
  return value as ReadingFields;
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

/**
 * Readings as CSV with a header that names the columns in any order; an empty cell is an absent value, several products
 * stand in one cell with semicolons between them.
 * @throws FeedError with line and column, when it is no such CSV
 */
export async function* readCsvReadings(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ReadingRow> {
  let header: readonly string[] | undefined;
  for await (const { record, info } of csvRows(bytes, NAME)) {
    if (!header) {
      header = checkedHeader(record);
      continue;
    }
    if (record.length !== header.length) {
      throw new FeedError(NAME, `has ${record.length} cells, but the header has ${header.length}`, {
        line: info.lines,
      });
    }
    const fields: Record<string, unknown> = {};
    for (const [at, name] of header.entries()) if (record[at] !== '') fields[name] = record[at];
    yield { line: info.lines, fields };
  }
}

function checkedHeader(names: readonly string[]): readonly string[] {
  for (const [at, column] of names.entries()) {
    if (!known.has(column)) {
      throw new FeedError(NAME, `is not known: readings have ${READING_FIELDS.join(', ')}`, { line: 1, column });
    }
    if (names.indexOf(column) < at) throw new FeedError(NAME, 'is in the header twice', { line: 1, column });
  }
  return names;
}
