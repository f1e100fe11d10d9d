import * as z from 'zod';
import type { Period } from '../domain/calendar/period.ts';
import { ROSTER_SHARDS } from '../domain/close/roster.ts';
import type { CloseRun } from '../domain/close/run.ts';
import { parseJson, sha256 } from './bytes.ts';
import { invoiceKey } from './documents.ts';
import { TerminalError } from './errors.ts';
import { inParallel } from './in-parallel.ts';
import type { ReceivableEntry, StoredInvoice } from './ports/invoices.ts';
import type { Portal } from './ports/portal.ts';
import type { NumberedRow } from './run-files.ts';

type ComparePortal = Pick<Portal, 'invoices' | 'documents'>;

/** A numbered document whose invoice stands. */
export type Issued = { row: NumberedRow; invoice: StoredInvoice };

/** A document of a numbered row: the one that bills its order, or the one that takes back what that replaces. */
type Document = { row: NumberedRow; number: string; gross: string | undefined; currency?: string | undefined };

export function documentsOf(row: NumberedRow): Document[] {
  return [
    ...(row.creditNumber === undefined ? [] : [{ row, number: row.creditNumber, gross: row.corrects?.gross }]),
    ...(row.number === undefined
      ? []
      : [{ row, number: row.number, gross: row.billed?.gross, currency: row.billed?.currency }]),
  ];
}

/** Of a canonical invoice, what is compared here. */
const GrossSchema = z.object({ gross: z.string() });

const READS_AT_ONCE = 32;
const SHOWN_DIFFERENCES = 5;

/**
 * Compares what is stored for numbered documents, whatever the steps said (domain.md §6.6): invoices = receivables = rated
 * orders, one by one and so in every sum; every one has its documents; no order has two.
 *
 * @returns the documents that are issued; the others may still be
 * @throws TerminalError naming the differences
 */
export async function compareStored(
  portal: ComparePortal,
  run: CloseRun,
  rows: readonly NumberedRow[],
): Promise<Issued[]> {
  const differences: string[] = [];
  // An invoice comes with its receivable: read before the ledger it must be there, and one in the ledger exists by then.
  const before = await invoicesOf(portal, rows);
  const ledger = await receivablesOf(portal, [...new Set([run.period, ...rows.map((row) => row.order.usagePeriod)])]);
  const missed = rows.filter((row) => documentsOf(row).some(({ number }) => ledger.has(number) && !before.has(number)));
  const invoices = new Map([...before, ...(await invoicesOf(portal, missed))]);
  reportDoubles(ledger, differences);
  const issued = issuedOf(rows, invoices, ledger, differences);
  await checkDocuments(portal, issued, differences);
  if (differences.length > 0) throw new TerminalError(differencesText(run, differences));
  return issued;
}

/** The invoices of numbered rows that exist, by number. */
export async function invoicesOf(
  portal: Pick<Portal, 'invoices'>,
  rows: readonly NumberedRow[],
): Promise<Map<string, StoredInvoice>> {
  const numbers = rows.flatMap((row) => documentsOf(row).map(({ number }) => number));
  const found = numbers.length === 0 ? [] : await portal.invoices.getMany(numbers);
  return new Map(found.map((invoice) => [invoice.number, invoice]));
}

async function receivablesOf(portal: ComparePortal, periods: readonly Period[]): Promise<Map<string, ReceivableEntry>> {
  const ledger = new Map<string, ReceivableEntry>();
  const shards = periods.flatMap((of) => Array.from({ length: ROSTER_SHARDS }, (_, shard) => ({ of, shard })));
  await inParallel(shards, READS_AT_ONCE, async ({ of, shard }) => {
    for await (const entry of portal.invoices.receivables(of, shard)) ledger.set(entry.number, entry);
  });
  return ledger;
}

/** No order revision may stand in the ledger with two invoices. */
function reportDoubles(ledger: ReadonlyMap<string, ReceivableEntry>, differences: string[]): void {
  const numbers = new Map<string, string>();
  for (const entry of ledger.values()) {
    if (entry.kind !== 'ORDER') continue;
    const source = `${entry.source.id}#${entry.source.revision}`;
    const other = numbers.get(source);
    if (other) differences.push(`${other} and ${entry.number} both bill order ${entry.source.id}`);
    numbers.set(source, entry.number);
  }
}

/** The rows that are issued: invoice and receivable both stand, for what was rated. */
function issuedOf(
  rows: readonly NumberedRow[],
  invoices: ReadonlyMap<string, StoredInvoice>,
  ledger: ReadonlyMap<string, ReceivableEntry>,
  differences: string[],
): Issued[] {
  const issued: Issued[] = [];
  for (const document of rows.flatMap(documentsOf)) {
    const { row, number } = document;
    const invoice = invoices.get(number);
    const entry = ledger.get(number);
    if (!invoice && !entry) continue;
    const difference = differenceOf(document, invoice, entry);
    if (difference) differences.push(difference);
    else if (invoice) issued.push({ row, invoice });
  }
  return issued;
}

function differenceOf(
  { row, number, gross: rated, currency }: Document,
  invoice: StoredInvoice | undefined,
  entry: ReceivableEntry | undefined,
): string | undefined {
  if (!invoice) return `${number} is in the receivables but there is no such invoice`;
  if (!entry) return `${number} is not in the receivables`;
  if (invoice.source.id !== row.order.id) return `${number} bills another order than it was taken for`;
  if (invoice.aggregatorId !== entry.aggregatorId)
    return `${number} is of aggregator ${invoice.aggregatorId}, its receivable of ${entry.aggregatorId}`;
  const amount = sumOf(invoice.gross, invoice.currency);
  const [owed, due] = [sumOf(entry.amount, entry.currency), sumOf(rated, currency ?? invoice.currency)];
  if (amount === owed && amount === due) return undefined;
  return `${number} is over ${amount}, its receivable ${owed}, rated was ${due}`;
}

const sumOf = (amount: string | undefined, currency: string): string => `${amount} ${currency}`;

/** The canonical JSON is read and hashed; that PDF and CSV are there is seen from the list of what is stored. */
async function checkDocuments(portal: ComparePortal, issued: readonly Issued[], differences: string[]): Promise<void> {
  const sizes = new Map<string, number>();
  for (const period of new Set(issued.map(({ invoice }) => invoice.usagePeriod))) {
    for await (const { key, size } of portal.documents.list(`invoices/${period}/`)) sizes.set(key, size);
  }
  await inParallel(issued, READS_AT_ONCE, async ({ invoice }) => {
    const key = invoiceKey(invoice);
    const json = await portal.documents.get(`${key}.json`);
    if (!json || !sizes.get(`${key}.pdf`) || !sizes.get(`${key}.csv`)) {
      differences.push(`${invoice.number} lacks a document in ${key}`);
    } else if (sha256(json) !== invoice.hashes.json) {
      differences.push(`the document of ${invoice.number} is not the one that was issued`);
    } else if (parseJson(GrossSchema, json).gross !== invoice.gross) {
      differences.push(`the document of ${invoice.number} is over another amount than the invoice`);
    }
  });
}

function differencesText(run: CloseRun, differences: readonly string[]): string {
  const more = differences.length - SHOWN_DIFFERENCES;
  const shown = differences.slice(0, SHOWN_DIFFERENCES).join('; ');
  return `Run ${run.name} does not reconcile: ${shown}${more > 0 ? `; and ${more} more` : ''}`;
}
