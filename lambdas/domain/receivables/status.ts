import type { Transition } from '../transitions.ts';

export const PAYMENT_STATUSES = ['ANNOUNCED', 'BOOKED', 'REJECTED', 'REVERSED'] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

/** How a payment moves; only what is BOOKED counts. */
export const PAYMENT_TRANSITIONS: readonly Transition<PaymentStatus, 'VENDOR'>[] = [
  { from: 'ANNOUNCED', to: 'BOOKED', by: 'VENDOR', verb: 'book' },
  { from: 'ANNOUNCED', to: 'REJECTED', by: 'VENDOR', verb: 'reject' },
  { from: 'BOOKED', to: 'REVERSED', by: 'VENDOR', verb: 'reverse' },
];
