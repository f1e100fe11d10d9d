import type { Customer } from '../../../lambdas/domain/customer/customer.ts';
import { plainId } from '../plain-programme.ts';

// Of a thousand to each contract.
const CUSTOMER_IDS = 11;

/** A customer of the n-th contract; of whom it is stands in the contract. */
export function customerOf(n: number, place: number): Omit<Customer, 'serviceProviderId'> {
  return {
    id: plainId(CUSTOMER_IDS, 1000 * n + place),
    customerNumber: String(7_000_000_000 + 1000 * n + place),
    name: `Customer ${place}`,
    address1: '12 Market Square',
    countryRegion: 'DE',
    postalCode: '20095',
    lastModifiedTime: '2026-01-01T00:00:00.000Z',
    version: 1,
  };
}
