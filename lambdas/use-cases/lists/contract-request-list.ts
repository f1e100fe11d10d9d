import { CONTRACT_REQUEST_TYPES, type ContractRequest } from '../../domain/contract-request/request.ts';
import { CONTRACT_REQUEST_STATUSES } from '../../domain/contract-request/status.ts';
import type { ListDefinition, ListFields } from './definition.ts';

const FIELDS: ListFields<ContractRequest> = {
  token: { type: 'text', of: (request) => request.token },
  status: { type: 'enum', values: CONTRACT_REQUEST_STATUSES, of: (request) => request.status },
  requestType: { type: 'enum', values: CONTRACT_REQUEST_TYPES, of: (request) => request.payload.type },
  effectiveDate: { type: 'date', of: (request) => request.effectiveDate },
  createdTime: { type: 'text', of: (request) => request.createdTime },
};

/** Requests of one contract. */
export const CONTRACT_REQUEST_LIST: ListDefinition<ContractRequest> = {
  selectors: FIELDS,
  sortable: FIELDS,
  id: (request) => request.id,
  // Tokens of a contract are in the order of its requests.
  defaultSort: '-token',
};
