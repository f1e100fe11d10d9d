import { hash } from 'node:crypto';
import type { Contract } from '../domain/contract/contract.ts';
import {
  type ContractCustomer,
  type Customer,
  type CustomerFields,
  customerFaults,
  customerNumberOf,
} from '../domain/customer/customer.ts';
import type { Caller } from './caller.ts';
import { committed } from './committed.ts';
import { keptCustomers } from './of-customers.ts';
import { type CustomerOfContract, customerRecorded, refuseContract } from './own-customer.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import { ownContract } from './read-contracts.ts';
import { notValid } from './requested-change.ts';

type AddPortal = Pick<Portal, 'units' | 'audit' | 'contracts' | 'customers' | 'newId'>;

/** Who adds a customer to which contract. */
export type CustomerAddition = { caller: Caller; contractId: string; now: Date };

// A list reads all customers of a contract: 2,000 are some 20 batch gets.
const MOST_CUSTOMERS = 2_000;

/**
 * Registers a customer and adds it to a contract (published-portal.md §6).
 * @param family of the contracts that the call is for
 * @throws PortalError NOT_FOUND; NOT_OF_THIS_FAMILY; CONTRACT_STATUS; BAD_REQUEST; CHANGED_MEANWHILE
 */
export function registerCustomer(
  portal: AddPortal,
  addition: CustomerAddition,
  family: 'SOV' | 'LPCAAS',
  fields: CustomerFields,
): Promise<CustomerOfContract> {
  return committed(portal, 'The contract', async () => {
    const { contract } = await addedTo(portal, addition, family);
    const faults = customerFaults(fields);
    if (faults.length > 0) throw notValid(faults);
    const id = portal.newId();
    const customer: Customer = {
      id,
      // Tried again with another where it is taken.
      customerNumber: customerNumberOf(BigInt(`0x${hash('sha256', `number of ${id}`, 'hex').slice(0, 15)}`)),
      serviceProviderId: contract.serviceProviderId,
      ...fields,
      lastModifiedTime: addition.now.toISOString(),
      version: 1,
    };
    const { kept, changes } = additionChanges(portal, contract, customer, addition, 'registerCustomer');
    return {
      changes: [...portal.customers.created(customer), ...changes],
      result: { contract, customer, kept },
    };
  });
}

/**
 * Adds a customer that is known already to a contract of Sovereign Cloud: an own one, or another service provider's, by its
 * exact number (domain.md §8).
 *
 * @throws PortalError NOT_FOUND; NOT_OF_THIS_FAMILY; CONTRACT_STATUS; BAD_REQUEST; CHANGED_MEANWHILE
 */
export function addKnownCustomer(
  portal: AddPortal,
  addition: CustomerAddition,
  customerNumber: string,
): Promise<CustomerOfContract> {
  return committed(portal, 'The contract', async () => {
    const { contract, customers } = await addedTo(portal, addition, 'SOV');
    const customer = await portal.customers.byNumber(customerNumber);
    if (!customer) throw notValid([{ field: 'customerNumber', message: `there is no customer ${customerNumber}` }]);
    if (customers.some(({ customerId }) => customerId === customer.id)) {
      throw notValid([{ field: 'customerNumber', message: 'is a customer of the contract already' }]);
    }
    const { kept, changes } = additionChanges(portal, contract, customer, addition, 'addCustomer');
    return { changes, result: { contract, customer, kept } };
  });
}

async function addedTo(
  portal: AddPortal,
  { caller, contractId }: CustomerAddition,
  family: 'SOV' | 'LPCAAS',
): Promise<{ contract: Contract; customers: ContractCustomer[] }> {
  const { contract } = await ownContract(portal, caller, 'keepCustomers', contractId);
  refuseContract(contract, family);
  const customers = await keptCustomers(portal, contract);
  if (customers.length < MOST_CUSTOMERS) return { contract, customers };
  throw notValid([{ field: 'contractId', message: `has ${MOST_CUSTOMERS} customers, the most there can be` }]);
}

function additionChanges(
  portal: AddPortal,
  contract: Contract,
  { id: customerId, customerNumber }: Customer,
  { caller, now }: CustomerAddition,
  action: string,
): { kept: ContractCustomer; changes: Change[] } {
  const kept: ContractCustomer = {
    contractId: contract.id,
    customerId,
    customerNumber,
    labels: [],
    siso: {},
    lastModifiedTime: now.toISOString(),
    version: 1,
  };
  const changes = [
    portal.customers.added(kept),
    portal.contracts.unchanged(contract),
    customerRecorded(portal, kept, 1, { caller, now, action }),
  ];
  return { kept, changes };
}
