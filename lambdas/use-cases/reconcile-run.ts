import type { CloseRun } from '../domain/close/run.ts';
import { decideOnce, jsonLines, parseJson, workBytes } from './bytes.ts';
import { compareStored, documentsOf, invoicesOf } from './compare-stored.ts';
import { invoiceKey } from './documents.ts';
import { TerminalError } from './errors.ts';
import { inParallel } from './in-parallel.ts';
import type { StoredInvoice } from './ports/invoices.ts';
import type { Portal } from './ports/portal.ts';
import { numbersOf } from './reservations.ts';
import { debtsOf } from './run-debts.ts';
import {
  type NumberedRow,
  type PartyFile,
  type Reconciled,
  ReconciledSchema,
  type RunParty,
  runFiles,
} from './run-files.ts';
import { numberedRows, plannedContracts, revisionOf, setAsideOrders } from './run-outcome.ts';
import { sumsOf } from './run-sums.ts';

export type ReconcilePortal = Pick<
  Portal,
  'units' | 'closes' | 'invoices' | 'numbers' | 'billingOrders' | 'documents' | 'workFiles'
>;

const WRITES_AT_ONCE = 32;

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
  // What this run has numbered again keeps its number: its own row stands for the earlier one.
  const rows = [...new Map([...debts.rows, ...own].map((row) => [revisionOf(row.order), row])).values()];
  const { decided, invoices } = before
    ? { decided: before, invoices: new Map<string, StoredInvoice>() }
    : await reconcile(portal, run, rows);
  const reconciled = parseJson(ReconciledSchema, decided);
  await writeParties(portal, run, rows, reconciled, invoices, debts.parties);
  const isTold = await portal.units.commit(portal.closes.reconciled(run));
  if (!isTold.ok && !(await portal.closes.place(run))?.reconciled) {
    throw new TerminalError(`a later run has been claimed: run ${run.name} tells nobody any more`);
  }
  await settleReservations(portal, run, new Set(reconciled.issued));
  return reconciled;
}

/** Compares, and writes down once what was found; answers that and the invoices it has read on the way, by number. */
async function reconcile(
  portal: ReconcilePortal,
  run: CloseRun,
  rows: readonly NumberedRow[],
): Promise<{ decided: Uint8Array; invoices: Map<string, StoredInvoice> }> {
  const issued = await compareStored(portal, run, rows);
  const [nothing, external] = await Promise.all([
    closedAs(portal, rows, 'NOTHING_TO_BILL'),
    closedAs(portal, rows, 'EXTERNAL'),
  ]);
  const contracts = await plannedContracts(portal, run);
  const done = new Set([...issued.map(({ row }) => revisionOf(row.order)), ...nothing, ...external]);
  const doneRows = rows.filter((row) => done.has(revisionOf(row.order)));
  const planned = contracts.flatMap((contract) =>
    contract.orders.map(({ orderId: id, revision }) => revisionOf({ id, revision })),
  );
  const reconciled: Reconciled = {
    contracts: new Set([...contracts, ...doneRows.map((row) => row.order)].map((of) => of.contractId)).size,
    orders: new Set([...planned, ...done]).size,
    nothingToBill: nothing.length,
    external: external.length,
    sums: sumsOf(issued.map(({ row, invoice }) => ({ ...invoice, order: revisionOf(row.order) }))),
    failed: await setAsideOrders(portal, run, contracts, done),
    issued: issued.map(({ invoice }) => invoice.number),
    unissued: rows.filter((row) => !done.has(revisionOf(row.order))),
  };
  const decided = await decideOnce(portal.workFiles, runFiles.reconciled(run.name), workBytes(reconciled));
  return { decided, invoices: new Map(issued.map(({ invoice }) => [invoice.number, invoice])) };
}

