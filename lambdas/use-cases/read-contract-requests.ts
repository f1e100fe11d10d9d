import type { ContractRequest } from '../domain/contract-request/request.ts';
import type { Caller } from './caller.ts';
import { PortalError } from './errors.ts';
import { CONTRACT_REQUEST_LIST } from './lists/contract-request-list.ts';
import type { ListQuery, Page } from './lists/definition.ts';
import { compileList } from './lists/list.ts';
import { noRequest } from './move-request.ts';
import type { Portal } from './ports/portal.ts';
import { ownContract } from './read-contracts.ts';

type ReadRequestsPortal = Pick<Portal, 'contracts' | 'contractRequests'>;

/** Requests of a contract. @throws PortalError NOT_FOUND; BAD_REQUEST */
export async function listContractRequests(
  portal: ReadRequestsPortal,
  caller: Caller,
  contractId: string,
  query: ListQuery,
): Promise<Page<ContractRequest>> {
  await ownContract(portal, caller, 'readContractTerms', contractId);
  const page = compileList(CONTRACT_REQUEST_LIST, query);
  return page(await portal.contractRequests.ofContract(contractId));
}

/** @throws PortalError NOT_FOUND */
export async function findContractRequest(
  portal: ReadRequestsPortal,
  caller: Caller,
  contractId: string,
  requestId: string,
): Promise<ContractRequest> {
  await ownContract(portal, caller, 'readContractTerms', contractId);
  const request = await portal.contractRequests.get(contractId, requestId);
  if (!request) throw new PortalError('NOT_FOUND', noRequest(requestId));
  return request;
}
