import type { CanonicalDraft } from '../documents/canonical-invoice.ts';
import { numbered } from '../documents/canonical-mapping.ts';
import type { BilledOrder } from '../domain/billing-order/billing-order.ts';
import { NOTHING_BILLED } from '../domain/billing-order/summary.ts';
import { addDays } from '../domain/calendar/period.ts';
import type { CloseRun, SetAside } from '../domain/close/run.ts';
import { billedSummary } from './billed-summary.ts';
import { batchName, getExisting, parseJson, workBytes } from './bytes.ts';
import { RetryableError, TerminalError } from './errors.ts';
import { inParallel } from './in-parallel.ts';
import type { Change } from './ports/changes.ts';
import type { StoredInvoice } from './ports/invoices.ts';
import type { Portal } from './ports/portal.ts';
import { type NumberedRow, RatedBatchSchema, runFiles } from './run-files.ts';
import { type BatchResult, numberedAside } from './set-aside.ts';
import { issuedEvent, writeInvoice } from './write-invoice.ts';

export type IssuePortal = Pick<
  Portal,
  'settings' | 'clock' | 'units' | 'audit' | 'billingOrders' | 'invoices' | 'documents' | 'workFiles' | 'outbox' | 'pdf'
>;

// Most of the time a document waits for its files and the database: a few at once keep the function busy.
const DOCUMENTS_AT_ONCE = 4;

/**
 * Issues a batch of numbered documents: first the files, then one transaction that makes the invoice visible, enters it
 * in the receivables ledger, closes the order, and leaves an audit entry and an event (domain.md §6.5). An order whose
 * stored state contradicts is set aside; the others go on. Running it again changes nothing.
 */
export async function issueBatch(
  portal: IssuePortal,
  run: CloseRun,
  batch: readonly NumberedRow[],
): Promise<BatchResult> {
  const drafts = await draftsOf(portal, batch);
  const outcomes = await inParallel(batch, DOCUMENTS_AT_ONCE, async (row): Promise<SetAside | undefined> => {
    try {
      await issue(portal, row, drafts.get(row.order.id));
      return undefined;
    } catch (error) {
      if (!(error instanceof TerminalError)) throw error;
      return numberedAside(row, { code: 'NOT_ISSUED', reason: error.message });
    }
  });
  const failed = outcomes.filter((outcome) => outcome !== undefined);
  if (failed.length > 0) {
    const key = runFiles.aside(run.name, 'Issue', batchName(batch));
    await portal.workFiles.putOnce(key, workBytes(failed), 'application/json');
  }
  return { done: batch.length - failed.length, failed: failed.length };
}

async function draftsOf(portal: IssuePortal, batch: readonly NumberedRow[]): Promise<Map<string, CanonicalDraft>> {
  const drafts = new Map<string, CanonicalDraft>();
  for (const key of new Set(batch.map((row) => row.rated))) {
    const rated = parseJson(RatedBatchSchema, await getExisting(portal.workFiles, key));
    for (const [orderId, draft] of Object.entries(rated.drafts)) drafts.set(orderId, draft);
  }
  return drafts;
}

async function issue(portal: IssuePortal, row: NumberedRow, draft: CanonicalDraft | undefined): Promise<void> {
  if (row.outcome === 'NOTHING_TO_BILL') return closeOnly(portal, row);
  if (!draft || !row.number) throw new TerminalError(`order ${row.order.id} has no draft or no number`);
  const { invoiceDate } = row;
  const dueDate = addDays(invoiceDate, portal.settings.paymentDays);
  const invoice = numbered(draft, { number: row.number, invoiceDate, dueDate });
  const stored = await writeInvoice(portal, row.order, invoice);
  const changes = [
    ...portal.invoices.issued(stored),
    ...closing(portal, row, { outcome: 'INVOICED', invoiceNumber: row.number, summary: billedSummary(draft) }),
    portal.outbox.queued(issuedEvent(portal, stored)),
  ];
  const result = await portal.units.commit(changes);
  if (!result.ok) await acceptIfDone(portal, row, stored);
}

/** A transaction that was refused has either been done before, or contradicts what is stored. */
async function acceptIfDone(portal: IssuePortal, row: NumberedRow, expected: StoredInvoice): Promise<void> {
  const [existing, [order]] = await Promise.all([
    portal.invoices.get(expected.number),
    portal.billingOrders.getMany([row.order.id]),
  ]);
  if (existing && existing.hashes.json === expected.hashes.json && order?.billed?.invoiceNumber === expected.number)
    return;
  if (existing)
    throw new TerminalError(`number ${expected.number} is taken by a document of ${existing.contractNumber}`);
  if (order?.billed)
    throw new TerminalError(
      `the order was closed meanwhile, with ${order.billed.invoiceNumber ?? order.billed.outcome}`,
    );
  if (!order?.sealedBy) throw new TerminalError(`the order is no longer sealed: it is ${order?.status ?? 'missing'}`);
  throw new RetryableError(`order ${row.order.id} was being written at the same moment`);
}

async function closeOnly(portal: IssuePortal, row: NumberedRow): Promise<void> {
  const result = await portal.units.commit(
    closing(portal, row, { outcome: 'NOTHING_TO_BILL', summary: NOTHING_BILLED }),
  );
  if (result.ok) return;
  const [order] = await portal.billingOrders.getMany([row.order.id]);
  if (order?.status !== 'CLOSED')
    throw new TerminalError(`the order can't be closed: it is ${order?.status ?? 'missing'}`);
}

function closing(
  portal: IssuePortal,
  row: NumberedRow,
  how: Pick<BilledOrder, 'outcome' | 'invoiceNumber' | 'summary'>,
): Change[] {
  const { order } = row;
  const { revision, lineSet } = order;
  const closedTime = portal.clock().toISOString();
  return [
    portal.billingOrders.closed(order, { revision, lineSet, closedTime, ...how }),
    portal.audit.recorded({
      organizationId: order.serviceProviderId,
      subject: `ORDER#${order.id}`,
      id: `${order.revision}#close`,
      time: closedTime,
      actor: 'SYSTEM',
      action: 'close',
      to: 'CLOSED',
      reason: how.invoiceNumber ? `Billed with ${how.invoiceNumber}` : 'Nothing to bill',
    }),
  ];
}
