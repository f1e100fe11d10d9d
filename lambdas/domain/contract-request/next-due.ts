import { addDays, type PlainDate } from '../calendar/period.ts';
import type { Contract } from '../contract/contract.ts';
import type { ContractRequest } from './request.ts';
import { isDue } from './rules.ts';

/** What is due next on a contract: the effect of a request, or a look at its own life on a day (life-cycle.ts). */
export type DueStep = { kind: 'EFFECT'; request: ContractRequest } | { kind: 'REVIEW'; on: PlainDate };

/**
 * The first of what is due on a contract up to a day, in the order of the dates it was due on, so that days missed are
 * caught up with as if each had been seen. On one day requests come first, in the order they were made: a renewal moves the
 * end that would have come that day.
 *
 * @param requests all of the contract
 */
export function nextDue(
  contract: Pick<Contract, 'reviewOn'>,
  requests: readonly ContractRequest[],
  today: PlainDate,
): DueStep | undefined {
  const [request] = requests
    .filter((each) => isDue(each, today))
    .sort((a, b) => compare(a.effectiveDate, b.effectiveDate) || compare(sequenceOf(a), sequenceOf(b)));
  const { reviewOn } = contract;
  if (reviewOn !== undefined && reviewOn <= today && (!request || reviewOn < request.effectiveDate)) {
    return { kind: 'REVIEW', on: request ? addDays(request.effectiveDate, -1) : today };
  }
  return request && { kind: 'EFFECT', request };
}

// Tokens of a contract end in the place of the request among its requests.
const sequenceOf = ({ token }: ContractRequest): string => token.slice(token.lastIndexOf('-') + 1);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
