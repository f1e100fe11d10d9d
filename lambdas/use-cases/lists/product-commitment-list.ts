import {
  COMMITMENT_TERMS,
  firstMonth,
  lastMonth,
  PRODUCT_COMMITMENT_STATUSES,
} from '../../domain/product-commitment/product-commitment.ts';
import type { NamedProductCommitment } from '../read-product-commitments.ts';
import type { ListDefinition, ListFields } from './definition.ts';

const FIELDS: ListFields<NamedProductCommitment> = {
  name: { type: 'text', of: ({ commitment }) => commitment.name },
  bol: { type: 'month', of: ({ commitment }) => firstMonth(commitment) },
  eol: { type: 'month', of: ({ commitment }) => lastMonth(commitment) },
  'product.code': { type: 'text', of: ({ commitment }) => commitment.product.code },
  'customer.customerNumber': { type: 'text', of: ({ commitment }) => commitment.customerNumber },
  'customer.name': { type: 'text', of: ({ customerName }) => customerName },
  status: { type: 'enum', values: PRODUCT_COMMITMENT_STATUSES, of: ({ commitment }) => commitment.status },
  term: { type: 'enum', values: COMMITMENT_TERMS, of: ({ commitment }) => commitment.term },
};

/** Product commitments of a contract. */
export const PRODUCT_COMMITMENT_LIST: ListDefinition<NamedProductCommitment> = {
  selectors: FIELDS,
  sortable: FIELDS,
  id: ({ commitment }) => commitment.id,
  defaultSort: 'bol,name',
};
