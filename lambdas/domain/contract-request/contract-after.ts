import type { PlainDate } from '../calendar/period.ts';
import type { Contract } from '../contract/contract.ts';
import { dueLifeCycle } from '../contract/life-cycle.ts';
import type { ContractActor } from '../contract/status.ts';
import type { ContractRequestType } from './request.ts';
import { contractStatusAfter, type RequestEvent } from './rules.ts';

/**
 * A contract after something has happened to a request of it (domain.md §4 "Contract"). One whose termination came to
 * nothing is where it would be had none been asked for: in its grace when it is past its end. When the grace is over too,
 * it is looked at today, as its end stops what else was asked for.
 */
export function contractAfter(
  contract: Contract,
  type: ContractRequestType,
  event: RequestEvent,
  { by, on }: { by: ContractActor; on: PlainDate },
): Contract {
  const moved: Contract = { ...contract, status: contractStatusAfter(contract, type, event, by) };
  const life = dueLifeCycle(moved, on);
  if (moved.status === contract.status || life.steps.length === 0) return moved;
  if (life.ended) return { ...moved, reviewOn: on };
  const { reviewOn: _before, ...rest } = moved;
  return { ...rest, status: life.status, ...(life.reviewOn === undefined ? {} : { reviewOn: life.reviewOn }) };
}
