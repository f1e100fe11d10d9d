import type { Transition } from '../transitions.ts';

/** Contract states and transitions: data that the guards, docs and tests read (domain.md §4 "Contract"). */
export const CONTRACT_STATUSES = [
  'DRAFT',
  'CREATE_IN_PROCESS',
  'ACTIVE',
  'PENDING_EXPIRATION',
  'PENDING_TERMINATION',
  'REJECTED',
  'EXPIRED',
  'TERMINATED',
  'DEACTIVATED',
] as const;
export type ContractStatus = (typeof CONTRACT_STATUSES)[number];

/** States that a contract doesn't leave any more. */
export const ENDED_STATUSES: ReadonlySet<ContractStatus> = new Set([
  'REJECTED',
  'EXPIRED',
  'TERMINATED',
  'DEACTIVATED',
]);

export type ContractActor = 'SYSTEM' | 'AGGREGATOR' | 'VENDOR';
type Row = Transition<ContractStatus, ContractActor>;

export const CONTRACT_TRANSITIONS: readonly Row[] = [
  { from: 'DRAFT', to: 'CREATE_IN_PROCESS', by: 'AGGREGATOR', verb: 'request' },
  { from: 'CREATE_IN_PROCESS', to: 'ACTIVE', by: 'SYSTEM', verb: 'activate' },
  { from: 'CREATE_IN_PROCESS', to: 'REJECTED', by: 'VENDOR', verb: 'reject' },
  { from: 'CREATE_IN_PROCESS', to: 'REJECTED', by: 'SYSTEM', verb: 'reject' },
  { from: 'CREATE_IN_PROCESS', to: 'DRAFT', by: 'AGGREGATOR', verb: 'withdraw' },
  { from: 'ACTIVE', to: 'PENDING_EXPIRATION', by: 'SYSTEM', verb: 'enterGrace' },
  { from: 'ACTIVE', to: 'EXPIRED', by: 'SYSTEM', verb: 'expire' },
  { from: 'PENDING_EXPIRATION', to: 'EXPIRED', by: 'SYSTEM', verb: 'expire' },
  { from: 'PENDING_EXPIRATION', to: 'ACTIVE', by: 'SYSTEM', verb: 'renew' },
  { from: 'ACTIVE', to: 'PENDING_TERMINATION', by: 'AGGREGATOR', verb: 'requestTermination' },
  { from: 'PENDING_EXPIRATION', to: 'PENDING_TERMINATION', by: 'AGGREGATOR', verb: 'requestTermination' },
  // The vendor lets the contract go to another aggregator (contract-request/swap.ts).
  { from: 'ACTIVE', to: 'PENDING_TERMINATION', by: 'VENDOR', verb: 'approveSwap' },
  { from: 'PENDING_TERMINATION', to: 'TERMINATED', by: 'SYSTEM', verb: 'terminate' },
  { from: 'PENDING_TERMINATION', to: 'ACTIVE', by: 'AGGREGATOR', verb: 'withdrawTermination' },
  { from: 'PENDING_TERMINATION', to: 'ACTIVE', by: 'VENDOR', verb: 'stopTermination' },
  { from: 'PENDING_TERMINATION', to: 'ACTIVE', by: 'SYSTEM', verb: 'stopTermination' },
  ...(['ACTIVE', 'PENDING_EXPIRATION', 'PENDING_TERMINATION'] as const).map(
    (from): Row => ({ from, to: 'DEACTIVATED', by: 'VENDOR', verb: 'deactivate' }),
  ),
];
