import * as z from 'zod';
import { CanonicalInvoiceSchema } from '../documents/canonical-invoice.ts';
import type { StatementEntry } from '../documents/statement.ts';
import type { Period } from '../domain/calendar/period.ts';
import { ROSTER_SHARDS } from '../domain/close/roster.ts';
import type { CloseRun, SetAside } from '../domain/close/run.ts';
import { documentNumber } from '../domain/invoice/numbering.ts';
import { TerminalError } from './errors.ts';
import { inParallel } from './in-parallel.ts';
import { invoiceKey } from './issue-batch.ts';
import type { ReceivableEntry, StoredInvoice } from './ports/invoices.ts';
import type { Portal } from './ports/portal.ts';
import { addTo } from './report-run.ts';
import {
  jsonLines,
  type NumberedRow,
  type PartyFile,
  parseJson,
  type Reconciled,
  ReconciledSchema,
  type RunParty,
  runFiles,
  sha256,
  workBytes,
} from './run-files.ts';
import { numberedRows, plannedContracts, setAsideOrders } from './run-outcome.ts';

export type ReconcilePortal = Pick<Portal, 'invoices' | 'numbers' | 'billingOrders' | 'documents' | 'workFiles'>;

const READS_AT_ONCE = 32;
const SHOWN_DIFFERENCES = 5;

type Issued = { row: NumberedRow; invoice: StoredInvoice };

/**
 * Compares what is stored, whatever the steps said (domain.md §6.6): every number has its documents, as they were hashed;
 * invoices = receivables = rated orders, one by one and so in every sum; no order has two. Then writes down what the run
 * has issued, for settling.
 *
 * @throws TerminalError naming the differences: the run fails before anyone is told
 */
export async function reconcileRun(portal: ReconcilePortal, run: CloseRun): Promise<Reconciled> {
  const before = await portal.workFiles.get(runFiles.reconciled(run.name));
  if (before) return parseJson(ReconciledSchema, before);
  const [contracts, rows] = await Promise.all([plannedContracts(portal, run), numberedRows(portal, run)]);
  const differences: string[] = [];
  const ledger = await receivablesOf(portal, [...new Set([run.period, ...rows.map((row) => row.order.usagePeriod)])]);
  reportDoubles(ledger, differences);
  const issued = await issuedOf(portal, rows, ledger, differences);
  await checkDocuments(portal, issued, differences);
  if (differences.length > 0) throw new TerminalError(differencesText(run, differences));
  const nothing = await closedWithNothing(portal, rows);
  const done = new Set([...issued.map(({ row }) => row.order.id), ...nothing]);
  const failed = await setAsideOrders(portal, run, contracts, done);
  const reconciled: Reconciled = {
    contracts: contracts.length,
    orders: contracts.reduce((sum, contract) => sum + contract.orders.length, 0),
    nothingToBill: nothing.length,
    sums: sumsOf(issued),
    failed,
  };
  await writeParties(portal, run, issued, failed);
  await settleReservations(portal);
  await portal.workFiles.putOnce(runFiles.reconciled(run.name), workBytes(reconciled), 'application/json');
  return reconciled;
}

