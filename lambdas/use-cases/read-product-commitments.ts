import type { Contract } from '../domain/contract/contract.ts';
import type { ProductCommitment } from '../domain/product-commitment/product-commitment.ts';
import type { ActionName } from '../manifest/actions.ts';
import type { Caller } from './caller.ts';
import { PortalError } from './errors.ts';
import type { ListQuery, Page } from './lists/definition.ts';
import { compileList } from './lists/list.ts';
import { PRODUCT_COMMITMENT_LIST } from './lists/product-commitment-list.ts';
import { foundIn, keptProductCommitments } from './of-customers.ts';
import type { Portal } from './ports/portal.ts';
import { ownContract } from './read-contracts.ts';
import { customersOf } from './read-customers.ts';

type ReadPortal = Pick<Portal, 'contracts' | 'customers' | 'productCommitments'>;

/** A product commitment, and what its customer is called now. */
export type NamedProductCommitment = { commitment: ProductCommitment; customerName: string };

/** Product commitments of a contract. @throws PortalError NOT_FOUND; BAD_REQUEST */
export async function listProductCommitments(
  portal: ReadPortal,
  caller: Caller,
  contractId: string,
  query: ListQuery,
): Promise<Page<NamedProductCommitment>> {
  const { contract } = await ownContract(portal, caller, 'readCommitments', contractId);
  const page = compileList(PRODUCT_COMMITMENT_LIST, query);
  const [commitments, customers] = await Promise.all([
    keptProductCommitments(portal, contract),
    customersOf(portal, contract),
  ]);
  const nameOf = new Map(customers.map(({ id, name }) => [id, name]));
  return page(commitments.map((commitment) => ({ commitment, customerName: nameOf.get(commitment.customerId) ?? '' })));
}

/** A product commitment of a contract that the caller may know of. @throws PortalError NOT_FOUND */
export async function ownProductCommitment(
  portal: ReadPortal,
  caller: Caller,
  action: ActionName,
  { contractId, commitmentId }: { contractId: string; commitmentId: string },
): Promise<NamedProductCommitment & { contract: Contract }> {
  const { contract } = await ownContract(portal, caller, action, contractId);
  const commitment = await foundIn(contract, (id) => portal.productCommitments.get(id, commitmentId));
  if (!commitment) throw new PortalError('NOT_FOUND', `There is no commitment ${commitmentId} of this contract`);
  const [customer] = await portal.customers.getMany([commitment.customerId]);
  return { contract, commitment, customerName: customer?.name ?? '' };
}
