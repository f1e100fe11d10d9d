import type { Deal } from '../../domain/deal/deal.ts';
import type { ListDefinition, ListFields } from './definition.ts';

const FIELDS: ListFields<Deal> = {
  dealNumber: { type: 'text', of: (deal) => deal.dealNumber },
  productSKU: { type: 'text', of: (deal) => deal.productSKU },
  'contract.contractNumber': { type: 'text', of: (deal) => deal.contractNumber },
  'contract.contractReferenceNumber': { type: 'text', of: (deal) => deal.contractReferenceNumber },
  'contract.currency': { type: 'text', of: (deal) => deal.currency },
  'serviceProvider.prmId': { type: 'text', of: (deal) => deal.serviceProviderPrmId },
  closeDate: { type: 'date', of: (deal) => deal.closeDate },
};

/** Won deals that earn a rebate in a quarter. What they earn is read for the page alone: lists don't sort by it. */
export const REBATE_LIST: ListDefinition<Deal> = {
  selectors: FIELDS,
  sortable: FIELDS,
  id: (deal) => deal.id,
  defaultSort: 'dealNumber',
};
