import type { Contract } from '../domain/contract/contract.ts';
import { ENDED_STATUSES } from '../domain/contract/status.ts';

/** Whether nothing is added to a contract any more: no usage site, no usage meter. */
export function hasEnded({ status }: Pick<Contract, 'status'>): boolean {
  return ENDED_STATUSES.has(status);
}
