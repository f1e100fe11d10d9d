import type { MinorUnits } from '../domain/numbers/amounts.ts';
import { formatMoney } from '../domain/numbers/currency.ts';
import { creditLeft, type Payment } from '../domain/receivables/payment.ts';
import type { Caller } from './caller.ts';
import { committed } from './committed.ts';
import { PortalError } from './errors.ts';
import {
  type PaidInvoice,
  type PaymentPortal,
  paidInvoice,
  payable,
  paymentChanged,
  refuseTooHigh,
} from './payment-changes.ts';
import { paymentOf, type RecordedPayment, wrong } from './record-payment.ts';

/** How much of a credit is used: for the invoice it pays, else it is paid back. */
export type SettledCredit = RecordedPayment & { invoiceNumber?: string | undefined };

/**
 * The vendor uses what is left of a credit, of an invoice that was paid and taken back or a credit note by itself: to pay another
 * invoice of the aggregator, or it has paid it back. Done again, it is the same.
 *
 * @returns the payment of the credit, whose amount is below zero
 * @throws PortalError NOT_FOUND; BAD_REQUEST; PAYMENT_EXISTS where the reference is that of another payment of either; CREDIT_TOO_LOW;
 *   PAYMENT_TOO_HIGH; CHANGED_MEANWHILE
 */
export function settleCredit(
  portal: PaymentPortal,
  { caller, number, now }: { caller: Caller; number: string; now: Date },
  { invoiceNumber, ...recorded }: SettledCredit,
): Promise<Payment> {
  return committed(portal, `The credit of ${number}`, async () => {
    const credit = await paidInvoice(portal, caller, 'recordPayments', number);
    const invoice = invoiceNumber === undefined ? undefined : await paidBy(portal, caller, credit, invoiceNumber);
    const pays = paymentOf(credit, recorded, { caller, now });
    const wanted: Omit<Payment, 'version'> = {
      ...{ ...pays, amount: -pays.amount as MinorUnits, status: 'BOOKED' },
      ...(invoiceNumber !== undefined && { against: invoiceNumber }),
    };
    const before = await portal.payments.get(number, recorded.reference);
    if (before && isSame(before, wanted)) return { changes: [], result: before };
    if (before) throw exists(before);
    refuseTooLow(credit, pays.amount);
    const move = { caller, now, action: 'settleCredit' };
    const payment = { ...wanted, version: 1 };
    const changes = paymentChanged(portal, payment, credit, move);
    if (!invoice) return { changes, result: payment };
    const other = await portal.payments.get(invoice.invoice.number, recorded.reference);
    if (other) throw exists(other);
    refuseTooHigh(invoice, pays.amount);
    const paid: Payment = {
      ...{ ...pays, invoiceNumber: invoice.invoice.number, against: number, status: 'BOOKED', version: 1 },
    };
    return { changes: [...changes, ...paymentChanged(portal, paid, invoice, move)], result: payment };
  });
}

/** The invoice that a credit is to pay: another one of the same account and currency. */
async function paidBy(
  portal: PaymentPortal,
  caller: Caller,
  { invoice: credit }: PaidInvoice,
  invoiceNumber: string,
): Promise<PaidInvoice> {
  const found = await paidInvoice(portal, caller, 'recordPayments', invoiceNumber);
  const { number, aggregatorId, currency } = found.invoice;
  if (number === credit.number) throw wrong('invoiceNumber', 'must be another document');
  if (aggregatorId === credit.aggregatorId && currency === credit.currency) return found;
  throw wrong('invoiceNumber', `must be an invoice of the same aggregator in ${credit.currency}`);
}

const isSame = (a: Omit<Payment, 'version'>, b: Omit<Payment, 'version'>): boolean =>
  a.status === b.status && a.amount === b.amount && a.paidOn === b.paidOn && a.against === b.against;

const exists = ({ reference, invoiceNumber, status, paidOn }: Payment): PortalError =>
  new PortalError('PAYMENT_EXISTS', `Payment ${reference} of ${invoiceNumber} is ${status}, of ${paidOn}`);

function refuseTooLow(credit: PaidInvoice, amount: MinorUnits): void {
  const left = creditLeft(payable(credit));
  if (amount <= left) return;
  const { number, currency } = credit.invoice;
  throw new PortalError('CREDIT_TOO_LOW', `The credit of ${number} is ${formatMoney(left, currency)} ${currency}`);
}
