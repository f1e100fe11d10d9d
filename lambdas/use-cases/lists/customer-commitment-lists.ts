import { CUSTOMER_COMMITMENT_STATUSES } from '../../domain/customer-commitment/status.ts';
import { formatPoints } from '../../domain/numbers/amounts.ts';
import type { CancellationRow } from '../ports/customer-commitments.ts';
import type { NamedCommitment } from '../read-customer-commitments.ts';
import type { ListDefinition, ListFields } from './definition.ts';

const SELECTORS: ListFields<NamedCommitment> = {
  name: { type: 'text', of: ({ commitment }) => commitment.name },
  'customer.id': { type: 'text', of: ({ commitment }) => commitment.customerId },
  'customer.customerNumber': { type: 'text', of: ({ commitment }) => commitment.customerNumber },
  'customer.name': { type: 'text', of: ({ customerName }) => customerName },
  bol: { type: 'month', of: ({ commitment }) => commitment.from },
  eol: { type: 'month', of: ({ commitment }) => commitment.until },
  status: { type: 'enum', values: CUSTOMER_COMMITMENT_STATUSES, of: ({ commitment }) => commitment.status },
  commitment: { type: 'number', of: ({ commitment }) => formatPoints(commitment.commitment) },
};

/** Commitments of the end customers of a contract. */
export const CUSTOMER_COMMITMENT_LIST: ListDefinition<NamedCommitment> = {
  selectors: SELECTORS,
  sortable: SELECTORS,
  id: ({ commitment }) => commitment.id,
  defaultSort: 'bol,name',
};

const CANCELLATION_FIELDS: ListFields<CancellationRow> = {
  contractId: { type: 'text', of: (row) => row.contractId },
  contractNumber: { type: 'text', of: (row) => row.contractNumber },
  customerNumber: { type: 'text', of: (row) => row.customerNumber },
  requestedTime: { type: 'text', of: (row) => row.requestedTime },
};

/** Commitments whose cancellation the vendor has to decide of. */
export const CANCELLATION_LIST: ListDefinition<CancellationRow> = {
  selectors: CANCELLATION_FIELDS,
  sortable: CANCELLATION_FIELDS,
  id: (row) => row.id,
  defaultSort: 'requestedTime',
};
