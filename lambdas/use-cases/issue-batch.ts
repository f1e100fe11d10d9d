import { type CanonicalDraft, CanonicalInvoiceSchema } from '../documents/canonical-invoice.ts';
import { numbered, toCanonicalDraft } from '../documents/canonical-mapping.ts';
import { fromCanonical } from '../documents/from-canonical.ts';
import type { BilledOrder } from '../domain/billing-order/billing-order.ts';
import { NOTHING_BILLED } from '../domain/billing-order/summary.ts';
import { addDays } from '../domain/calendar/period.ts';
import type { CloseRun, SetAside } from '../domain/close/run.ts';
import { creditNoteFor } from '../domain/invoice/credit-note.ts';
import { billedSummary } from './billed-summary.ts';
import { batchName, getExisting, parseJson, workBytes } from './bytes.ts';
import { invoiceKey } from './documents.ts';
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
  | 'settings'
  | 'clock'
  | 'units'
  | 'audit'
  | 'billingOrders'
  | 'invoices'
  | 'documents'
  | 'documentWriter'
  | 'workFiles'
  | 'outbox'
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
  const { invoiceDate, outcome, number } = row;
  const documents: StoredInvoice[] = [];
  const changes: Change[] = [];
  if (row.corrects) {
    const credit = await writeCredit(portal, row, row.corrects.number);
    documents.push(credit);
    changes.push(portal.invoices.credited(row.corrects.number, credit.number));
  }
  if (outcome === 'INVOICED') {
    if (!draft || !number) throw new TerminalError(`order ${row.order.id} has no draft or no number`);
    const dueDate = addDays(invoiceDate, portal.settings.paymentDays);
    documents.push(await writeInvoice(portal, row.order, numbered(draft, { number, invoiceDate, dueDate })));
  }
  const result = await portal.units.commit([
    ...documents.flatMap((document) => portal.invoices.issued(document)),
    ...changes,
    ...closing(portal, row, howClosed(row, draft)),
    ...documents.map((document) => portal.outbox.queued(issuedEvent(portal, document))),
  ]);
  if (!result.ok) await acceptIfDone(portal, row, documents);
}

type HowClosed = Pick<BilledOrder, 'outcome' | 'invoiceNumber' | 'bills' | 'summary'>;

function howClosed({ outcome, number, bills, order }: NumberedRow, draft: CanonicalDraft | undefined): HowClosed {
  if (outcome === 'NOTHING_TO_BILL') return { outcome, summary: NOTHING_BILLED };
  if (!draft) throw new TerminalError(`order ${order.id} has no draft`);
  const summary = billedSummary(draft);
  return outcome === 'EXTERNAL'
    ? { outcome, bills: bills ?? [], summary }
    : { outcome, ...(number !== undefined && { invoiceNumber: number }), summary };
}

/** In words, for the order's history. */
function saidClosed({ outcome, invoiceNumber, bills = [] }: HowClosed): string {
  if (outcome === 'EXTERNAL') {
    return `Billed by the other party${bills.length === 0 ? ', reference not provided' : ` with ${bills.join(', ')}`}`;
  }
  return invoiceNumber ? `Billed with ${invoiceNumber}` : 'Nothing to bill';
}

/** Writes the document that takes back what an adjustment replaces, for the whole of it, to the same aggregator and bill-to. */
async function writeCredit(
  portal: IssuePortal,
  { order, creditNumber, creditDate }: NumberedRow,
  corrects: string,
): Promise<StoredInvoice> {
  if (creditNumber === undefined || creditDate === undefined)
    throw new TerminalError(`order ${order.id} has no number for its credit note`);
  const stored = await portal.invoices.get(corrects);
  if (!stored) throw new TerminalError(`order ${order.id} names invoice ${corrects}, which does not exist`);
  const printed = fromCanonical(
    parseJson(CanonicalInvoiceSchema, await getExisting(portal.documents, `${invoiceKey(stored)}.json`)),
  );
  const dueDate = addDays(creditDate, portal.settings.paymentDays);
  const dated = { number: creditNumber, invoiceDate: creditDate, dueDate };
  const credit = numbered(toCanonicalDraft(creditNoteFor(printed)), dated);
  return writeInvoice(portal, stored, credit);
}

/** A transaction that was refused has either been done before, or contradicts what is stored. */
async function acceptIfDone(portal: IssuePortal, row: NumberedRow, expected: readonly StoredInvoice[]): Promise<void> {
  const [existing, [order]] = await Promise.all([
    portal.invoices.getMany(expected.map(({ number }) => number)),
    portal.billingOrders.getMany([row.order.id]),
  ]);
  const billed = order?.billed;
  const isClosed = billed !== undefined && billed.revision >= row.order.revision;
  const isSame = expected.every(({ number, hashes }) =>
    existing.some((invoice) => invoice.number === number && invoice.hashes.json === hashes.json),
  );
  if (isSame && isClosed && billed.invoiceNumber === row.number) return;
  const [taken] = existing;
  if (taken) throw new TerminalError(`number ${taken.number} is taken by a document of ${taken.contractNumber}`);
  if (isClosed)
    throw new TerminalError(`the order was closed meanwhile, with ${billed.invoiceNumber ?? billed.outcome}`);
  if (!order?.sealedBy) throw new TerminalError(`the order is no longer sealed: it is ${order?.status ?? 'missing'}`);
  throw new RetryableError(`order ${row.order.id} was being written at the same moment`);
}

function closing(portal: IssuePortal, row: NumberedRow, how: HowClosed): Change[] {
  const { order } = row;
  const { revision, lineSet } = order;
  const closedTime = portal.clock().toISOString();
  return [
    portal.billingOrders.closed(order, { revision, lineSet, closedTime, ...how }),
    ...(revision > 1 ? [portal.billingOrders.waitsNoLonger(order)] : []),
    portal.audit.recorded({
      organizationId: order.serviceProviderId,
      subject: `ORDER#${order.id}`,
      id: `${order.revision}#close`,
      time: closedTime,
      actor: 'SYSTEM',
      action: 'close',
      to: 'CLOSED',
      reason: [row.creditNumber && `Credited with ${row.creditNumber}`, saidClosed(how)].filter(Boolean).join('. '),
    }),
  ];
}
