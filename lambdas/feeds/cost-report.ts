import { addMonths, type Period } from '../domain/calendar/period.ts';
import type { CostReportFormat } from '../domain/cost-report/cost-report.ts';
import { type ExactCost, type ExactServiceCost, exactCost, TAX } from '../domain/cost-report/sum-costs.ts';
import { compareCodePoints } from '../domain/usage/canonical-order.ts';
import { COST_COLUMNS, type CostColumns, NEEDED_COLUMNS } from './cost-report-columns.ts';
import { csvRows } from './csv-rows.ts';
import { FeedError } from './feed-error.ts';

/** What a report has to be of. */
export type ExpectedReport = { accountId: string; usagePeriod: Period; currency: string };

/** Something wrong with a row, by its line in the file (the header is line 1). */
export type CostFault = { line: number; column?: string; message: string };

export type ReadCosts = {
  format: CostReportFormat;
  rows: number;
  /** Each service once. */
  services: ExactServiceCost[];
  /** Every row names the bill it stands on. */
  isBilled: boolean;
  bills: string[];
  /** The first of what is wrong: then the rest is of no use. */
  faults: CostFault[];
};

const NAME = 'the report';
const MOST_FAULTS = 1_000;
// Offers of the marketplace have codes of their own.
const MOST_CODES = 50_000;
const LONGEST_TEXT = 100;
// A report is kept as one item of 400 KB at most: 200 services × 20 bills × 40 characters = 160 KB of it.
const MOST_BILLS = 20;
const LONGEST_BILL = 40;

/**
 * Reads a cost report of AWS, CSV, and adds its rows up by service, exactly; a piece of it at a time is in memory. Its format is
 * told by its header, whose columns stand in any order.
 *
 * @throws FeedError when it is no CSV, or its header is not that of a cost report
 */
export async function readCostReport(
  bytes: AsyncIterable<Uint8Array>,
  expected: ExpectedReport,
  mostBytes?: number,
): Promise<ReadCosts> {
  const services = new Map<string, { name: string; cost: bigint; bills: Set<string> }>();
  const bills = new Set<string>();
  const faults: CostFault[] = [];
  let header: Header | undefined;
  let rows = 0;
  let isBilled = true;
  for await (const { record, info } of csvRows(bytes, NAME, mostBytes === undefined ? {} : { mostBytes })) {
    if (!header) {
      header = headerOf(record);
      continue;
    }
    rows++;
    const found = faultsOf(header, record, expected);
    if (found.length > 0) {
      faults.push(...found.map((fault) => ({ line: info.lines, ...fault })));
      if (faults.length >= MOST_FAULTS) break;
      continue;
    }
    const { code, name, cost, bill } = costOf(header, record);
    const service = services.get(code) ?? { name, cost: 0n, bills: new Set<string>() };
    service.cost += cost;
    if (bill === '') isBilled = false;
    else bills.add(bill);
    if (bill !== '') service.bills.add(bill);
    services.set(code, service);
    if (services.size > MOST_CODES) throw new FeedError(NAME, `names more than ${MOST_CODES} services`);
    if (bills.size > MOST_BILLS) throw new FeedError(NAME, `names more than ${MOST_BILLS} bills`);
  }
  if (!header) throw new FeedError(NAME, 'is empty');
  if (rows === 0) throw new FeedError(NAME, 'has no rows: a month that costs nothing needs none');
  return {
    format: header.format,
    rows,
    services: [...services].map(([code, { name, cost, bills: on }]) => ({
      code,
      name,
      cost: cost as ExactCost,
      bills: [...on].sort(compareCodePoints),
    })),
    isBilled,
    bills: [...bills].sort(compareCodePoints),
    faults,
  };
}

type Header = {
  format: CostReportFormat;
  names: CostColumns;
  at: Readonly<Record<keyof CostColumns, number>>;
  cells: number;
};

function headerOf(record: readonly string[]): Header {
  const format = (Object.keys(COST_COLUMNS) as CostReportFormat[]).find((each) =>
    record.includes(COST_COLUMNS[each].cost),
  );
  if (!format) {
    const costs = Object.values(COST_COLUMNS).map(({ cost }) => cost);
    throw new FeedError(NAME, `is no Cost and Usage Report 2.0 and no FOCUS: it has no column ${costs.join(' or ')}`);
  }
  const names = COST_COLUMNS[format];
  for (const each of NEEDED_COLUMNS) {
    if (!record.includes(names[each])) throw new FeedError(NAME, 'is missing', { line: 1, column: names[each] });
  }
  for (const column of Object.values(names)) {
    if (column !== '' && record.indexOf(column) !== record.lastIndexOf(column)) {
      throw new FeedError(NAME, 'is in the header twice', { line: 1, column });
    }
  }
  const places = Object.entries(names).map(([each, column]) => [each, column === '' ? -1 : record.indexOf(column)]);
  return { format, names, at: Object.fromEntries(places) as Header['at'], cells: record.length };
}

const cellOf = ({ at }: Header, record: readonly string[], column: keyof CostColumns): string =>
  (record[at[column]] ?? '').trim();

/** What a row is not of, and what of it can't be read. */
function faultsOf(header: Header, record: readonly string[], expected: ExpectedReport): Omit<CostFault, 'line'>[] {
  if (record.length !== header.cells) {
    return [{ message: `has ${record.length} cells, but the header has ${header.cells}` }];
  }
  const { accountId, usagePeriod, currency } = expected;
  const cell = (column: keyof CostColumns) => cellOf(header, record, column);
  const checks: [keyof CostColumns, boolean, string][] = [
    ['account', cell('account') === accountId, `is another account than ${accountId}`],
    [
      'from',
      isStartOf(cell('from'), usagePeriod),
      `is not the first of ${usagePeriod}: the report is of another month`,
    ],
    ['to', isStartOf(cell('to'), addMonths(usagePeriod, 1)), `is not the end of ${usagePeriod}`],
    ['currency', cell('currency') === currency, `is not ${currency}, the currency of the contract`],
    ['cost', exactCost(cell('cost')) !== undefined, 'is no decimal number of at most 36 decimals'],
    ['service', isText(cell('service')), `is needed, of at most ${LONGEST_TEXT} characters`],
    ['code', cell('code') === '' || isText(cell('code')), `is longer than ${LONGEST_TEXT} characters`],
    ['bill', cell('bill') === '' || isText(cell('bill'), LONGEST_BILL), `is longer than ${LONGEST_BILL} characters`],
  ];
  return checks.flatMap(([column, ok, message]) => (ok ? [] : [{ column: header.names[column], message }]));
}

const isText = (text: string, longest = LONGEST_TEXT): boolean =>
  text !== '' && text.length <= longest && !/\p{Cc}/u.test(text);

// Exports write "2026-10-01T00:00:00Z", "2026-10-01T00:00:00.000Z" or "2026-10-01 00:00:00.000", all UTC.
const isStartOf = (text: string, period: Period): boolean =>
  text.startsWith(`${period}-01`) && /^[T ]00:00(?::00(?:\.0{1,9})?)?(?: ?UTC|Z|\+00:00)?$/.test(text.slice(10));

function costOf(header: Header, record: readonly string[]) {
  const cell = (column: keyof CostColumns) => cellOf(header, record, column);
  const bill = cell('bill');
  const cost = exactCost(cell('cost')) as ExactCost;
  if (cell('category') === 'Tax') return { ...TAX, cost, bill };
  const service = cell('service');
  const code = cell('code') || service;
  const name = (header.at.code >= 0 ? service : cell('name') || service).slice(0, LONGEST_TEXT);
  return { code, name, cost, bill };
}
