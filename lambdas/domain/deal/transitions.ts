import type { Transition } from '../transitions.ts';
import { type DealActor, type DealExtensionStatus, type DealStatus, OPEN_DEAL_STATUSES } from './status.ts';

type Row = Transition<DealStatus, DealActor>;

/** How a deal moves (domain.md §4 "Deal"; published-portal.md §14.9). What is closed stays closed. */
export const DEAL_TRANSITIONS: readonly Row[] = [
  { from: 'DRAFT', to: 'PENDING_APPROVE', by: 'AGGREGATOR', verb: 'submit' },
  { from: 'PENDING_APPROVE', to: 'OPPORTUNITY', by: 'VENDOR', verb: 'approve' },
  { from: 'PENDING_APPROVE', to: 'PENDING_REVISION', by: 'VENDOR', verb: 'askToRevise' },
  { from: 'PENDING_REVISION', to: 'PENDING_APPROVE', by: 'AGGREGATOR', verb: 'submit' },
  { from: 'PENDING_APPROVE', to: 'CLOSED_DENIED', by: 'VENDOR', verb: 'deny' },
  { from: 'OPPORTUNITY', to: 'CLOSED_WON', by: 'AGGREGATOR', verb: 'convert' },
  { from: 'OPPORTUNITY', to: 'CLOSED_LOST', by: 'AGGREGATOR', verb: 'lose' },
  { from: 'OPPORTUNITY', to: 'CLOSED_AS_LOST_PRODUCT_ACCESS', by: 'VENDOR', verb: 'withdrawProduct' },
  ...OPEN_DEAL_STATUSES.flatMap((from): Row[] => [
    { from, to: 'CLOSED_ABANDONED', by: 'AGGREGATOR', verb: 'abandon' },
    { from, to: 'CLOSED_EXPIRED', by: 'SYSTEM', verb: 'expire' },
    { from, to: 'CLOSED_CONTRACT_TERMINATED', by: 'SYSTEM', verb: 'endWithContract' },
    { from, to: 'CLOSED_AGGREGATOR_SWAPPED', by: 'SYSTEM', verb: 'leaveAggregator' },
  ]),
];

/** How an extension moves: a deal is extended once, or not. Only an opportunity's moves. */
export const DEAL_EXTENSION_TRANSITIONS: readonly Transition<DealExtensionStatus, DealActor>[] = [
  { from: 'NOT_EXTENDED', to: 'PENDING_EXTENSION', by: 'AGGREGATOR', verb: 'requestExtension' },
  { from: 'PENDING_EXTENSION', to: 'EXTENDED', by: 'VENDOR', verb: 'approveExtension' },
  { from: 'PENDING_EXTENSION', to: 'EXTENSION_DENIED', by: 'VENDOR', verb: 'denyExtension' },
];
