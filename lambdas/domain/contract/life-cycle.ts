import { addDays, type PlainDate } from '../calendar/period.ts';
import { transition } from '../transitions.ts';
import type { Contract } from './contract.ts';
import { lastBilledDay } from './order-months.ts';
import { CONTRACT_TRANSITIONS, type ContractStatus } from './status.ts';

/** Days before its end that the parties of a contract are alerted. */
const ALERT_DAYS = [60, 30, 7] as const;

type Life = Pick<Contract, 'status' | 'bolDate' | 'eolDate' | 'graceTermMonths' | 'prepaid' | 'reviewOn'>;

/** A change of state that time alone brings. */
export type LifeCycleStep = { from: ContractStatus; to: ContractStatus; verb: string };

export type LifeCycle = {
  /** In order; empty when nothing is due. */
  steps: readonly LifeCycleStep[];
  /** Where they lead. */
  status: ContractStatus;
  /** The contract has ended: its open requests are stopped; what is left of a prepayment waits to be forfeited. */
  ended: boolean;
  /** Days until the end that the parties are told of; of several missed, the latest. */
  alertDays?: number;
  /** The next day to look at it, the `reviewOn` it is kept with; absent when nothing more happens by itself. */
  reviewOn?: PlainDate;
};

/**
 * What is due on a contract by itself on a day, and since it was looked at last: alerts before its end, grace and expiry
 * (domain.md §4 "Contract"). Days missed are caught up with. A request to terminate that hasn't taken effect when the
 * contract ends by itself is overtaken. Requests that are due have to be applied first: a renewal moves the end.
 *
 * @param today the day it is looked at
 */
export function dueLifeCycle(contract: Life, today: PlainDate): LifeCycle {
  const steps: LifeCycleStep[] = [];
  const move = (verb: string) => {
    const from = steps.at(-1)?.to ?? contract.status;
    const result = transition(CONTRACT_TRANSITIONS, from, verb, 'SYSTEM');
    if (result.ok) steps.push({ from, to: result.to, verb });
  };
  if (contract.eolDate !== undefined && contract.eolDate < today) {
    const inGrace = (lastBilledDay(contract) ?? today) >= today;
    if (contract.status === 'PENDING_TERMINATION' && !inGrace) move('stopTermination');
    if (contract.status !== 'PENDING_TERMINATION' && inGrace) move('enterGrace');
    if (!inGrace) move('expire');
  }
  const status = steps.at(-1)?.to ?? contract.status;
  const reviewOn = reviewAfter({ ...contract, status }, today);
  const alertDays = alertDue(contract, today);
  return {
    steps,
    status,
    ended: steps.some(({ to }) => to === 'EXPIRED'),
    ...(alertDays === undefined ? {} : { alertDays }),
    ...(reviewOn === undefined ? {} : { reviewOn }),
  };
}

const LIVE: ReadonlySet<ContractStatus> = new Set(['ACTIVE', 'PENDING_EXPIRATION', 'PENDING_TERMINATION']);

/** The first day after `day` on which something of a contract is due by itself. */
export function reviewAfter(contract: Omit<Life, 'reviewOn'>, day: PlainDate): PlainDate | undefined {
  const { eolDate, status } = contract;
  if (awaitsForfeit(contract)) return addDays(day, 1);
  if (eolDate === undefined || !LIVE.has(status)) return undefined;
  const lastBilled = lastBilledDay(contract) ?? eolDate;
  const days = [...ALERT_DAYS.map((before) => addDays(eolDate, -before)), addDays(eolDate, 1), addDays(lastBilled, 1)];
  return days.sort().find((due) => due > day);
}

const ENDED: ReadonlySet<ContractStatus> = new Set(['EXPIRED', 'TERMINATED', 'DEACTIVATED']);

/**
 * Whether an ended contract's prepayment is not settled yet: a day each it is looked at whether the last order is billed
 * (prepayment/forfeit.ts). Settled, it is looked at no more: until an order of it is adjusted, which may give some back.
 */
export function awaitsForfeit({ status, prepaid }: Pick<Contract, 'status' | 'prepaid'>): boolean {
  return ENDED.has(status) && prepaid !== undefined;
}

function alertDue({ status, eolDate, reviewOn }: Life, today: PlainDate): number | undefined {
  if (eolDate === undefined || eolDate < today || status !== 'ACTIVE' || reviewOn === undefined) return undefined;
  return ALERT_DAYS.findLast((before) => {
    const due = addDays(eolDate, -before);
    return due <= today && due >= reviewOn;
  });
}
