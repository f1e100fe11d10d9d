import type { Contract } from '../domain/contract/contract.ts';
import type { CustomerCommitment } from '../domain/customer-commitment/customer-commitment.ts';
import type { ActionName } from '../manifest/actions.ts';
import type { Caller } from './caller.ts';
import { PortalError } from './errors.ts';
import { CANCELLATION_LIST, CUSTOMER_COMMITMENT_LIST } from './lists/customer-commitment-lists.ts';
import type { ListQuery, Page } from './lists/definition.ts';
import { compileList } from './lists/list.ts';
import { foundIn, keptCommitments } from './of-customers.ts';
import type { CancellationRow } from './ports/customer-commitments.ts';
import type { Portal } from './ports/portal.ts';
import { ownContract } from './read-contracts.ts';
import { customersOf } from './read-customers.ts';

export type CommitmentPortal = Pick<Portal, 'contracts' | 'customers' | 'customerCommitments'>;

/** A commitment, and what its customer is called now. */
export type NamedCommitment = { commitment: CustomerCommitment; customerName: string };

/** Commitments of the end customers of a contract. @throws PortalError NOT_FOUND; BAD_REQUEST */
export async function listCustomerCommitments(
  portal: CommitmentPortal,
  caller: Caller,
  contractId: string,
  query: ListQuery,
): Promise<Page<NamedCommitment>> {
  const { contract } = await ownContract(portal, caller, 'readCommitments', contractId);
  const page = compileList(CUSTOMER_COMMITMENT_LIST, query);
  const [commitments, customers] = await Promise.all([
    keptCommitments(portal, contract),
    customersOf(portal, contract),
  ]);
  const nameOf = new Map(customers.map(({ id, name }) => [id, name]));
  return page(commitments.map((commitment) => ({ commitment, customerName: nameOf.get(commitment.customerId) ?? '' })));
}

/**
 * A commitment of a contract that the caller may know of.
 * @throws PortalError NOT_FOUND
 */
export async function ownCommitment(
  portal: CommitmentPortal,
  caller: Caller,
  action: ActionName,
  { contractId, commitmentId }: { contractId: string; commitmentId: string },
): Promise<NamedCommitment & { contract: Contract }> {
  const { contract } = await ownContract(portal, caller, action, contractId);
  const commitment = await foundIn(contract, (id) => portal.customerCommitments.get(id, commitmentId));
  if (!commitment) throw new PortalError('NOT_FOUND', `There is no commitment ${commitmentId} of this contract`);
  const [customer] = await portal.customers.getMany([commitment.customerId]);
  return { contract, commitment, customerName: customer?.name ?? '' };
}

/** Commitments whose cancellation the vendor has to decide of. @throws PortalError BAD_REQUEST */
export async function listCancellations(
  portal: Pick<Portal, 'customerCommitments'>,
  query: ListQuery,
): Promise<Page<CancellationRow>> {
  const page = compileList(CANCELLATION_LIST, query);
  return page(await portal.customerCommitments.toDecide());
}
