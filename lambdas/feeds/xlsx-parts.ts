import type { SaxesParser } from 'saxes';
import { FeedError } from './feed-error.ts';
import type { SheetRow } from './sheet-row.ts';

/** Far more than a sheet of usage has: what lies to the right of it is refused. */
const MOST_COLUMNS = 200;
/** As many characters as a cell of a workbook can have. */
const LONGEST_CELL = 32_767;

/** The local part of a name: some programs write <x:row>. */
const localOf = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Takes what has been found since it was asked last. */
function taking<Found>(found: Found[]): () => Found[] {
  return () => found.splice(0, found.length);
}

/** Attributes of all elements of that name. */
export const openTagsParser = (wanted: string) => (parser: SaxesParser) => {
  const found: Record<string, string>[] = [];
  parser.on('opentag', ({ name, attributes }) => {
    if (localOf(name) === wanted) found.push(attributes as Record<string, string>);
  });
  return taking(found);
};

/** Shared strings, one after the other: the runs of each joined, how they are pronounced left out. */
export function openStringsParser(parser: SaxesParser): () => string[] {
  const found: string[] = [];
  let text = '';
  let inText = false;
  let phonetic = 0;
  parser.on('opentag', ({ name }) => {
    const local = localOf(name);
    if (local === 'si') text = '';
    if (local === 'rPh') phonetic++;
    inText = local === 't' && phonetic === 0;
  });
  parser.on('text', (piece) => {
    if (inText && text.length <= LONGEST_CELL) text += piece;
  });
  parser.on('closetag', ({ name }) => {
    const local = localOf(name);
    inText = false;
    if (local === 'rPh') phonetic--;
    if (local === 'si') found.push(text);
  });
  return taking(found);
}

type OpenCell = { column: number; type: string; text: string; isFormula: boolean };

/** Rows of a sheet; those that it leaves out have no cells and are left out too. */
export const openSheetParser = (strings: readonly string[]) => (parser: SaxesParser) => {
  const found: SheetRow[] = [];
  let row = 0;
  let cells: string[] = [];
  let refused: Map<number, string> | undefined;
  let cell: OpenCell | undefined;
  let next = 0;
  let inValue = false;

  const refuse = (column: number, why: string) => {
    refused ??= new Map();
    refused.set(column, why);
  };
  const end = ({ column, type, text, isFormula }: OpenCell) => {
    while (cells.length < column) cells.push('');
    if (isFormula) refuse(column, 'is a formula: put its value there');
    if (type === 'e') refuse(column, `is an error of the spreadsheet (${text})`);
    cells[column] = type === 's' ? (strings[Number(text)] ?? '') : type === 'n' ? typed(text) : text;
  };

  parser.on('opentag', ({ name, attributes }) => {
    const local = localOf(name);
    if (local === 'row') {
      row = rowAfter(row, (attributes as Record<string, string>).r);
      [cells, refused, next] = [[], undefined, 0];
    } else if (local === 'c') {
      const { r, t = 'n' } = attributes as Record<string, string>;
      const column = r === undefined ? next : columnOf(r);
      next = column + 1;
      cell = { column: Math.min(column, MOST_COLUMNS), type: t, text: '', isFormula: false };
      if (column >= MOST_COLUMNS)
        refuse(MOST_COLUMNS, `lies to the right of the ${MOST_COLUMNS} columns that are read`);
    } else if (local === 'f' && cell) cell.isFormula = true;
    else if (local === 'v' || local === 't') inValue = true;
  });
  parser.on('text', (piece) => {
    if (inValue && cell && cell.text.length <= LONGEST_CELL) cell.text += piece;
  });
  parser.on('closetag', ({ name }) => {
    const local = localOf(name);
    if (local === 'v' || local === 't') inValue = false;
    else if (local === 'c' && cell) {
      end(cell);
      cell = undefined;
    } else if (local === 'row') found.push({ row, cells, ...(refused && { refused }) });
  });
  return taking(found);
};

/** The row's number as the sheet gives it, or the next one; rows are told apart by it. @throws FeedError */
function rowAfter(before: number, given: string | undefined): number {
  if (given === undefined) return before + 1;
  const row = /^\d{1,7}$/.test(given) ? Number(given) : 0;
  if (row > before) return row;
  throw new FeedError(
    `the sheet, after row ${before}`,
    'has rows that are not numbered one after the other: save it again',
  );
}

/** "AB12" is column 27, counted from 0. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference) {
    const digit = letter.charCodeAt(0) - 64;
    if (digit < 1 || digit > 26 || column > 20_000) break;
    column = column * 26 + digit;
  }
  return column - 1;
}

/** A number as it was typed: workbooks hold 17 digits of a double (1.1000000000000001), of which the shortest is meant. */
function typed(text: string): string {
  const shortest = String(Number(text));
  return text.trim() === '' || shortest === 'NaN' || /e/.test(shortest) ? text : shortest;
}
