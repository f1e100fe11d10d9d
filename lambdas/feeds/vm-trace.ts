import { QUANTITY_SCALE, type Quantity } from '../domain/numbers/amounts.ts';
import { parseDecimal } from '../domain/numbers/decimal.ts';
import { csvRows } from './csv-rows.ts';
import { FeedError } from './feed-error.ts';

/** One virtual machine of a trace: when it ran, in seconds from the start of the trace, and its memory in GB. */
export type TracedVm = { batch: number; startSeconds: number; durationSeconds: number; memory: Quantity };

const COLUMNS = ['batch', 'start_s', 'duration_s', 'censored', 'vcpus', 'memory_gb'] as const;
type Column = (typeof COLUMNS)[number];
type Header = { width: number; at: Readonly<Record<Column, number>> };

/**
 * Reads a trace of virtual machines: a CSV file, plain or gzipped, with the columns `batch,start_s,duration_s,censored,
 * vcpus,memory_gb` in any order; others beside them are passed over. All six are checked, also those that nothing is made of,
 * so that a file of another kind is not billed by mistake.
 *
 * @param name what messages call the file
 * @throws FeedError with line and column at the first thing that is wrong
 */
export async function* readVmTrace(bytes: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<TracedVm> {
  let header: Header | undefined;
  let machines = 0;
  for await (const { record, info } of csvRows(bytes, name)) {
    if (header) {
      machines++;
      yield readRow(record, header, name, info.lines);
    } else header = readHeader(record, name);
  }
  if (!header) throw new FeedError(name, 'the file is empty');
  if (machines === 0) throw new FeedError(name, 'has a header but no virtual machine');
}

function readHeader(names: readonly string[], file: string): Header {
  const at: Partial<Record<Column, number>> = {};
  for (const column of COLUMNS) {
    const index = names.indexOf(column);
    if (index < 0) {
      throw new FeedError(file, `the header has no column ${column}: ${COLUMNS.join(',')} are needed`, { line: 1 });
    }
    if (names.includes(column, index + 1)) {
      throw new FeedError(file, `the header has the column ${column} twice`, { line: 1 });
    }
    at[column] = index;
  }
  return { width: names.length, at: at as Record<Column, number> };
}

function readRow(cells: readonly string[], { width, at }: Header, file: string, line: number): TracedVm {
  if (cells.length !== width) {
    const count = `has ${cells.length} ${cells.length === 1 ? 'column' : 'columns'}`;
    throw new FeedError(file, `${count}, but the header has ${width}`, { line });
  }
  const row: Row = { cells, at, file, line };
  if (wholeNumber(row, 'censored') > 1) throw fault(row, 'censored', 'neither 0 nor 1');
  decimal(row, 'vcpus');
  return {
    batch: wholeNumber(row, 'batch'),
    startSeconds: wholeNumber(row, 'start_s'),
    durationSeconds: wholeNumber(row, 'duration_s'),
    memory: decimal(row, 'memory_gb'),
  };
}

type Row = { cells: readonly string[]; at: Header['at']; file: string; line: number };

function fault({ cells, at, file, line }: Row, column: Column, what: string): FeedError {
  return new FeedError(file, `${JSON.stringify(cells[at[column]])} is ${what}`, { line, column });
}

// Sums of a few numbers of 15 digits stay exact.
const MOST_DIGITS = 15;

function wholeNumber(row: Row, column: Column): number {
  const text = row.cells[row.at[column]] as string;
  if (!/^\d*$/.test(text)) throw fault(row, column, 'no whole number of 0 or more');
  if (text === '' || text.length > MOST_DIGITS) {
    throw fault(row, column, `no whole number of 1 to ${MOST_DIGITS} digits`);
  }
  return Number(text);
}

function decimal(row: Row, column: Column): Quantity {
  const text = row.cells[row.at[column]] as string;
  const value = parseDecimal(text, QUANTITY_SCALE) as Quantity | undefined;
  if (value === undefined || value < 0n) {
    throw fault(row, column, `no number of 0 or more with at most ${QUANTITY_SCALE} decimals`);
  }
  return value;
}
