import type { PlainDate } from '../calendar/period.ts';
import { type TransitionResult, transition } from '../transitions.ts';
import type { Contract } from './contract.ts';
import { reviewAfter } from './life-cycle.ts';
import { lastBilledDay } from './order-months.ts';
import { CONTRACT_TRANSITIONS, type ContractStatus } from './status.ts';

export type Deactivated = { ok: true; contract: Contract } | Extract<TransitionResult<ContractStatus>, { ok: false }>;

/**
 * A contract that the vendor deactivates: that day is its last active one, unless it has ended before, with its grace: the
 * grace used until then is still billed (domain.md §3, §4 "Contract"). What is left of a prepayment is looked at from the
 * next day on.
 */
export function deactivated(contract: Contract, today: PlainDate): Deactivated {
  const result = transition(CONTRACT_TRANSITIONS, contract.status, 'deactivate', 'VENDOR');
  if (!result.ok) return result;
  const { reviewOn: _before, ...rest } = contract;
  const last = lastBilledDay(contract);
  const eolDate = last !== undefined && last < today ? last : today;
  const after: Contract = { ...rest, status: result.to, eolDate };
  const reviewOn = reviewAfter(after, today);
  return { ok: true, contract: reviewOn === undefined ? after : { ...after, reviewOn } };
}
