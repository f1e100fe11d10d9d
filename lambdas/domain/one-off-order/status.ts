import type { Transition } from '../transitions.ts';

/** States of a one-off order (domain.md §4 "One-off order"). */
export const ONE_OFF_ORDER_STATUSES = ['PENDING_APPROVAL', 'APPROVED', 'FULFILLED', 'REJECTED'] as const;
export type OneOffOrderStatus = (typeof ONE_OFF_ORDER_STATUSES)[number];

type Row = Transition<OneOffOrderStatus, 'SYSTEM' | 'VENDOR'>;

/** How a one-off order moves. What was approved can still come to nothing; what was fulfilled can't. */
export const ONE_OFF_ORDER_TRANSITIONS: readonly Row[] = [
  { from: 'PENDING_APPROVAL', to: 'APPROVED', by: 'VENDOR', verb: 'approve' },
  // The vendor has approved the contract that initial licences come with.
  { from: 'PENDING_APPROVAL', to: 'APPROVED', by: 'SYSTEM', verb: 'approveInitial' },
  { from: 'PENDING_APPROVAL', to: 'REJECTED', by: 'VENDOR', verb: 'reject' },
  { from: 'APPROVED', to: 'FULFILLED', by: 'VENDOR', verb: 'fulfil' },
  { from: 'APPROVED', to: 'REJECTED', by: 'VENDOR', verb: 'reject' },
];

/** What the vendor does with one. */
export type OneOffOrderDecision = 'approve' | 'reject' | 'fulfil';
