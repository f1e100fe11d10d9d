import { CONTRACT_REQUEST_TYPES } from '../../domain/contract-request/request.ts';
import type { ContractRequestRow } from '../ports/contracts.ts';
import type { ListDefinition, ListFields } from './definition.ts';

const FIELDS: ListFields<ContractRequestRow> = {
  token: { type: 'text', of: (row) => row.token },
  requestType: { type: 'enum', values: CONTRACT_REQUEST_TYPES, of: (row) => row.type },
  contractNumber: { type: 'text', of: (row) => row.contractNumber },
  aggregatorId: { type: 'text', of: (row) => row.aggregatorId },
  effectiveDate: { type: 'date', of: (row) => row.effectiveDate },
  createdTime: { type: 'text', of: (row) => row.createdTime },
};

/** Contract requests of the programme in one state. */
export const REQUEST_QUEUE_LIST: ListDefinition<ContractRequestRow> = {
  selectors: FIELDS,
  sortable: FIELDS,
  id: (row) => row.id,
  defaultSort: 'createdTime',
};
