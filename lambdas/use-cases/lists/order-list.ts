import { BILLING_ORDER_STATUSES } from '../../domain/billing-order/status.ts';
import { CONTRACT_TYPES, FAMILY_TYPES } from '../../domain/catalogue/family.ts';
import type { OrderRow } from '../ports/billing-orders.ts';
import type { ContractRow } from '../ports/contracts.ts';
import type { ListDefinition, ListFields } from './definition.ts';

/** An order with its contract as lists know it; a contract made this moment may not be known yet. */
export type ListedOrder = OrderRow & { contract?: ContractRow };

const FIELDS: ListFields<ListedOrder> = {
  'contract.contractReferenceNumber': { type: 'text', of: ({ contract }) => contract?.contractReferenceNumber },
  'contract.contractSKU.code': { type: 'text', of: ({ contract }) => contract?.skuCode },
  'contract.contractSKU.contractType': {
    type: 'enum',
    values: CONTRACT_TYPES,
    of: ({ contract }) => contract?.contractType,
  },
  'contract.contractSKU.productFamily.name': { type: 'text', of: ({ contract }) => contract?.familyName },
  'contract.contractSKU.productFamily.code': { type: 'text', of: ({ contract }) => contract?.familyCode },
  'contract.contractSKU.productFamily.type': {
    type: 'enum',
    values: FAMILY_TYPES,
    of: ({ contract }) => contract?.familyType,
  },
  usagePeriod: { type: 'month', of: (row) => row.usagePeriod },
  status: { type: 'enum', values: BILLING_ORDER_STATUSES, of: (row) => row.status },
  orderNumber: { type: 'text', of: (row) => row.invoiceNumber },
};

const AGGREGATOR_FIELDS: ListFields<ListedOrder> = {
  ...FIELDS,
  // Beside the published ones: whether it stands out from its contract's last months.
  flagged: { type: 'boolean', of: (row) => row.isFlagged },
  billingOrderPreference: { type: 'enum', values: ['ONLINE', 'EDI'], of: (row) => row.billingOrderPreference },
};

const VENDOR_FIELDS: ListFields<ListedOrder> = {
  ...AGGREGATOR_FIELDS,
  'serviceProvider.prmId': { type: 'text', of: ({ contract }) => contract?.serviceProviderPrmId },
  'aggregator.prmId': { type: 'text', of: ({ contract }) => contract?.aggregatorPrmId },
};

const listOf = (fields: ListFields<ListedOrder>): ListDefinition<ListedOrder> => ({
  selectors: fields,
  sortable: fields,
  id: (row) => row.id,
  defaultSort: '-usagePeriod,contract.contractReferenceNumber',
  narrowBy: 'usagePeriod',
});

/** Billing orders of a service provider, of an aggregator, and of the programme. */
export const PROVIDER_ORDER_LIST = listOf(FIELDS);
export const AGGREGATOR_ORDER_LIST = listOf(AGGREGATOR_FIELDS);
export const VENDOR_ORDER_LIST = listOf(VENDOR_FIELDS);
