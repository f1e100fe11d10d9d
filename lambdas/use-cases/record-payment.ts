import { dateOf, type PlainDate } from '../domain/calendar/period.ts';
import { parseMoney } from '../domain/numbers/currency.ts';
import type { Payment } from '../domain/receivables/payment.ts';
import type { Caller } from './caller.ts';
import { committed } from './committed.ts';
import { PortalError } from './errors.ts';
import { type PaidInvoice, type PaymentPortal, paidInvoice, paymentChanged, refuseTooHigh } from './payment-changes.ts';

/** A payment as it is recorded; `amount` in the invoice's currency, in its major unit, which may be named. */
export type RecordedPayment = {
  reference: string;
  amount: string;
  currency?: string | undefined;
  paidOn: PlainDate;
};

type Recording = { caller: Caller; number: string; now: Date };

/**
 * The vendor books a payment of an invoice, also one that was announced; done again, it is the same payment.
 * @throws PortalError NOT_FOUND; BAD_REQUEST; PAYMENT_EXISTS where the reference is that of another payment, or of one that was
 *   rejected or reversed; PAYMENT_TOO_HIGH; CHANGED_MEANWHILE
 */
export function recordPayment(
  portal: PaymentPortal,
  recording: Recording,
  recorded: RecordedPayment,
): Promise<Payment> {
  return record(portal, recording, recorded, { action: 'recordPayments', status: 'BOOKED' });
}

/**
 * An aggregator announces a payment, which counts once the vendor has booked it; done again, it is the same payment.
 * @throws PortalError as recordPayment
 */
export function announcePayment(
  portal: PaymentPortal,
  recording: Recording,
  recorded: RecordedPayment,
): Promise<Payment> {
  return record(portal, recording, recorded, { action: 'announcePayments', status: 'ANNOUNCED' });
}

function record(
  portal: PaymentPortal,
  { caller, number, now }: Recording,
  recorded: RecordedPayment,
  { action, status }: { action: 'recordPayments' | 'announcePayments'; status: 'BOOKED' | 'ANNOUNCED' },
): Promise<Payment> {
  return committed(portal, `Invoice ${number}`, async () => {
    const paid = await paidInvoice(portal, caller, action, number);
    const before = await portal.payments.get(number, recorded.reference);
    const wanted = paymentOf(paid, recorded, { caller, now });
    if (before && (!isSame(before, wanted) || before.status === 'REJECTED' || before.status === 'REVERSED')) {
      throw new PortalError(
        'PAYMENT_EXISTS',
        `Payment ${before.reference} of ${number} is ${before.status}, of ${before.paidOn}`,
      );
    }
    if (before && (before.status === status || before.status === 'BOOKED')) return { changes: [], result: before };
    refuseTooHigh(paid, wanted.amount);
    const payment = { ...wanted, status, version: (before?.version ?? 0) + 1 };
    const move = { caller, now, action, ...(before && { from: before.status }) };
    return { changes: paymentChanged(portal, payment, paid, move), result: payment };
  });
}

const isSame = (a: Pick<Payment, 'amount' | 'paidOn'>, b: Pick<Payment, 'amount' | 'paidOn'>): boolean =>
  a.amount === b.amount && a.paidOn === b.paidOn;

/** A payment of an invoice as it was written. @throws PortalError BAD_REQUEST */
export function paymentOf(
  { invoice: { number, aggregatorId, currency } }: PaidInvoice,
  { reference, amount: text, paidOn, currency: named = currency }: RecordedPayment,
  { caller, now }: { caller: Caller; now: Date },
): Omit<Payment, 'status' | 'version'> {
  const amount = parseMoney(text, currency);
  if (amount === undefined || amount <= 0n) {
    throw wrong('amount', `must be an amount above 0 in ${currency}, with no more decimals than it has`);
  }
  if (named !== currency) throw wrong('currency', `must be ${currency}, as ${number} is`);
  if (paidOn > dateOf(now)) throw wrong('paidOn', 'must not be later than today');
  const time = now.toISOString();
  return { invoiceNumber: number, reference, aggregatorId, currency, amount, paidOn, userId: caller.userId, time };
}

export const wrong = (field: string, message: string): PortalError =>
  new PortalError('BAD_REQUEST', `The payment is not valid: ${field} ${message}`, [{ field, message }]);