async function receivablesOf(
  portal: ReconcilePortal,
  periods: readonly string[],
): Promise<Map<string, ReceivableEntry>> {
  const ledger = new Map<string, ReceivableEntry>();
  const shards = periods.flatMap((of) =>
    Array.from({ length: ROSTER_SHARDS }, (_, shard) => ({ of: of as Period, shard })),
  );
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
async function issuedOf(
  portal: ReconcilePortal,
  rows: readonly NumberedRow[],
  ledger: ReadonlyMap<string, ReceivableEntry>,
  differences: string[],
): Promise<Issued[]> {
  const numbered = rows.filter((row) => row.number !== undefined);
  const stored = await portal.invoices.getMany(numbered.map((row) => row.number as string));
  const invoices = new Map(stored.map((invoice) => [invoice.number, invoice]));
  const issued: Issued[] = [];
  for (const row of numbered) {
    const number = row.number as string;
    const invoice = invoices.get(number);
    const entry = ledger.get(number);
    if (!invoice && !entry) continue;
    if (!invoice) differences.push(`${number} is in the receivables but there is no such invoice`);
    else if (!entry) differences.push(`${number} is not in the receivables`);
    else if (invoice.source.id !== row.order.id)
      differences.push(`${number} bills another order than it was taken for`);
    else if (
      invoice.gross !== entry.amount ||
      invoice.gross !== row.billed?.gross ||
      invoice.currency !== entry.currency
    ) {
      differences.push(
        `${number} is over ${invoice.gross}, its receivable ${entry.amount}, rated was ${row.billed?.gross}`,
      );
    } else issued.push({ row, invoice });
  }
  return issued;
}

async function checkDocuments(
  portal: ReconcilePortal,
  issued: readonly Issued[],
  differences: string[],
): Promise<void> {
  await inParallel(issued, READS_AT_ONCE, async ({ invoice }) => {
    const key = invoiceKey(invoice);
    const [json, pdf, csv] = await Promise.all(
      (['json', 'pdf', 'csv'] as const).map((extension) => portal.documents.get(`${key}.${extension}`)),
    );
    if (!json || !pdf || !csv) differences.push(`${invoice.number} lacks a document in ${key}`);
    else if (
      sha256(json) !== invoice.hashes.json ||
      sha256(pdf) !== invoice.hashes.pdf ||
      sha256(csv) !== invoice.hashes.csv
    ) {
      differences.push(`a document of ${invoice.number} is not the one that was issued`);
    } else if (parseJson(CanonicalInvoiceSchema, json).gross !== invoice.gross) {
      differences.push(`the document of ${invoice.number} is over another amount than the invoice`);
    }
  });
}

function differencesText(run: CloseRun, differences: readonly string[]): string {
  const more = differences.length - SHOWN_DIFFERENCES;
  const shown = differences.slice(0, SHOWN_DIFFERENCES).join('; ');
  return `Run ${run.name} does not reconcile: ${shown}${more > 0 ? `; and ${more} more` : ''}`;
}

async function closedWithNothing(portal: ReconcilePortal, rows: readonly NumberedRow[]): Promise<string[]> {
  const ids = rows.filter((row) => row.outcome === 'NOTHING_TO_BILL').map((row) => row.order.id);
  const orders = await portal.billingOrders.getMany(ids);
  return orders.filter((order) => order.status === 'CLOSED').map((order) => order.id);
}

function sumsOf(issued: readonly Issued[]): Reconciled['sums'] {
  const sums = new Map<string, Reconciled['sums'][number]>();
  for (const { invoice } of issued) addTo(sums, invoice.aggregatorId, invoice);
  return [...sums.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
}

/** What each party was issued, and what of theirs was set aside. */
async function writeParties(
  portal: ReconcilePortal,
  run: CloseRun,
  issued: readonly Issued[],
  failed: readonly SetAside[],
): Promise<void> {
  const files = new Map<string, PartyFile>();
  const fileOf = (kind: RunParty['kind'], id: string): PartyFile => {
    const file = files.get(id) ?? { party: { kind, id }, entries: [], failed: [] };
    files.set(id, file);
    return file;
  };
  for (const { row, invoice } of issued) {
    const entry = { ...entryOf(row, invoice), key: invoiceKey(invoice) };
    fileOf('AGGREGATOR', invoice.aggregatorId).entries.push(entry);
    fileOf('SERVICE_PROVIDER', invoice.serviceProviderId).entries.push(entry);
  }
  for (const aside of failed) fileOf('AGGREGATOR', aside.aggregatorId).failed.push(aside);
  const sorted = [...files.values()].sort((a, b) => (a.party.kind + a.party.id < b.party.kind + b.party.id ? -1 : 1));
  await inParallel(sorted, READS_AT_ONCE, (file) =>
    portal.workFiles.putOnce(runFiles.party(run.name, file.party.id), workBytes(file), 'application/json'),
  );
  await portal.workFiles.putOnce(
    runFiles.parties(run.name),
    jsonLines(sorted.map((file) => file.party)),
    'application/jsonl',
  );
}

function entryOf(row: NumberedRow, invoice: StoredInvoice): StatementEntry {
  const {
    number,
    kind,
    invoiceDate,
    dueDate,
    usagePeriod,
    contractNumber,
    skuCode,
    points,
    net,
    tax,
    gross,
    currency,
  } = invoice;
  return {
    number,
    kind,
    invoiceDate,
    dueDate,
    usagePeriod,
    serviceProvider: row.serviceProviderName,
    contractNumber,
    skuCode,
    points,
    net,
    tax,
    gross,
    currency,
  };
}

/** Reservations whose numbers are all issued need no further look. */
async function settleReservations(portal: ReconcilePortal): Promise<void> {
  for (const reservation of await portal.numbers.openReservations()) {
    const sources: string[] = [];
    for await (const line of portal.workFiles.lines(reservation.file)) sources.push(z.string().parse(JSON.parse(line)));
    const numbers = sources.map((_, index) => documentNumber(reservation.series, reservation.first + index));
    const stored = await portal.invoices.getMany(numbers);
    if (stored.length === numbers.length) await portal.numbers.settled(reservation);
  }
}
