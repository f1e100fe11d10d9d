import { DEAL_EXTENSION_STATUSES, DEAL_STATUSES } from '../../domain/deal/status.ts';
import type { DealRow } from '../ports/deals.ts';
import type { ListDefinition, ListFields } from './definition.ts';

const FIELDS: ListFields<DealRow> = {
  id: { type: 'text', of: (row) => row.id },
  dealNumber: { type: 'text', of: (row) => row.dealNumber },
  productSKU: { type: 'text', of: (row) => row.productSKU },
  'contract.contractNumber': { type: 'text', of: (row) => row.contractNumber },
  'contract.contractReferenceNumber': { type: 'text', of: (row) => row.contractReferenceNumber },
  'contract.currency': { type: 'text', of: (row) => row.currency },
  'serviceProvider.prmId': { type: 'text', of: (row) => row.serviceProviderPrmId },
  status: { type: 'enum', values: DEAL_STATUSES, of: (row) => row.status },
  extendStatus: { type: 'enum', values: DEAL_EXTENSION_STATUSES, of: (row) => row.extendStatus },
  creationDate: { type: 'date', of: (row) => row.creationDate },
  expirationDate: { type: 'date', of: (row) => row.expirationDate },
  closeDate: { type: 'date', of: (row) => row.closeDate },
};

/** Deals of an aggregator, or of the programme in a state. */
export const DEAL_LIST: ListDefinition<DealRow> = {
  selectors: FIELDS,
  sortable: FIELDS,
  id: (row) => row.id,
  defaultSort: '-creationDate',
};
