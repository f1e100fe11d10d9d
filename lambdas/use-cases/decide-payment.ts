import type { Payment } from '../domain/receivables/payment.ts';
import { PAYMENT_TRANSITIONS } from '../domain/receivables/status.ts';
import { transition } from '../domain/transitions.ts';
import type { Caller } from './caller.ts';
import { committed } from './committed.ts';
import { PortalError } from './errors.ts';
import { type PaymentPortal, paidInvoice, paymentChanged, refuseTooHigh } from './payment-changes.ts';

/** What the vendor does with a payment. */
export type PaymentDecision = 'book' | 'reject' | 'reverse';

/**
 * The vendor books or rejects an announced payment, or reverses a booked one, which is open again then.
 * @throws PortalError NOT_FOUND; TRANSITION_NOT_ALLOWED; PAYMENT_TOO_HIGH when less than that is open by now; CHANGED_MEANWHILE
 */
export function decidePayment(
  portal: PaymentPortal,
  decision: PaymentDecision,
  { caller, number, reference, now }: { caller: Caller; number: string; reference: string; now: Date },
  reason?: string,
): Promise<Payment> {
  return committed(portal, `Payment ${reference} of ${number}`, async () => {
    const paid = await paidInvoice(portal, caller, 'recordPayments', number);
    const before = await portal.payments.get(number, reference);
    if (!before) throw new PortalError('NOT_FOUND', `There is no payment ${reference} of ${number}`);
    const moved = transition(PAYMENT_TRANSITIONS, before.status, decision, 'VENDOR');
    if (!moved.ok) {
      throw new PortalError(
        'TRANSITION_NOT_ALLOWED',
        `The payment is ${before.status}: ${decision} is not possible then`,
      );
    }
    if (moved.to === 'BOOKED') refuseTooHigh(paid, before.amount);
    const decided = (payment: Payment): Payment => ({
      ...payment,
      status: moved.to,
      version: payment.version + 1,
      ...(reason !== undefined && { reason }),
    });
    const move = { caller, now, action: `${decision}Payment`, from: before.status };
    const changes = paymentChanged(portal, decided(before), paid, move);
    if (before.against === undefined) return { changes, result: decided(before) };
    // A credit that pays an invoice is one thing: both sides of it go together.
    const other = await portal.payments.get(before.against, reference);
    if (!other) throw new Error(`there is no payment ${reference} of ${before.against}`);
    const otherPaid = await paidInvoice(portal, caller, 'recordPayments', before.against);
    return {
      changes: [...changes, ...paymentChanged(portal, decided(other), otherPaid, move)],
      result: decided(before),
    };
  });
}
