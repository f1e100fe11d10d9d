import type { Contract } from '../domain/contract/contract.ts';
import type { Customer } from '../domain/customer/customer.ts';
import { seesCustomer } from '../domain/work-group/work-group.ts';
import type { Caller } from './caller.ts';
import { hasEnded } from './ended-contract.ts';
import { CUSTOMER_LIST, CUSTOMER_SEARCH, NUMBER_SELECTOR } from './lists/customer-lists.ts';
import type { ListQuery, Page } from './lists/definition.ts';
import { requiredValue } from './lists/filter.ts';
import { compileList } from './lists/list.ts';
import { keptCustomers } from './of-customers.ts';
import type { CustomerPortal } from './own-customer.ts';
import { ownContract } from './read-contracts.ts';

/** The customers of a contract. @throws PortalError NOT_FOUND; BAD_REQUEST */
export async function listCustomers(
  portal: CustomerPortal,
  caller: Caller,
  contractId: string,
  query: ListQuery,
): Promise<Page<Customer>> {
  const { contract } = await ownContract(portal, caller, 'readCustomers', contractId);
  const page = compileList(CUSTOMER_LIST, query);
  const customers = await customersOf(portal, contract);
  return page(customers.filter(({ customerNumber }) => seesCustomer(caller.view, contractId, customerNumber)));
}

/** All customers of a contract, in no particular order. */
export async function customersOf(
  portal: Pick<CustomerPortal, 'customers'>,
  contract: Pick<Contract, 'id' | 'takenFrom'>,
): Promise<Customer[]> {
  const kept = await keptCustomers(portal, contract);
  return portal.customers.getMany(kept.map(({ customerId }) => customerId));
}

/**
 * Customers over all contracts: those that the caller's organization has registered; and the one of another whose exact number
 * the filter asks for, while the organization has a contract of Sovereign Cloud that it could be added to (domain.md §8).
 *
 * @throws PortalError BAD_REQUEST
 */
export async function searchCustomers(
  portal: CustomerPortal,
  { organizationId }: Caller,
  query: ListQuery,
): Promise<Page<Customer>> {
  const page = compileList(CUSTOMER_SEARCH, query);
  const own = await portal.customers.ofServiceProvider(organizationId);
  const other = await customerOfAnother(portal, organizationId, query.filter ?? '');
  const { content, total } = page(other ? [...own, other] : own);
  const customers = await portal.customers.getMany(content.map(({ id }) => id));
  const byId = new Map(customers.map((customer) => [customer.id, customer]));
  return { content: content.flatMap(({ id }) => byId.get(id) ?? []), total };
}

async function customerOfAnother(
  portal: CustomerPortal,
  organizationId: string,
  filter: string,
): Promise<Customer | undefined> {
  const number = requiredValue(filter, NUMBER_SELECTOR);
  if (number === undefined || !/^\d{10}$/.test(number)) return undefined;
  const contracts = await portal.contracts.ofServiceProvider(organizationId);
  if (!contracts.some((contract) => contract.familyType === 'SOV' && !hasEnded(contract))) return undefined;
  const found = await portal.customers.byNumber(number);
  return found?.serviceProviderId === organizationId ? undefined : found;
}
