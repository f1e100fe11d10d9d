import type { ContractActor } from '../contract/status.ts';
import type { Transition } from '../transitions.ts';

/** States of a contract request and its transitions, as data (domain.md §4 "Contract request"). */
export const CONTRACT_REQUEST_STATUSES = [
  'PENDING_REVISE',
  'PENDING_APPROVAL',
  'PENDING_EFFECTIVE_DATE',
  'PENDING_VENDOR',
  'COMPLETED',
  'REJECTED',
  'WITHDRAWN',
  'STOPPED',
] as const;
export type ContractRequestStatus = (typeof CONTRACT_REQUEST_STATUSES)[number];

/** States in which something may still come of a request. */
export const OPEN_REQUEST_STATUSES = [
  'PENDING_APPROVAL',
  'PENDING_REVISE',
  'PENDING_VENDOR',
  'PENDING_EFFECTIVE_DATE',
] as const satisfies readonly ContractRequestStatus[];

/** A service provider has requests of its own only where it asks for another aggregator (swap.ts). */
type Row = Transition<ContractRequestStatus, ContractActor | 'SERVICE_PROVIDER'>;

/** `approve` goes straight to the effective date; `approveAndInvoice` where a prepayment has to be invoiced first. */
export const CONTRACT_REQUEST_TRANSITIONS: readonly Row[] = [
  { from: 'PENDING_APPROVAL', to: 'PENDING_REVISE', by: 'VENDOR', verb: 'askToRevise' },
  { from: 'PENDING_REVISE', to: 'PENDING_APPROVAL', by: 'AGGREGATOR', verb: 'resubmit' },
  { from: 'PENDING_APPROVAL', to: 'REJECTED', by: 'VENDOR', verb: 'reject' },
  { from: 'PENDING_APPROVAL', to: 'PENDING_EFFECTIVE_DATE', by: 'VENDOR', verb: 'approve' },
  { from: 'PENDING_APPROVAL', to: 'PENDING_VENDOR', by: 'VENDOR', verb: 'approveAndInvoice' },
  { from: 'PENDING_VENDOR', to: 'PENDING_EFFECTIVE_DATE', by: 'SYSTEM', verb: 'invoiced' },
  { from: 'PENDING_EFFECTIVE_DATE', to: 'COMPLETED', by: 'SYSTEM', verb: 'takeEffect' },
  ...OPEN_REQUEST_STATUSES.flatMap((from): Row[] => [
    { from, to: 'WITHDRAWN', by: 'SERVICE_PROVIDER', verb: 'withdraw' },
    { from, to: 'WITHDRAWN', by: 'AGGREGATOR', verb: 'withdraw' },
    { from, to: 'STOPPED', by: 'SYSTEM', verb: 'stop' },
    { from, to: 'STOPPED', by: 'VENDOR', verb: 'stop' },
  ]),
];

/** Whether something may still come of a request. */
export function isOpen(status: ContractRequestStatus): boolean {
  return (OPEN_REQUEST_STATUSES as readonly ContractRequestStatus[]).includes(status);
}
