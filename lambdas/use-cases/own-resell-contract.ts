import type { Contract } from '../domain/contract/contract.ts';
import type { ActionName } from '../manifest/actions.ts';
import type { Caller } from './caller.ts';
import { PortalError } from './errors.ts';
import type { Portal } from './ports/portal.ts';
import { ownContract } from './read-contracts.ts';

/** Subject of a contract's AWS account and cost reports in the audit trail. */
export const costReportSubject = (contractId: string): string => `COST-REPORTS#${contractId}`;

/**
 * The AWS Resell contract of that id, if the caller may know of it.
 * @throws PortalError NOT_FOUND; CONTRACT_STATUS where the contract is of another family
 */
export async function ownResellContract(
  portal: Pick<Portal, 'contracts'>,
  caller: Caller,
  action: ActionName,
  contractId: string,
): Promise<Contract> {
  const { contract } = await ownContract(portal, caller, action, contractId);
  const { familyType } = contract.listing;
  if (familyType === 'AWS_RESELL') return contract;
  throw new PortalError('CONTRACT_STATUS', `The contract is of ${familyType}: AWS bills contracts of AWS_RESELL alone`);
}
