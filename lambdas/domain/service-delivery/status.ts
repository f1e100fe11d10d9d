import type { Transition } from '../transitions.ts';

/** States of a record of services delivered. */
export const SERVICE_DELIVERY_STATUSES = ['PENDING_ACCEPTANCE', 'ACCEPTED', 'DISPUTED', 'WITHDRAWN'] as const;
export type ServiceDeliveryStatus = (typeof SERVICE_DELIVERY_STATUSES)[number];

type Row = Transition<ServiceDeliveryStatus, 'SERVICE_PROVIDER' | 'VENDOR' | 'SYSTEM'>;

/** How a delivery moves (domain.md §5: accepted or disputed by the service provider before it is billed). */
export const SERVICE_DELIVERY_TRANSITIONS: readonly Row[] = [
  { from: 'PENDING_ACCEPTANCE', to: 'ACCEPTED', by: 'SERVICE_PROVIDER', verb: 'accept' },
  { from: 'PENDING_ACCEPTANCE', to: 'DISPUTED', by: 'SERVICE_PROVIDER', verb: 'dispute' },
  { from: 'PENDING_ACCEPTANCE', to: 'PENDING_ACCEPTANCE', by: 'VENDOR', verb: 'correct' },
  { from: 'PENDING_ACCEPTANCE', to: 'WITHDRAWN', by: 'VENDOR', verb: 'withdraw' },
  { from: 'DISPUTED', to: 'PENDING_ACCEPTANCE', by: 'VENDOR', verb: 'correct' },
  // The vendor has looked into it and stands by it: that is the last word.
  { from: 'DISPUTED', to: 'ACCEPTED', by: 'VENDOR', verb: 'confirm' },
  { from: 'DISPUTED', to: 'WITHDRAWN', by: 'VENDOR', verb: 'withdraw' },
  // Nobody has disputed it before the order it stands on was billed.
  { from: 'PENDING_ACCEPTANCE', to: 'ACCEPTED', by: 'SYSTEM', verb: 'acceptBilled' },
  // Nothing of a cancelled month is billed.
  { from: 'PENDING_ACCEPTANCE', to: 'WITHDRAWN', by: 'SYSTEM', verb: 'withdrawCancelled' },
];

/** What the parties do with one that was entered. */
export const DELIVERY_DECISIONS = {
  accept: 'SERVICE_PROVIDER',
  dispute: 'SERVICE_PROVIDER',
  correct: 'VENDOR',
  confirm: 'VENDOR',
  withdraw: 'VENDOR',
} as const;
export type DeliveryDecision = keyof typeof DELIVERY_DECISIONS;

/** Those that the other side is told of by mail. */
export const TOLD_DECISIONS = [
  'dispute',
  'correct',
  'confirm',
  'withdraw',
] as const satisfies readonly DeliveryDecision[];
export type ToldDecision = (typeof TOLD_DECISIONS)[number];
