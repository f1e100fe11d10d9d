import type { ContractCustomer, Customer } from '../../domain/customer/customer.ts';
import type { Change } from './changes.ts';

/** Fields of a customer that searches filter and sort by. */
export type CustomerRow = Pick<Customer, 'id' | 'customerNumber' | 'name' | 'countryRegion' | 'postalCode'>;

export type Customers = {
  /** In no particular order; those that don't exist are left out. Strongly consistent. */
  getMany(ids: readonly string[]): Promise<Customer[]>;
  /** Strongly consistent. */
  byNumber(customerNumber: string): Promise<Customer | undefined>;
  /** Those that a service provider has registered; may lag behind by a moment. */
  ofServiceProvider(serviceProviderId: string): Promise<readonly CustomerRow[]>;
  /** Refused when its number is taken. */
  created(customer: Customer): Change[];
  /** As Contracts.changed. */
  changed(customer: Customer, now: Date): Change;
  /** Of a contract. Strongly consistent. */
  get(contractId: string, customerId: string): Promise<ContractCustomer | undefined>;
  /** All of a contract, in no particular order. Strongly consistent. */
  ofContract(contractId: string): Promise<ContractCustomer[]>;
  /** Refused when it is one of the contract's already. */
  added(customer: ContractCustomer): Change;
  /** As Contracts.changed. */
  kept(customer: ContractCustomer, now: Date): Change;
};
