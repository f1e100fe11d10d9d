import type { Contract } from '../domain/contract/contract.ts';
import type { ContractRequest } from '../domain/contract-request/request.ts';
import type { Organization } from '../domain/organization/organization.ts';
import type { Caller } from './caller.ts';
import { PortalError } from './errors.ts';
import type { Portal } from './ports/portal.ts';
import { ownContract } from './read-contracts.ts';
import { isTakeOver } from './swap-decided.ts';

type SwapPortal = Pick<Portal, 'contracts' | 'contractRequests' | 'organizations'>;

/** A contract that goes from one aggregator to another: what it becomes, by which request, and its parties. */
export type ToldSwap = {
  given: Contract;
  taken: Contract;
  request: ContractRequest;
  serviceProvider: Organization;
  from: Organization;
  to: Organization;
};

const noSwap = (contractId: string): string => `Contract ${contractId} doesn't change its aggregator`;

/** The request that a contract is taken over by. @throws PortalError NOT_FOUND */
export function takeOverOf(requests: readonly ContractRequest[], contractId: string): ContractRequest {
  const found = requests.find(isTakeOver);
  if (!found) throw new PortalError('NOT_FOUND', noSwap(contractId));
  return found;
}

/**
 * How a contract goes to another aggregator, asked of the contract that is given up or of the one it becomes; for the
 * service provider, who is party of both.
 * @throws PortalError NOT_FOUND
 */
export async function findSwap(portal: SwapPortal, caller: Caller, contractId: string): Promise<ToldSwap> {
  const { contract } = await ownContract(portal, caller, 'readSwaps', contractId);
  if (contract.swappedTo === undefined) return toldSwap(portal, contract);
  return toldSwap(portal, (await ownContract(portal, caller, 'readSwaps', contract.swappedTo)).contract);
}

/** What an aggregator is asked to take over, or has taken over. @throws PortalError NOT_FOUND */
export async function findTakeOver(portal: SwapPortal, caller: Caller, contractId: string): Promise<ToldSwap> {
  return toldSwap(portal, (await ownContract(portal, caller, 'readSwaps', contractId)).contract);
}

async function toldSwap(portal: SwapPortal, taken: Contract): Promise<ToldSwap> {
  const request = takeOverOf(await portal.contractRequests.ofContract(taken.id), taken.id);
  const found = await portal.contracts.get(request.swapsWith?.contractId ?? '');
  if (!found) throw new Error(`contract ${taken.contractNumber} takes over one that does not exist`);
  const given = found.contract;
  const ids = [taken.serviceProviderId, given.aggregatorId, taken.aggregatorId];
  const parties = new Map((await portal.organizations.getMany(ids)).map((each) => [each.id, each]));
  const [serviceProvider, from, to] = ids.map((id) => parties.get(id));
  if (!serviceProvider || !from || !to) throw new Error(`a party of contract ${taken.contractNumber} does not exist`);
  return { given, taken, request, serviceProvider, from, to };
}
