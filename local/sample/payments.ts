import { dateOf, plainDate } from '../../lambdas/domain/calendar/period.ts';
import { parseMoney } from '../../lambdas/domain/numbers/currency.ts';
import type { Caller } from '../../lambdas/use-cases/caller.ts';
import { inParallel } from '../../lambdas/use-cases/in-parallel.ts';
import type { PaymentPortal } from '../../lambdas/use-cases/payment-changes.ts';
import type { StoredInvoice } from '../../lambdas/use-cases/ports/invoices.ts';
import { type RecordedPayment, recordPayment } from '../../lambdas/use-cases/record-payment.ts';

const AT_ONCE = 8;
// Of an aggregator's invoices in order of their numbers.
const LATE_EVERY = 9;
const PART_EVERY = 7;

/**
 * Books what an aggregator has paid by a moment: most of what was due then in full, of every seventh invoice the whole thousands,
 * of every ninth nothing. Done again it books nothing more.
 */
export async function payInvoices(
  portal: PaymentPortal,
  caller: Caller,
  { aggregatorId, by }: { aggregatorId: string; by: Date },
): Promise<void> {
  const rows = (await portal.invoices.ofAggregator(aggregatorId)).filter(({ kind }) => kind === 'ORDER');
  const invoices = await portal.invoices.getMany(rows.map(({ number }) => number).sort());
  const due = invoices.filter(({ dueDate }) => dueDate <= dateOf(by));
  await inParallel(due.sort((a, b) => (a.number < b.number ? -1 : 1)).entries(), AT_ONCE, async ([at, invoice]) => {
    const payment = paymentOf(invoice, at);
    const now = new Date(`${invoice.dueDate}T09:00:00.000Z`);
    if (payment) await recordPayment(portal, { caller, number: invoice.number, now }, payment);
  });
}

function paymentOf({ number, gross, currency, dueDate }: StoredInvoice, at: number): RecordedPayment | undefined {
  if (at % LATE_EVERY === LATE_EVERY - 1 || parseMoney(gross, currency) === 0n) return undefined;
  const isPart = at % PART_EVERY === PART_EVERY - 1;
  const amount = isPart ? gross.replace(/(\d)(\d{3})(\..*)?$/, '$1000') : gross;
  return { reference: `TRF-${number}`, amount, paidOn: plainDate(dueDate) };
}
