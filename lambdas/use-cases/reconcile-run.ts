import * as z from 'zod';
import type { StatementEntry } from '../documents/statement.ts';
import type { Period } from '../domain/calendar/period.ts';
import { ROSTER_SHARDS } from '../domain/close/roster.ts';
import type { CloseRun } from '../domain/close/run.ts';
import { documentNumber } from '../domain/invoice/numbering.ts';
import { TerminalError } from './errors.ts';
import { inParallel } from './in-parallel.ts';
import { invoiceKey } from './issue-batch.ts';
import type { ReceivableEntry, StoredInvoice } from './ports/invoices.ts';
import type { Portal } from './ports/portal.ts';
import { addTo } from './report-run.ts';
import { debtsOf } from './run-debts.ts';
import {
  decideOnce,
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

export type ReconcilePortal = Pick<
  Portal,
  'units' | 'closes' | 'invoices' | 'numbers' | 'billingOrders' | 'documents' | 'workFiles'
>;

/** Of a canonical invoice, what is compared here. */
const GrossSchema = z.object({ gross: z.string() });

const READS_AT_ONCE = 32;
const SHOWN_DIFFERENCES = 5;

type Issued = { row: NumberedRow; invoice: StoredInvoice };

/**
 * Compares what is stored, whatever the steps said (domain.md §6.6): every number has its documents, as they were hashed;
 * invoices = receivables = rated orders, one by one and so in every sum; no order has two. Then writes down what the
 * parties are to be told of: what this run has issued, and what earlier runs have and died before they could tell.
 *
 * @throws TerminalError naming the differences, or when a later run has been claimed: the run fails before anyone is told
 */
export async function reconcileRun(portal: ReconcilePortal, run: CloseRun): Promise<Reconciled> {
  const [own, debts, before] = await Promise.all([
    numberedRows(portal, run),
    debtsOf(portal, run),
    portal.workFiles.get(runFiles.reconciled(run.name)),
  ]);
  // An order that this run has numbered again keeps its number: its own row stands for the earlier one.
  const rows = [...new Map([...debts.rows, ...own].map((row) => [row.order.id, row])).values()];
  const reconciled = parseJson(ReconciledSchema, before ?? (await reconcile(portal, run, rows)));
  await writeParties(portal, run, rows, reconciled, debts.parties);
  const isTold = await portal.units.commit(portal.closes.reconciled(run));
  if (!isTold.ok && !(await portal.closes.place(run))?.reconciled) {
    throw new TerminalError(`a later run has been claimed: run ${run.name} tells nobody any more`);
  }
  await settleReservations(portal, run);
  return reconciled;
}

/** Compares, and writes down once what was found. */
async function reconcile(portal: ReconcilePortal, run: CloseRun, rows: readonly NumberedRow[]): Promise<Uint8Array> {
  const differences: string[] = [];
  // An invoice comes with its receivable: read before the ledger it must be there, and one in the ledger exists by then.
  const before = await invoicesOf(portal, rows);
  const ledger = await receivablesOf(portal, [...new Set([run.period, ...rows.map((row) => row.order.usagePeriod)])]);
  const missed = rows.filter(({ number = '' }) => ledger.has(number) && !before.has(number));
  const invoices = new Map([...before, ...(await invoicesOf(portal, missed))]);
  reportDoubles(ledger, differences);
  const issued = issuedOf(rows, invoices, ledger, differences);
  await checkDocuments(portal, issued, differences);
  if (differences.length > 0) throw new TerminalError(differencesText(run, differences));
  const nothing = await closedWithNothing(portal, rows);
  const contracts = await plannedContracts(portal, run);
  const done = new Set([...issued.map(({ row }) => row.order.id), ...nothing]);
  const doneRows = rows.filter((row) => done.has(row.order.id));
  const planned = contracts.flatMap((contract) => contract.orders.map((order) => order.orderId));
  const reconciled: Reconciled = {
    contracts: new Set([...contracts, ...doneRows.map((row) => row.order)].map((of) => of.contractId)).size,
    orders: new Set([...planned, ...done]).size,
    nothingToBill: nothing.length,
    sums: sumsOf(issued),
    failed: await setAsideOrders(portal, run, contracts, done),
    issued: issued.map(({ invoice }) => invoice.number),
    unissued: rows.filter((row) => !done.has(row.order.id)),
  };
  return decideOnce(portal.workFiles, runFiles.reconciled(run.name), workBytes(reconciled));
}

/** The invoices of numbered rows that exist, by number. */
async function invoicesOf(
  portal: Pick<Portal, 'invoices'>,
  rows: readonly NumberedRow[],
): Promise<Map<string, StoredInvoice>> {
  const numbers = rows.flatMap((row) => row.number ?? []);
  const found = numbers.length === 0 ? [] : await portal.invoices.getMany(numbers);
  return new Map(found.map((invoice) => [invoice.number, invoice]));
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
function issuedOf(
  rows: readonly NumberedRow[],
  invoices: ReadonlyMap<string, StoredInvoice>,
  ledger: ReadonlyMap<string, ReceivableEntry>,
  differences: string[],
): Issued[] {
  const numbered = rows.filter((row) => row.number !== undefined);
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

/** The canonical JSON is read and hashed; that PDF and CSV are there is seen from the list of what is stored. */
async function checkDocuments(
  portal: ReconcilePortal,
  issued: readonly Issued[],
  differences: string[],
): Promise<void> {
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

/** What each party is told: what it was issued, what of its was set aside; and the parties, also those of earlier runs. */
async function writeParties(
  portal: ReconcilePortal,
  run: CloseRun,
  rows: readonly NumberedRow[],
  reconciled: Reconciled,
  unreached: readonly RunParty[],
): Promise<void> {
  const told = new Set(reconciled.issued);
  const issued = rows.filter((row) => row.number !== undefined && told.has(row.number));
  const invoices = await invoicesOf(portal, issued);
  const files = new Map<string, PartyFile>();
  const fileOf = (kind: RunParty['kind'], id: string): PartyFile => {
    const party = { kind, id, run: run.name, period: run.period, invoiceDate: run.invoiceDate };
    const file = files.get(id) ?? { party, entries: [], failed: [] };
    files.set(id, file);
    return file;
  };
  for (const row of issued) {
    const invoice = invoices.get(row.number as string) as StoredInvoice;
    const entry = { ...entryOf(row, invoice), key: invoiceKey(invoice) };
    fileOf('AGGREGATOR', invoice.aggregatorId).entries.push(entry);
    fileOf('SERVICE_PROVIDER', invoice.serviceProviderId).entries.push(entry);
  }
  for (const aside of reconciled.failed) fileOf('AGGREGATOR', aside.aggregatorId).failed.push(aside);
  const sorted = [...files.values()].sort((a, b) => (a.party.kind + a.party.id < b.party.kind + b.party.id ? -1 : 1));
  await inParallel(sorted, READS_AT_ONCE, (file) =>
    portal.workFiles.putOnce(runFiles.party(run.name, file.party.id), workBytes(file), 'application/json'),
  );
  await portal.workFiles.putOnce(
    runFiles.parties(run.name),
    jsonLines([...sorted.map((file) => file.party), ...unreached]),
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
async function settleReservations(portal: ReconcilePortal, run: CloseRun): Promise<void> {
  for (const reservation of await portal.numbers.openReservations()) {
    const sources: string[] = [];
    for await (const line of portal.workFiles.lines(reservation.file)) sources.push(z.string().parse(JSON.parse(line)));
    const numbers = sources.map((_, index) => documentNumber(reservation.series, reservation.first + index));
    const stored = await portal.invoices.getMany(numbers);
    if (stored.length === numbers.length) await portal.units.commit(portal.numbers.settled(reservation, run.name));
  }
}
