import { type CsvColumn, csv } from './csv.ts';
import { printedDueDate } from './printed.ts';
import type { Statement, StatementEntry } from './statement.ts';

type Row = { statement: Statement; entry: StatementEntry };

const COLUMNS: readonly CsvColumn<Row>[] = [
  { name: 'reference', value: ({ statement }) => statement.reference },
  { name: 'period', value: ({ statement }) => statement.period },
  { name: 'statementDate', value: ({ statement }) => statement.statementDate },
  { name: 'aggregatorNumber', value: ({ statement }) => statement.aggregator.number },
  { name: 'number', value: ({ entry }) => entry.number },
  { name: 'kind', value: ({ entry }) => entry.kind },
  { name: 'corrects', value: ({ entry }) => entry.corrects },
  { name: 'invoiceDate', value: ({ entry }) => entry.invoiceDate },
  { name: 'dueDate', value: ({ entry }) => printedDueDate(entry) },
  { name: 'usagePeriod', value: ({ entry }) => entry.usagePeriod },
  { name: 'serviceProvider', value: ({ entry }) => entry.serviceProvider },
  { name: 'contractNumber', value: ({ entry }) => entry.contractNumber },
  { name: 'skuCode', value: ({ entry }) => entry.skuCode },
  { name: 'points', value: ({ entry }) => entry.points },
  { name: 'net', value: ({ entry }) => entry.net },
  { name: 'tax', value: ({ entry }) => entry.tax },
  { name: 'gross', value: ({ entry }) => entry.gross },
  { name: 'currency', value: ({ entry }) => entry.currency },
];

/** The CSV of an aggregator statement, one line for each invoice and credit note; see csv for the format. */
export function renderStatementCsv(statement: Statement): string {
  return csv(
    COLUMNS,
    statement.entries.map((entry) => ({ statement, entry })),
  );
}
