import type { BillToAccount } from '../../domain/organization/organization.ts';
import type { ListDefinition, ListFields } from './definition.ts';

const FIELDS: ListFields<BillToAccount> = {
  accountNumber: { type: 'text', of: (account) => account.accountNumber },
  location: { type: 'text', of: (account) => account.location },
};

/** Bill-to accounts of an aggregator, with the published selectors. */
export const BILL_TO_ACCOUNT_LIST: ListDefinition<BillToAccount> = {
  selectors: FIELDS,
  sortable: FIELDS,
  id: (account) => account.id,
  defaultSort: 'accountNumber,location',
};
