import type { Contract } from '../domain/contract/contract.ts';
import { contractIds, hasGoneOver } from '../domain/contract/gone-over.ts';
import type { ContractCustomer } from '../domain/customer/customer.ts';
import type { CustomerCommitment } from '../domain/customer-commitment/customer-commitment.ts';
import type { ProductCommitment } from '../domain/product-commitment/product-commitment.ts';
import { contractOf } from './contract-of.ts';
import type { Portal } from './ports/portal.ts';

// What is kept of a contract's end customers stays where it was made: a contract that was at other aggregators has that of them, too.

type Had = Pick<Contract, 'id' | 'takenFrom'>;

export const keptCustomers = (portal: Pick<Portal, 'customers'>, contract: Had): Promise<ContractCustomer[]> =>
  ofEach(contract, (id) => portal.customers.ofContract(id));

export const keptCommitments = (
  portal: Pick<Portal, 'customerCommitments'>,
  contract: Had,
): Promise<CustomerCommitment[]> => ofEach(contract, (id) => portal.customerCommitments.ofContract(id));

export const keptProductCommitments = (
  portal: Pick<Portal, 'productCommitments'>,
  contract: Had,
): Promise<ProductCommitment[]> => ofEach(contract, (id) => portal.productCommitments.ofContract(id));

async function ofEach<Kept>(contract: Had, read: (contractId: string) => Promise<Kept[]>): Promise<Kept[]> {
  return (await Promise.all(contractIds(contract).map(read))).flat();
}

/** The one of them that has a thing; undefined where none does. */
export async function foundIn<Kept>(
  contract: Had,
  read: (contractId: string) => Promise<Kept | undefined>,
): Promise<Kept | undefined> {
  return (await Promise.all(contractIds(contract).map(read))).find((each) => each !== undefined);
}

/** The contract that something was agreed on as it is now: at the aggregator that it has gone to. */
export async function presentContract(portal: Pick<Portal, 'contracts'>, contract: Contract): Promise<Contract> {
  if (!hasGoneOver(contract)) return contract;
  return presentContract(portal, await contractOf(portal, contract.swappedTo as string));
}
