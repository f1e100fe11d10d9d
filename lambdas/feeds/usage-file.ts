import { csvRows } from './csv-rows.ts';
import { FeedError } from './feed-error.ts';
import type { SheetRow } from './sheet-row.ts';
import { type UsageColumn, usageColumn } from './usage-columns.ts';
import { xlsxRows } from './xlsx-rows.ts';

export type UsageFileForm = 'CSV' | 'TSV' | 'XLSX';

/** Something wrong in a file: its row (the header is row 1) and, where it is one cell's, its column by the header's name. */
export type RowFault = { row: number; column?: string; message: string };

/**
 * A row below the header: its cells by what they are, without spaces around them, empty where there is nothing. Those that
 * can't be read are empty too, and faults of their own.
 */
export type UsageRow = {
  row: number;
  cells: Readonly<Record<UsageColumn, string>>;
  unread: ReadonlySet<UsageColumn>;
};

export type UsageHeader = {
  /** The header's name of each part that it has. */
  names: Readonly<Partial<Record<UsageColumn, string>>>;
  /** Columns that are passed over. */
  ignored: readonly string[];
};

/** A header, then rows, and faults in between; after a fault of the header nothing follows. */
export type UsagePart = { header: UsageHeader } | { usage: UsageRow } | { fault: RowFault };

const MOST_TEXT_BYTES = 64_000_000;
// Empty ones too: a small file may unzip to very many.
const MOST_LINES = 1_000_000;
const MOST_COLUMNS = 200;
export const MOST_USAGE_ROWS = 200_000;
const NOTHING: Readonly<Record<UsageColumn, string>> = {
  contract: '',
  usagePeriod: '',
  site: '',
  customer: '',
  product: '',
  quantity: '',
  reason: '',
  comment: '',
};

/**
 * Reads a file of usage: a header that names its columns in any order and several ways (usage-columns.ts), and a row for
 * each product, site and end customer. Empty rows are passed over, text and tables are read piece by piece.
 *
 * @param needed columns that the header must have
 * @throws FeedError when it can't be read at all, or has more rows than a file may have
 */
export async function* readUsageFile(
  bytes: AsyncIterable<Uint8Array>,
  form: UsageFileForm,
  needed: readonly UsageColumn[],
): AsyncGenerator<UsagePart> {
  let columns: readonly (UsageColumn | undefined)[] | undefined;
  let names: readonly string[] = [];
  let count = 0;
  let lines = 0;
  for await (const row of sheetRows(bytes, form)) {
    if (++lines > MOST_LINES) throw new FeedError('the file', `has more than ${MOST_LINES} lines`);
    if (row.cells.every((cell) => cell.trim() === '') && !row.refused) continue;
    if (!columns) {
      names = row.cells.map((cell) => cell.trim());
      columns = names.map(usageColumn);
      const faults = headerFaults(row, names, columns, needed);
      if (faults.length > 0) return yield* faults.map((fault) => ({ fault }));
      yield { header: headerOf(names, columns) };
    } else {
      if (++count > MOST_USAGE_ROWS) throw new FeedError('the file', `has more than ${MOST_USAGE_ROWS} rows: split it`);
      yield* partsOf(row, names, columns);
    }
  }
  if (!columns) throw new FeedError('the file', 'is empty');
  if (count === 0) yield { fault: { row: 1, message: 'there is nothing below the header' } };
}

async function* sheetRows(bytes: AsyncIterable<Uint8Array>, form: UsageFileForm): AsyncGenerator<SheetRow> {
  if (form === 'XLSX') {
    yield* xlsxRows(Buffer.concat(await Array.fromAsync(bytes)), 'the file', 'Usage');
    return;
  }
  const delimiters = form === 'TSV' ? ['\t'] : [',', ';', '\t'];
  for await (const { record, info } of csvRows(bytes, 'the file', { delimiters, mostBytes: MOST_TEXT_BYTES })) {
    yield { row: info.lines, cells: record.map((cell) => cell.replace(KEPT_FROM_COMPUTING, '')) };
  }
}

// The apostrophe before text that a spreadsheet would compute: the portal's own files have it (documents/csv.ts).
const KEPT_FROM_COMPUTING = /^'(?='*[=+\-@])/;

function headerFaults(
  { row, refused }: SheetRow,
  names: readonly string[],
  columns: readonly (UsageColumn | undefined)[],
  needed: readonly UsageColumn[],
): RowFault[] {
  if (names.length > MOST_COLUMNS) return [{ row, message: `has more than ${MOST_COLUMNS} columns` }];
  const missing = needed.filter((column) => !columns.includes(column));
  const twice = columns.flatMap((column, at) =>
    column !== undefined && columns.indexOf(column) < at ? [names[at] ?? ''] : [],
  );
  return [
    ...missing.map((column) => ({ row, column, message: 'is missing in the header' })),
    ...twice.map((column) => ({ row, column, message: 'is in the header twice, by this name or another' })),
    ...[...(refused ?? [])].map(([at, message]) => ({ row, column: names[at] ?? '', message })),
  ];
}

function headerOf(names: readonly string[], columns: readonly (UsageColumn | undefined)[]): UsageHeader {
  const known = columns.flatMap((column, at) => (column === undefined ? [] : [[column, names[at] ?? ''] as const]));
  const ignored = names
    .filter((name, at) => columns[at] === undefined && name !== '')
    .map((name) => name.slice(0, 100));
  return { names: Object.fromEntries(known), ignored };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it finds
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;
const LONGEST_CELL = 500;

function* partsOf(
  { row, cells, refused }: SheetRow,
  names: readonly string[],
  columns: readonly (UsageColumn | undefined)[],
): Generator<UsagePart> {
  if (cells.slice(names.length).some((cell) => cell.trim() !== '')) {
    return yield { fault: { row, message: `has ${cells.length} cells, but the header has ${names.length}` } };
  }
  const read = { ...NOTHING };
  const unread = new Set<UsageColumn>();
  for (const [at, column] of columns.entries()) {
    if (column === undefined) continue;
    const cell = (cells[at] ?? '').trim();
    const why = refused?.get(at) ?? cellFault(cell);
    if (why === undefined) read[column] = cell;
    else {
      unread.add(column);
      yield { fault: { row, column: names[at] ?? column, message: why } };
    }
  }
  yield { usage: { row, cells: read, unread } };
}

function cellFault(cell: string): string | undefined {
  if (cell.length > LONGEST_CELL) return `has more than ${LONGEST_CELL} characters`;
  return CONTROL.test(cell) || !cell.isWellFormed() ? 'has a control character or a mark of direction' : undefined;
}
