import { CanonicalInvoiceSchema } from '../documents/canonical-invoice.ts';
import { addMonths, dateOf, type Period, periodOf } from '../domain/calendar/period.ts';
import type { ReportedMonth } from '../domain/charging/advise-commit.ts';
import { NO_POINTS, points } from '../domain/numbers/amounts.ts';
import { invoiceKey } from './documents.ts';
import type { StoredInvoice } from './ports/invoices.ts';
import type { Portal } from './ports/portal.ts';

export type ReportedPortal = Pick<Portal, 'billingOrders' | 'invoices' | 'documents'>;

const MONTHS = 12;
const CommitSchema = CanonicalInvoiceSchema.pick({ commit: true });

/** What a contract has reported in those of the last 12 months that are billed, as its invoices say; the oldest first. */
export async function reportedMonths(portal: ReportedPortal, contractId: string, now: Date): Promise<ReportedMonth[]> {
  const running = periodOf(dateOf(now));
  const periods = Array.from({ length: MONTHS }, (_, index) => addMonths(running, index - MONTHS));
  const billed = (await portal.billingOrders.ofContract(contractId, periods)).filter(
    ({ billed: by }) => by && by.outcome !== 'EXTERNAL',
  );
  const numbers = billed.flatMap(({ billed: by }) => by?.invoiceNumber ?? []);
  const invoices = new Map((await portal.invoices.getMany(numbers)).map((invoice) => [invoice.number, invoice]));
  const months = billed.map(({ usagePeriod, billed: by }) =>
    monthOf(portal, usagePeriod, by?.invoiceNumber === undefined ? undefined : invoices.get(by.invoiceNumber)),
  );
  return (await Promise.all(months)).sort((a, b) => (a.period < b.period ? -1 : 1));
}

/** A month without an invoice had nothing to bill. */
async function monthOf(
  portal: ReportedPortal,
  period: Period,
  invoice: StoredInvoice | undefined,
): Promise<ReportedMonth> {
  if (!invoice) return { period, reported: NO_POINTS, outside: NO_POINTS };
  const key = `${invoiceKey(invoice)}.json`;
  const bytes = await portal.documents.get(key);
  if (!bytes) throw new Error(`document ${key} is recorded but isn't stored`);
  const { commit } = CommitSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  return { period, reported: points(commit.reported), outside: points(commit.outsideCommit) };
}
