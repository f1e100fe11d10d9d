import type { Transition } from '../transitions.ts';

/** States of a monthly billing order and of its adjustments (domain.md §4 "MBO", "Adjustment"). */
export const BILLING_ORDER_STATUSES = [
  'NOT_OPEN',
  'PENDING_SP',
  'PENDING_AGGREGATOR',
  'PENDING_APPROVAL',
  'PENDING_VENDOR_REFUND',
  'PENDING_VENDOR',
  'CLOSED',
  'REJECTED',
  'CANCELLED',
] as const;
export type BillingOrderStatus = (typeof BILLING_ORDER_STATUSES)[number];

export type BillingOrderActor = 'SYSTEM' | 'SERVICE_PROVIDER' | 'AGGREGATOR' | 'VENDOR';
type Row = Transition<BillingOrderStatus, BillingOrderActor>;

/** How the original order of a month moves. */
export const BILLING_ORDER_TRANSITIONS: readonly Row[] = [
  { from: 'NOT_OPEN', to: 'PENDING_SP', by: 'SYSTEM', verb: 'open' },
  { from: 'PENDING_SP', to: 'PENDING_AGGREGATOR', by: 'SERVICE_PROVIDER', verb: 'submit' },
  { from: 'PENDING_AGGREGATOR', to: 'PENDING_VENDOR', by: 'AGGREGATOR', verb: 'approve' },
  { from: 'PENDING_AGGREGATOR', to: 'PENDING_VENDOR', by: 'SYSTEM', verb: 'approveByRule' },
  // Orders of contracts that another party bills, once it has (domain.md §5, AWS_RESELL).
  { from: 'PENDING_SP', to: 'PENDING_AGGREGATOR', by: 'SYSTEM', verb: 'submitAsBilled' },
  { from: 'PENDING_AGGREGATOR', to: 'PENDING_VENDOR', by: 'SYSTEM', verb: 'approveAsBilled' },
  { from: 'PENDING_AGGREGATOR', to: 'PENDING_SP', by: 'AGGREGATOR', verb: 'sendBack' },
  { from: 'PENDING_SP', to: 'PENDING_VENDOR', by: 'SYSTEM', verb: 'cutOff' },
  { from: 'PENDING_AGGREGATOR', to: 'PENDING_VENDOR', by: 'SYSTEM', verb: 'cutOff' },
  { from: 'PENDING_VENDOR', to: 'CLOSED', by: 'SYSTEM', verb: 'close' },
  { from: 'PENDING_VENDOR', to: 'REJECTED', by: 'VENDOR', verb: 'reject' },
  { from: 'REJECTED', to: 'PENDING_AGGREGATOR', by: 'SYSTEM', verb: 'returnToAggregator' },
  ...(['NOT_OPEN', 'PENDING_SP', 'PENDING_AGGREGATOR', 'PENDING_VENDOR', 'REJECTED'] as const).flatMap(
    (from): Row[] => [
      { from, to: 'CANCELLED', by: 'SYSTEM', verb: 'cancel' },
      { from, to: 'CANCELLED', by: 'VENDOR', verb: 'cancel' },
    ],
  ),
];

/** How an adjustment (a later revision of a closed order) moves. */
export const ADJUSTMENT_TRANSITIONS: readonly Row[] = [
  { from: 'CLOSED', to: 'PENDING_SP', by: 'SERVICE_PROVIDER', verb: 'adjust' },
  { from: 'PENDING_SP', to: 'PENDING_AGGREGATOR', by: 'SERVICE_PROVIDER', verb: 'submit' },
  { from: 'PENDING_SP', to: 'CLOSED', by: 'SERVICE_PROVIDER', verb: 'withdraw' },
  { from: 'PENDING_SP', to: 'CLOSED', by: 'SYSTEM', verb: 'lapse' },
  { from: 'PENDING_AGGREGATOR', to: 'PENDING_APPROVAL', by: 'AGGREGATOR', verb: 'approve' },
  { from: 'PENDING_AGGREGATOR', to: 'PENDING_SP', by: 'AGGREGATOR', verb: 'reject' },
  { from: 'PENDING_AGGREGATOR', to: 'CLOSED', by: 'SERVICE_PROVIDER', verb: 'withdraw' },
  { from: 'PENDING_AGGREGATOR', to: 'CLOSED', by: 'SYSTEM', verb: 'lapse' },
  { from: 'PENDING_APPROVAL', to: 'PENDING_VENDOR_REFUND', by: 'VENDOR', verb: 'approve' },
  { from: 'PENDING_APPROVAL', to: 'CLOSED', by: 'VENDOR', verb: 'reject' },
  { from: 'PENDING_APPROVAL', to: 'CLOSED', by: 'SERVICE_PROVIDER', verb: 'withdraw' },
  { from: 'PENDING_APPROVAL', to: 'CLOSED', by: 'SYSTEM', verb: 'lapse' },
  { from: 'PENDING_VENDOR_REFUND', to: 'CLOSED', by: 'SYSTEM', verb: 'close' },
];

/** States a close bills; the first three are moved on by the cutoff (domain.md §3, §6). */
export const BILLABLE_STATUSES: ReadonlySet<BillingOrderStatus> = new Set([
  'NOT_OPEN',
  'PENDING_SP',
  'PENDING_AGGREGATOR',
  'PENDING_VENDOR',
  'PENDING_VENDOR_REFUND',
]);
