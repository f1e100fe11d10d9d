import { type CanonicalInvoice, CanonicalInvoiceSchema } from '../documents/canonical-invoice.ts';
import type { Period } from '../domain/calendar/period.ts';
import type { Caller } from './caller.ts';
import { invoiceKey, readDocument } from './documents.ts';
import type { ListQuery, Page } from './lists/definition.ts';
import { INVOICE_LIST, VENDOR_INVOICE_LIST } from './lists/invoice-list.ts';
import { compileList } from './lists/list.ts';
import type { InvoiceRow, StoredInvoice } from './ports/invoices.ts';
import type { Portal } from './ports/portal.ts';
import { grantFor, seenBy } from './scope.ts';

export type InvoiceQuery = ListQuery & { usagePeriod?: Period | undefined };

/**
 * Invoices and credit notes the caller may see. The list reads an index and may lag behind by a moment; what it answers
 * of each invoice doesn't.
 * @throws PortalError NOT_ALLOWED; BAD_REQUEST for a wrong filter or sort, or when the list is too long
 */
export async function listInvoices(portal: Portal, caller: Caller, query: InvoiceQuery): Promise<Page<StoredInvoice>> {
  const seesAll = grantFor(caller, 'readInvoices').sees === 'ALL';
  const page = compileList(seesAll ? VENDOR_INVOICE_LIST : INVOICE_LIST, query);
  const { content, total } = page(await rowsFor(portal, caller, query.usagePeriod));
  const byNumber = new Map(
    (await portal.invoices.getMany(content.map((row) => row.number))).map((invoice) => [invoice.number, invoice]),
  );
  return { content: content.flatMap((row) => byNumber.get(row.number) ?? []), total };
}

async function rowsFor(portal: Portal, caller: Caller, period: Period | undefined): Promise<InvoiceRow[]> {
  if (grantFor(caller, 'readInvoices').sees === 'ALL') return period ? portal.invoices.ofPeriod(period) : [];
  const own = await portal.invoices.ofAggregator(caller.organizationId);
  return period ? own.filter((row) => row.usagePeriod === period) : own;
}

/**
 * The invoice or credit note of that number.
 * @throws PortalError NOT_FOUND, also when it isn't the caller's; NOT_ALLOWED
 */
export async function findInvoice(portal: Portal, caller: Caller, number: string): Promise<StoredInvoice> {
  return seenBy(caller, 'readInvoices', await portal.invoices.get(number), `There is no invoice ${number}`);
}

/**
 * An invoice in full, from its canonical JSON.
 * @throws PortalError NOT_FOUND, also when it isn't the caller's; NOT_ALLOWED; BAD_REQUEST when it is too large for an answer
 */
export async function readInvoice(portal: Portal, caller: Caller, number: string): Promise<CanonicalInvoice> {
  const invoice = await findInvoice(portal, caller, number);
  return CanonicalInvoiceSchema.parse(await readDocument(portal, `${invoiceKey(invoice)}.json`));
}
