import { type CsvColumn, csv } from './csv.ts';

/** A row of a template: its cells in the order of the columns. */
export type TemplateRow = readonly string[];

/** A template as CSV. */
export function templateCsv(columns: readonly string[], rows: readonly TemplateRow[]): Uint8Array {
  const cells = columns.map((name, at): CsvColumn<TemplateRow> => ({ name, value: (row) => row[at] }));
  return Buffer.from(csv(cells, rows));
}

/** A template as a workbook; all cells are text, so that no program makes 2026-10 a date. */
export async function templateXlsx(columns: readonly string[], rows: readonly TemplateRow[]): Promise<Uint8Array> {
  // Loaded when it is asked for: the other calls of the function start without it.
  const { default: writeXlsx } = await import('write-excel-file/node');
  const head = columns.map((value) => ({ value, type: String, fontWeight: 'bold' as const }));
  const body = rows.map((row) =>
    row.map((value) => (value === '' ? { type: String, format: '@' } : { value, type: String, format: '@' })),
  );
  const options = { sheet: 'Usage', columns: columns.map((name) => ({ width: Math.max(14, name.length + 2) })) };
  return writeXlsx([head, ...body], { ...options, stickyRowsCount: 1 }).toBuffer();
}
