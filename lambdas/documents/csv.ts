/** A column of a CSV document: the name in its head line and the value of a row. */
export type CsvColumn<Row> = { name: string; value: (row: Row) => string | undefined };

const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/;
const STARTS_A_FORMULA = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\t\r\n]/;

/**
 * Rows as CSV: RFC 4180, CRLF after every line, a head line of column names, an empty cell where there is no value.
 * Text that a spreadsheet would take for a formula gets an apostrophe before it; plain numbers, also negative ones,
 * stay as they are.
 */
export function csv<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[], delimiter = ','): string {
  const lineOf = (cells: readonly string[]) => `${cells.join(delimiter)}\r\n`;
  let text = lineOf(columns.map(({ name }) => quoted(name)));
  for (const row of rows) text += lineOf(columns.map(({ value }) => cellOf(value(row))));
  return text;
}

function cellOf(value: string | undefined): string {
  if (!value) return '';
  return quoted(STARTS_A_FORMULA.test(value) && !PLAIN_NUMBER.test(value) ? `'${value}` : value);
}

function quoted(text: string): string {
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
