import { stringify } from 'csv-stringify/sync';

/** A column of a CSV document: the name in its head line and the value of a row. */
export type CsvColumn<Row> = { name: string; value: (row: Row) => string | undefined };

const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/;
// After apostrophes too, so that who takes one away has what was written.
const STARTS_A_FORMULA = /^'*[=+\-@\t\r]/;

/**
 * Rows as CSV: RFC 4180, CRLF after every line, a head line of column names, an empty cell where there is no value.
 * Text that a spreadsheet would take for a formula gets an apostrophe before it; plain numbers, also negative ones,
 * stay as they are, which the library's own escape of formulas would not leave.
 */
export function csv<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[], delimiter = ','): string {
  const head = columns.map(({ name }) => name);
  const cells = rows.map((row) => columns.map(({ value }) => safe(value(row) ?? '')));
  return stringify([head, ...cells], { record_delimiter: 'windows', quoted_match: LINE_BREAK, delimiter });
}

// The library quotes its own line end alone; readers take either half of it for one too.
const LINE_BREAK = /[\r\n]/;

function safe(value: string): string {
  return STARTS_A_FORMULA.test(value) && !PLAIN_NUMBER.test(value) ? `'${value}` : value;
}
