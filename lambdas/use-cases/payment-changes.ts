import { dateOf } from '../domain/calendar/period.ts';
import type { MinorUnits } from '../domain/numbers/amounts.ts';
import { formatMoney, parseMoney } from '../domain/numbers/currency.ts';
import { openAmount, type PayableInvoice, type Payment } from '../domain/receivables/payment.ts';
import type { ActionName } from '../manifest/actions.ts';
import { audited } from './audited.ts';
import type { Caller } from './caller.ts';
import { PortalError } from './errors.ts';
import type { Change } from './ports/changes.ts';
import type { StoredInvoice } from './ports/invoices.ts';
import type { InvoicePaid } from './ports/payments.ts';
import type { Portal } from './ports/portal.ts';
import { seenBy } from './scope.ts';

export type PaymentPortal = Pick<Portal, 'units' | 'audit' | 'invoices' | 'payments'>;

/** An invoice with what is booked of it. */
export type PaidInvoice = { invoice: StoredInvoice; before: InvoicePaid };

/**
 * The invoice of that number as it is paid now, if the caller may know of it.
 * @throws PortalError NOT_FOUND
 */
export async function paidInvoice(
  portal: Pick<Portal, 'invoices' | 'payments'>,
  caller: Caller,
  action: ActionName,
  number: string,
): Promise<PaidInvoice> {
  const invoice = seenBy(caller, action, await portal.invoices.get(number), `There is no invoice ${number}`);
  return { invoice, before: await portal.payments.paid(invoice) };
}

/** As far as paying it goes. */
export function payable({ invoice, before }: PaidInvoice): PayableInvoice {
  const { gross, currency, creditedBy, corrects } = invoice;
  const counts = creditedBy === undefined && corrects === undefined;
  return { due: counts ? (parseMoney(gross, currency) as MinorUnits) : (0n as MinorUnits), paid: before.paid };
}

/** @throws PortalError PAYMENT_TOO_HIGH where less than that is open */
export function refuseTooHigh(paid: PaidInvoice, amount: MinorUnits): void {
  const { number, currency } = paid.invoice;
  const left = openAmount(payable(paid));
  if (amount <= left) return;
  const open = formatMoney(left, currency);
  throw new PortalError(
    'PAYMENT_TOO_HIGH',
    `Of ${number} ${open} ${currency} is open: a payment is of one invoice, and at most that`,
  );
}

type PaymentMove = { caller: Caller; now: Date; action: string; from?: string };

/** What is committed with every write of a payment: itself, the entry in the audit trail, and in the ledger where it has one. */
export function paymentChanged(
  portal: PaymentPortal,
  payment: Payment,
  { invoice, before }: PaidInvoice,
  { caller, now, action, from }: PaymentMove,
): Change[] {
  const { invoiceNumber, reference, version, status, reason } = payment;
  const enters = status === 'BOOKED' || status === 'REVERSED';
  const date = dateOf(now);
  return [
    portal.payments.changed(payment),
    ...(enters ? portal.payments.entered(payment, { invoice, before, date, reverses: status === 'REVERSED' }) : []),
    audited(portal, {
      organizationId: caller.organizationId,
      subject: `PAYMENT#${invoiceNumber}#${reference}`,
      version,
      now,
      actor: caller.userId,
      action,
      ...(from !== undefined && { from }),
      to: status,
      reason,
    }),
  ];
}
