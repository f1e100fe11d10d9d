import { type CanonicalInvoice, CanonicalInvoiceSchema } from '../documents/canonical-invoice.ts';
import type { Period } from '../domain/calendar/period.ts';
import { parseDecimal } from '../domain/numbers/decimal.ts';
import { compareCodePoints } from '../domain/usage/canonical-order.ts';
import type { Caller } from './caller.ts';
import { readDocument } from './documents.ts';
import { type Page, type PageRequest, pageOf, refuseTooMany } from './page.ts';
import type { InvoiceRow, StoredInvoice } from './ports/invoices.ts';
import type { Portal } from './ports/portal.ts';
import { grantFor, seenBy } from './scope.ts';

export type InvoiceQuery = PageRequest & {
  /** Field of a row to sort by; with a minus in front, descending. */
  sort: keyof InvoiceRow | `-${keyof InvoiceRow}`;
  usagePeriod?: Period | undefined;
};

/**
 * Invoices and credit notes the caller may see. The list reads an index and may lag behind by a moment; what it answers
 * of each invoice doesn't.
 * @throws PortalError NOT_ALLOWED; BAD_REQUEST when the list is too long
 */
export async function listInvoices(portal: Portal, caller: Caller, query: InvoiceQuery): Promise<Page<StoredInvoice>> {
  const rows = await rowsFor(portal, caller, query.usagePeriod);
  refuseTooMany(rows);
  const { content, total } = pageOf(sorted(rows, query.sort), query);
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

function sorted(rows: readonly InvoiceRow[], sort: InvoiceQuery['sort']): InvoiceRow[] {
  const descending = sort.startsWith('-');
  const field = (descending ? sort.slice(1) : sort) as keyof InvoiceRow;
  const compare = field === 'gross' ? compareDecimals : compareCodePoints;
  const sign = descending ? -1 : 1;
  return rows.toSorted((a, b) => sign * compare(a[field], b[field]) || compareCodePoints(a.number, b.number));
}

const MONEY_SCALE = 6;

function compareDecimals(a: string, b: string): number {
  const [left = 0n, right = 0n] = [parseDecimal(a, MONEY_SCALE), parseDecimal(b, MONEY_SCALE)];
  if (left === right) return 0;
  return left < right ? -1 : 1;
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

/** Key of an invoice's documents without extension (domain.md §7). */
export function invoiceKey({ usagePeriod, aggregatorId, number }: StoredInvoice): string {
  return `invoices/${usagePeriod}/${aggregatorId}/${number}`;
}
