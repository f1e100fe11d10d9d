import type { Contract } from '../domain/contract/contract.ts';
import { type ContractCustomer, type Customer, hasCustomers } from '../domain/customer/customer.ts';
import { seesCustomer } from '../domain/work-group/work-group.ts';
import type { ActionName } from '../manifest/actions.ts';
import type { Caller } from './caller.ts';
import { hasEnded } from './ended-contract.ts';
import { PortalError } from './errors.ts';
import { foundIn } from './of-customers.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import { ownContract } from './read-contracts.ts';
import { contractSubject } from './request-recorded.ts';
import { contractStatusRefusal } from './requested-change.ts';

export type CustomerPortal = Pick<Portal, 'contracts' | 'customers'>;

/** A customer of a contract, and what the contract keeps of it. */
export type CustomerOfContract = { contract: Contract; customer: Customer; kept: ContractCustomer };

/**
 * A customer of a contract of the caller.
 * @throws PortalError NOT_FOUND
 */
export async function ownCustomer(
  portal: CustomerPortal,
  caller: Caller,
  action: ActionName,
  { contractId, customerId }: { contractId: string; customerId: string },
): Promise<CustomerOfContract> {
  const { contract } = await ownContract(portal, caller, action, contractId);
  const [kept, [customer]] = await Promise.all([
    foundIn(contract, (id) => portal.customers.get(id, customerId)),
    portal.customers.getMany([customerId]),
  ]);
  if (!kept || !customer || !seesCustomer(caller.view, contractId, kept.customerNumber))
    throw new PortalError('NOT_FOUND', `There is no customer ${customerId} of this contract`);
  return { contract, customer, kept };
}

/**
 * Refuses what is not done with the customers of such a contract.
 * @param families those it is done in
 * @throws PortalError NOT_OF_THIS_FAMILY; CONTRACT_STATUS when the contract has ended
 */
export function refuseContract(contract: Contract, ...families: readonly Contract['listing']['familyType'][]): void {
  refuseFamily(contract, ...families);
  if (hasEnded(contract)) throw contractStatusRefusal(contract);
}

/** @throws PortalError NOT_OF_THIS_FAMILY */
export function refuseFamily({ listing }: Contract, ...families: readonly Contract['listing']['familyType'][]): void {
  if (families.includes(listing.familyType)) return;
  const customers = hasCustomers(listing.familyType) ? '' : ', which have no end customers';
  throw new PortalError(
    'NOT_OF_THIS_FAMILY',
    `This is for contracts of ${families.join(' and ')}, not of ${listing.familyType}${customers}`,
  );
}

/** The entry in the trail of a contract that says what was done with one of its customers. */
export function customerRecorded(
  portal: Pick<Portal, 'audit'>,
  { contractId, customerId, customerNumber }: ContractCustomer,
  version: number,
  { caller, now, action, from, to }: { caller: Caller; now: Date; action: string; from?: string; to?: string },
): Change {
  return portal.audit.recorded({
    organizationId: caller.organizationId,
    subject: contractSubject(contractId),
    id: `CUSTOMER#${customerId}#${String(version).padStart(8, '0')}`,
    time: now.toISOString(),
    actor: caller.userId,
    action,
    ...(from !== undefined && { from }),
    to: to ?? customerNumber,
  });
}
