import { addDays, firstDay, lastDay, type PlainDate } from '../calendar/period.ts';
import type { Contract } from '../contract/contract.ts';
import { type Transition, transition } from '../transitions.ts';
import type { CustomerCommitment } from './customer-commitment.ts';

/** States of a customer commitment (domain.md §4 "End-customer commitment"). */
export const CUSTOMER_COMMITMENT_STATUSES = ['ACTIVE', 'COMPLETED', 'CANCELLED', 'PENDING_EFFECTIVE_PERIOD'] as const;
export type CustomerCommitmentStatus = (typeof CUSTOMER_COMMITMENT_STATUSES)[number];

type Row = Transition<CustomerCommitmentStatus, 'SYSTEM' | 'VENDOR'>;

/** How a customer commitment moves. */
export const CUSTOMER_COMMITMENT_TRANSITIONS: readonly Row[] = [
  { from: 'PENDING_EFFECTIVE_PERIOD', to: 'ACTIVE', by: 'SYSTEM', verb: 'begin' },
  { from: 'ACTIVE', to: 'COMPLETED', by: 'SYSTEM', verb: 'complete' },
  // Of a contract that has ended: what was left of it fell due then.
  { from: 'PENDING_EFFECTIVE_PERIOD', to: 'COMPLETED', by: 'SYSTEM', verb: 'complete' },
  { from: 'PENDING_EFFECTIVE_PERIOD', to: 'CANCELLED', by: 'VENDOR', verb: 'cancel' },
  { from: 'ACTIVE', to: 'CANCELLED', by: 'VENDOR', verb: 'cancel' },
];

type Dated = Pick<CustomerCommitment, 'status' | 'from' | 'until'>;

/** The day on which a commitment moves by itself; undefined when it doesn't any more. */
export function commitmentDueOn({ status, from, until }: Dated): PlainDate | undefined {
  if (status === 'PENDING_EFFECTIVE_PERIOD') return firstDay(from);
  return status === 'ACTIVE' ? addDays(lastDay(until), 1) : undefined;
}

/**
 * Where time takes a commitment, one step at a time: undefined when nothing is due on that day.
 * @param hasEnded whether its contract has
 */
export function dueStep(
  commitment: Dated,
  hasEnded: boolean,
  today: PlainDate,
): { verb: string; to: CustomerCommitmentStatus } | undefined {
  const dueOn = commitmentDueOn(commitment);
  if (dueOn === undefined || (dueOn > today && !hasEnded)) return undefined;
  const verb = hasEnded || commitment.status === 'ACTIVE' ? 'complete' : 'begin';
  const moved = transition(CUSTOMER_COMMITMENT_TRANSITIONS, commitment.status, verb, 'SYSTEM');
  return moved.ok ? { verb, to: moved.to } : undefined;
}

/** Whether commitments may be made on a contract. */
export const takesCommitments = ({ status }: Pick<Contract, 'status'>): boolean => status === 'ACTIVE';
