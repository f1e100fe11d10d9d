import type { Fonts } from './fonts.ts';
import { Composer, type Page } from './pdf/page.ts';
import { facts, heading, letterhead, parties } from './pdf/panels.ts';
import { type Column, TABLE_START, table } from './pdf/table.ts';
import { writePdf } from './pdf/write.ts';
import { DOCUMENT_TITLES, joined, printedDueDate, printedNumber, printedParty } from './printed.ts';
import type { Statement, StatementEntry } from './statement.ts';

/**
 * The PDF of an aggregator statement. Equal statements give equal bytes (domain.md §7).
 * @param fonts from loadFonts; only the files of scripts that the statement uses are read
 */
export function renderStatementPdf(statement: Statement, fonts: Fonts): Promise<Uint8Array> {
  return writePdf(layoutStatement(statement, fonts), {
    title: `Statement ${statement.reference}`,
    subject: `Period ${statement.period}`,
    author: statement.vendor.name,
    date: statement.statementDate,
  });
}

/** Where everything stands on the statement's pages. */
export function layoutStatement(statement: Statement, fonts: Fonts): Page[] {
  const title = `Statement ${statement.reference}`;
  const composer = new Composer(fonts, { title, footer: joined(title, statement.vendor.name) });
  letterhead(composer, printedParty(statement.vendor), 'Statement', statement.reference);
  parties(composer, [{ role: 'Aggregator', party: printedParty(statement.aggregator) }]);
  facts(
    composer,
    [
      { label: 'Period', value: statement.period },
      { label: 'Statement date', value: statement.statementDate },
      { label: 'Documents', value: printedNumber(String(statement.entries.length)) },
      { label: 'Set aside', value: printedNumber(String(statement.setAside.length)) },
    ],
    4,
  );
  composer.y += 4;
  section(composer, 'Totals', TOTAL_COLUMNS, statement.totals);
  section(composer, 'Invoices and credit notes', ENTRY_COLUMNS, statement.entries);
  section(composer, 'Set aside: not billed yet', SET_ASIDE_COLUMNS, statement.setAside);
  return composer.finish();
}

function section<Row>(composer: Composer, title: string, columns: readonly Column<Row>[], rows: readonly Row[]): void {
  if (rows.length === 0) return;
  heading(composer, title, TABLE_START);
  table(composer, columns, rows);
  composer.y += 14;
}

const TOTAL_COLUMNS: readonly Column<Statement['totals'][number]>[] = [
  { kind: 'text', share: 1, title: 'Currency', cell: ({ currency }) => ({ text: currency }) },
  { kind: 'number', title: 'Documents', cell: ({ documents }) => ({ text: printedNumber(documents) }) },
  { kind: 'number', title: 'Points', cell: ({ points }) => ({ text: printedNumber(points) }) },
  { kind: 'number', title: 'Net', cell: ({ net }) => ({ text: printedNumber(net) }) },
  { kind: 'number', title: 'Tax', cell: ({ tax }) => ({ text: printedNumber(tax) }) },
  { kind: 'number', title: 'Total', cell: ({ gross }) => ({ text: printedNumber(gross) }) },
];

/** A correction names the invoice that it takes back. */
const documentCell = ({ number, kind, corrects }: StatementEntry) => ({
  text: number,
  note: corrects === undefined ? DOCUMENT_TITLES[kind] : `${DOCUMENT_TITLES[kind]} for ${corrects}`,
});

const ENTRY_COLUMNS: readonly Column<StatementEntry>[] = [
  { kind: 'code', title: 'Document', cell: documentCell },
  {
    kind: 'text',
    share: 1,
    title: 'Service provider, contract',
    cell: ({ serviceProvider, contractNumber, skuCode }) => ({
      text: serviceProvider,
      note: joined(contractNumber, skuCode),
    }),
  },
  { kind: 'code', title: 'Period', cell: ({ usagePeriod }) => ({ text: usagePeriod }) },
  { kind: 'code', title: 'Due', cell: (entry) => ({ text: printedDueDate(entry) ?? '–' }) },
  { kind: 'number', title: 'Points', cell: ({ points }) => ({ text: printedNumber(points) }) },
  { kind: 'number', title: 'Net', cell: ({ net }) => ({ text: printedNumber(net) }) },
  { kind: 'number', title: 'Tax', cell: ({ tax }) => ({ text: printedNumber(tax) }) },
  { kind: 'number', title: 'Total', cell: ({ gross, currency }) => ({ text: printedNumber(gross), note: currency }) },
];

const SET_ASIDE_COLUMNS: readonly Column<Statement['setAside'][number]>[] = [
  {
    kind: 'text',
    share: 2,
    title: 'Service provider, contract',
    cell: ({ serviceProvider, contractNumber }) => ({ text: serviceProvider, note: contractNumber }),
  },
  { kind: 'code', title: 'Period', cell: ({ usagePeriod }) => ({ text: usagePeriod }) },
  { kind: 'text', share: 3, title: 'Reason', cell: ({ reason, code }) => ({ text: reason, note: code }) },
];
