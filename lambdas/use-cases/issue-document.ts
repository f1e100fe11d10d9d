import * as z from 'zod';
import { CanonicalDraftSchema } from '../documents/canonical-invoice.ts';
import { numbered, toCanonicalDraft } from '../documents/canonical-mapping.ts';
import { addDays, type PlainDate, plainDate } from '../domain/calendar/period.ts';
import type { InvoiceDraft } from '../domain/invoice/invoice.ts';
import { documentNumber, seriesOf } from '../domain/invoice/numbering.ts';
import { decideOnce, jsonLines, parseJson, workBytes } from './bytes.ts';
import { RetryableError } from './errors.ts';
import type { Change } from './ports/changes.ts';
import type { StoredInvoice } from './ports/invoices.ts';
import type { Portal } from './ports/portal.ts';
import { issuedEvent, writeInvoice } from './write-invoice.ts';

export type IssueDocumentPortal = Pick<
  Portal,
  'settings' | 'clock' | 'units' | 'numbers' | 'invoices' | 'documentWriter' | 'workFiles' | 'outbox'
>;

const DecidedSchema = z.object({ draft: CanonicalDraftSchema, invoiceDate: z.string().transform(plainDate) });

/**
 * Issues a single document outside of a close, once however often it is asked for: the invoice of a prepayment, or the
 * credit note that takes it back (domain.md §5 "PRE-PAY", §6.4, §7). What it says is written down first, then its number
 * is taken, then come its files, and last one transaction that makes it visible together with what it is issued for.
 *
 * @param owners whose invoice it is
 * @param changes what becomes true with it, given the invoice
 * @throws RetryableError when that transaction was refused and the document is not there: look again at what it is for
 */
export async function issueDocument(
  portal: IssueDocumentPortal,
  draft: InvoiceDraft,
  invoiceDate: PlainDate,
  owners: Pick<StoredInvoice, 'aggregatorId' | 'serviceProviderId' | 'contractId'>,
  changes: (invoice: StoredInvoice) => readonly Change[],
): Promise<StoredInvoice> {
  const name = `${draft.kind}-${draft.source.id}-${draft.source.revision}`;
  const wanted = workBytes({ draft: toCanonicalDraft(draft), invoiceDate });
  const decided = parseJson(DecidedSchema, await decideOnce(portal.workFiles, `single/${name}/draft.json`, wanted));
  const file = `single/${name}/numbering.jsonl`;
  await portal.workFiles.putOnce(file, jsonLines([`${draft.source.id}#${draft.source.revision}`]), 'application/jsonl');
  const series = seriesOf(draft.kind, decided.invoiceDate);
  const reservation = await portal.numbers.reserveOne({
    run: name,
    series,
    invoiceDate: decided.invoiceDate,
    file,
  });
  const dueDate = addDays(decided.invoiceDate, portal.settings.paymentDays);
  const number = documentNumber(series, reservation.first);
  const document = numbered(decided.draft, { number, invoiceDate: decided.invoiceDate, dueDate });
  const invoice = await writeInvoice(portal, owners, document);
  const result = await portal.units.commit([
    ...portal.invoices.issued(invoice),
    ...changes(invoice),
    portal.outbox.queued(issuedEvent(portal, invoice)),
    portal.numbers.usedUp(reservation),
  ]);
  if (result.ok) return invoice;
  const existing = await portal.invoices.get(number);
  if (existing?.hashes.json === invoice.hashes.json) return existing;
  throw new RetryableError(`${name} was refused: ${result.refused.map(({ describes }) => describes).join(', ')}`);
}
