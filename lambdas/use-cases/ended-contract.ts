import type { Contract } from '../domain/contract/contract.ts';
import type { ContractStatus } from '../domain/contract/status.ts';

const ENDED: ReadonlySet<ContractStatus> = new Set(['REJECTED', 'EXPIRED', 'TERMINATED', 'DEACTIVATED']);

/** Whether nothing is added to a contract any more: no usage site, no usage meter. */
export function hasEnded({ status }: Pick<Contract, 'status'>): boolean {
  return ENDED.has(status);
}
