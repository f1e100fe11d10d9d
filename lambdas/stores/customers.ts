import * as z from 'zod';
import type { ContractCustomer, Customer } from '../domain/customer/customer.ts';
import type { CustomerRow, Customers } from '../use-cases/ports/customers.ts';
import { ContractCustomerItem, CustomerItem } from './items/customers.ts';
import { keys, ownerShard } from './keys.ts';
import { defined } from './mapping.ts';
import { ownerRows } from './owner-rows.ts';
import { read, stored } from './stored.ts';
import type { Item, Key, Table } from './table.ts';

const CustomerRowItem: z.ZodType<CustomerRow> = z.object({
  id: z.string(),
  customerNumber: z.string(),
  name: z.string(),
  countryRegion: z.string(),
  postalCode: z.string(),
});

/** End customers by id and by number, and beside each contract what it keeps of its own. */
export function openCustomers(table: Table): Customers {
  const getMany = async (ids: readonly string[]) =>
    (await table.batchGet(ids.map(keys.customer))).map((item) => customerFrom(read(CustomerItem, item)));

  return {
    getMany,

    byNumber: async (customerNumber) => {
      const item = await table.get(keys.customerNumber(customerNumber));
      return item && (await getMany([String(item.customerId)]))[0];
    },

    ofServiceProvider: (id) => ownerRows(table, 'gsi1', `SP#${id}#CUSTOMERS`, CustomerRowItem),

    created: (customer) => [
      table.putNew(`customer number ${customer.customerNumber}`, {
        ...keys.customerNumber(customer.customerNumber),
        entity: 'CUSTOMER_NUMBER',
        schemaVersion: 1,
        customerId: customer.id,
      }),
      table.putNew(`customer ${customer.id}`, customerItem(customer)),
    ],

    changed: (customer, now) =>
      table.putOver(
        `customer ${customer.id}`,
        customerItem({ ...customer, version: customer.version + 1, lastModifiedTime: now.toISOString() }),
        customer.version,
      ),

    get: async (contractId, customerId) => {
      const item = await table.get(keys.contractCustomer(contractId, customerId));
      return item && contractCustomerFrom(read(ContractCustomerItem, item));
    },

    ofContract: async (contractId) =>
      (await Array.fromAsync(table.query(keys.contract(contractId).pk, { prefix: 'CUSTOMER#' }))).map((item) =>
        contractCustomerFrom(read(ContractCustomerItem, item)),
      ),

    added: (customer) =>
      table.putNew(`customer ${customer.customerId} of the contract`, contractCustomerItem(customer)),

    kept: (customer, now) =>
      table.putOver(
        `customer ${customer.customerId} of the contract`,
        contractCustomerItem({ ...customer, version: customer.version + 1, lastModifiedTime: now.toISOString() }),
        customer.version,
      ),
  };
}

export const customerFrom = (item: z.infer<typeof CustomerItem>): Customer => defined(item) as Customer;

export const contractCustomerFrom = ({
  labels,
  siso,
  ...item
}: z.infer<typeof ContractCustomerItem>): ContractCustomer =>
  ({ ...item, labels: labels.map(defined), siso: defined(siso) }) as object as ContractCustomer;

export const toContractCustomerItem = ({
  labels,
  ...customer
}: ContractCustomer): z.infer<typeof ContractCustomerItem> => ({
  ...customer,
  labels: [...labels],
});

function customerItem(customer: Customer): Item & Key {
  const { id, customerNumber, name, countryRegion, postalCode, serviceProviderId, lastModifiedTime } = customer;
  const row: CustomerRow = { id, customerNumber, name, countryRegion, postalCode };
  return stored<typeof CustomerItem>('CUSTOMER', keys.customer(id), customer, {
    gsi1pk: `SP#${serviceProviderId}#CUSTOMERS#${ownerShard(id)}`,
    gsi1sk: `${lastModifiedTime}#${id}`,
    row,
  });
}

function contractCustomerItem(customer: ContractCustomer): Item & Key {
  const key = keys.contractCustomer(customer.contractId, customer.customerId);
  return stored<typeof ContractCustomerItem>('CONTRACT_CUSTOMER', key, toContractCustomerItem(customer));
}
