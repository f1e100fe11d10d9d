/** A column of a CSV document: the name in its head line and the value of a row. */
export type CsvColumn<Row> = { name: string; value: (row: Row) => string | undefined };

const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/;
const STARTS_A_FORMULA = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\r\n]/;

/**
 * Rows as CSV: RFC 4180, CRLF after every line, a head line of column names, an empty cell where there is no value.
 * Text that a spreadsheet would take for a formula gets an apostrophe before it; plain numbers, also negative ones,
 * stay as they are.
 */
export function csv<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string {
  let text = `${columns.map(({ name }) => name).join()}\r\n`;
  for (const row of rows) {
    columns.forEach(({ value }, at) => {
      text += (at === 0 ? '' : ',') + cell(value(row) ?? '');
    });
    text += '\r\n';
  }
  return text;
}

function cell(value: string): string {
  const safe = STARTS_A_FORMULA.test(value) && !PLAIN_NUMBER.test(value) ? `'${value}` : value;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