/** Orders that are closed without a document, as it was rated. */
async function closedAs(
  portal: ReconcilePortal,
  rows: readonly NumberedRow[],
  outcome: 'NOTHING_TO_BILL' | 'EXTERNAL',
): Promise<string[]> {
  const revisions = new Map(
    rows.filter((row) => row.outcome === outcome).map(({ order }) => [order.id, order.revision]),
  );
  const orders = await portal.billingOrders.getMany([...revisions.keys()]);
  return orders.flatMap(({ id, billed }) =>
    billed && billed.revision === revisions.get(id) ? [revisionOf({ id, revision: billed.revision })] : [],
  );
}

/**
 * What each party is told: what it was issued, what of its was set aside; and the parties, also those of earlier runs.
 * @param known invoices that were read already
 */
async function writeParties(
  portal: ReconcilePortal,
  run: CloseRun,
  rows: readonly NumberedRow[],
  reconciled: Reconciled,
  known: ReadonlyMap<string, StoredInvoice>,
  unreached: readonly RunParty[],
): Promise<void> {
  const told = new Set(reconciled.issued);
  const isTold = (number: string | undefined) => number !== undefined && told.has(number);
  const issued = rows.filter((row) => isTold(row.number) || isTold(row.creditNumber));
  const missed = issued.filter((row) => documentsOf(row).some(({ number }) => !known.has(number)));
  const invoices = new Map([...known, ...(await invoicesOf(portal, missed))]);
  const files = new Map<string, PartyFile>();
  const fileOf = (kind: RunParty['kind'], id: string): PartyFile => {
    const party = { kind, id, run: run.name, period: run.period, invoiceDate: run.invoiceDate };
    const file = files.get(id) ?? { party, entries: [], external: [], failed: [] };
    files.set(id, file);
    return file;
  };
  for (const row of issued) {
    for (const number of [row.creditNumber, row.number]) {
      if (!isTold(number)) continue;
      const invoice = invoices.get(number as string) as StoredInvoice;
      const entry = entryOf(row, invoice);
      fileOf('AGGREGATOR', invoice.aggregatorId).entries.push(entry);
      fileOf('SERVICE_PROVIDER', invoice.serviceProviderId).entries.push(entry);
    }
  }
  const open = new Set(reconciled.unissued.map(({ order }) => revisionOf(order)));
  for (const { order, outcome, rated, bills = [] } of rows) {
    if (outcome !== 'EXTERNAL' || open.has(revisionOf(order))) continue;
    fileOf('SERVICE_PROVIDER', order.serviceProviderId).external.push({ orderId: order.id, rated, bills });
  }
  for (const aside of reconciled.failed) fileOf('AGGREGATOR', aside.aggregatorId).failed.push(aside);
  const sorted = [...files.values()].sort((a, b) => (a.party.kind + a.party.id < b.party.kind + b.party.id ? -1 : 1));
  await inParallel(sorted, WRITES_AT_ONCE, (file) =>
    portal.workFiles.putOnce(runFiles.party(run.name, file.party.id), workBytes(file), 'application/json'),
  );
  await portal.workFiles.putOnce(
    runFiles.parties(run.name),
    jsonLines([...sorted.map((file) => file.party), ...unreached]),
    'application/jsonl',
  );
}

function entryOf(row: NumberedRow, invoice: StoredInvoice): PartyFile['entries'][number] {
  const { hashes: _hashes, source: _source, serviceProviderId: _sp, contractId: _contract, ...printed } = invoice;
  const { aggregatorId: _aggregator, creditedBy: _credited, ...entry } = printed;
  return { ...entry, serviceProvider: row.serviceProviderName, key: invoiceKey(invoice) };
}

/** Reservations whose numbers are all issued need no further look. */
async function settleReservations(portal: ReconcilePortal, run: CloseRun, issued: ReadonlySet<string>): Promise<void> {
  for (const reservation of await portal.numbers.openReservations()) {
    const numbers = [...(await numbersOf(portal.workFiles, reservation)).values()].map(({ number }) => number);
    const others = numbers.filter((number) => !issued.has(number));
    const stored = await portal.invoices.getMany(others);
    if (stored.length === others.length) await portal.units.commit(portal.numbers.settled(reservation, run.name));
  }
}
