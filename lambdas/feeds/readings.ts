import { csvRows } from './csv-rows.ts';
import { FeedError } from './feed-error.ts';
import { ndjsonRows } from './ndjson-rows.ts';

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

/**
 * Readings as JSON, one object a line. Numbers come as numbers where a double holds them as they are written.
 * @throws FeedError with the line, when one is no JSON object, too long or no text
 */
export function readNdjsonReadings(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ReadingRow> {
  return ndjsonRows(bytes, known);
}

const known: ReadonlySet<string> = new Set(READING_FIELDS);

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
