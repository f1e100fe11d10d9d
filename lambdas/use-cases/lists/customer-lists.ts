import type { Customer } from '../../domain/customer/customer.ts';
import type { CustomerRow } from '../ports/customers.ts';
import type { ListDefinition, ListFields } from './definition.ts';

const CUSTOMER_FIELDS: ListFields<Customer> = {
  customerNumber: { type: 'text', of: (customer) => customer.customerNumber },
  name: { type: 'text', of: (customer) => customer.name },
  countryRegion: { type: 'text', of: (customer) => customer.countryRegion },
  postalCode: { type: 'text', of: (customer) => customer.postalCode },
};

/** The customers of a contract. */
export const CUSTOMER_LIST: ListDefinition<Customer> = {
  selectors: CUSTOMER_FIELDS,
  sortable: CUSTOMER_FIELDS,
  id: (customer) => customer.id,
  defaultSort: 'name',
};

/** The selector by whose exact value customers of others are found. */
export const NUMBER_SELECTOR = 'customerId';

const SEARCH_FIELDS: ListFields<CustomerRow> = {
  [NUMBER_SELECTOR]: { type: 'text', of: (customer) => customer.customerNumber },
  name: { type: 'text', of: (customer) => customer.name },
  country: { type: 'text', of: (customer) => customer.countryRegion },
  countryRegion: { type: 'text', of: (customer) => customer.countryRegion },
  postCode: { type: 'text', of: (customer) => customer.postalCode },
};

/** Customers over all contracts. */
export const CUSTOMER_SEARCH: ListDefinition<CustomerRow> = {
  selectors: SEARCH_FIELDS,
  sortable: SEARCH_FIELDS,
  id: (customer) => customer.id,
  defaultSort: 'name',
};
