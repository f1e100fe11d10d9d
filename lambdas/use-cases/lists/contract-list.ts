import { CONTRACT_TYPES, FAMILY_TYPES } from '../../domain/catalogue/family.ts';
import { CONTRACT_STATUSES } from '../../domain/contract/status.ts';
import type { ContractRow } from '../ports/contracts.ts';
import type { ListDefinition, ListFields } from './definition.ts';

const FIELDS: ListFields<ContractRow> = {
  bolDate: { type: 'date', of: (row) => row.bolDate },
  eolDate: { type: 'date', of: (row) => row.eolDate },
  status: { type: 'enum', values: CONTRACT_STATUSES, of: (row) => row.status },
  contractId: { type: 'text', of: (row) => row.businessNumber },
  contractNumber: { type: 'text', of: (row) => row.contractNumber },
  contractReferenceNumber: { type: 'text', of: (row) => row.contractReferenceNumber },
  'contractSKU.code': { type: 'text', of: (row) => row.skuCode },
  'contractSKU.contractType': { type: 'enum', values: CONTRACT_TYPES, of: (row) => row.contractType },
  'contractSKU.productFamily.name': { type: 'text', of: (row) => row.familyName },
  'contractSKU.productFamily.code': { type: 'text', of: (row) => row.familyCode },
  'contractSKU.productFamily.type': { type: 'enum', values: FAMILY_TYPES, of: (row) => row.familyType },
};

const AGGREGATOR_FIELDS: ListFields<ContractRow> = {
  ...FIELDS,
  'serviceProvider.prmId': { type: 'text', of: (row) => row.serviceProviderPrmId },
  billingOrderPreference: { type: 'enum', values: ['ONLINE', 'EDI'], of: (row) => row.billingOrderPreference },
  'billToAccount.accountNumber': { type: 'text', of: (row) => row.billToAccountNumber },
};

const PROVIDER_FIELDS: ListFields<ContractRow> = {
  ...FIELDS,
  'aggregator.prmId': { type: 'text', of: (row) => row.aggregatorPrmId },
};

/** Contracts of an aggregator. */
export const AGGREGATOR_CONTRACT_LIST: ListDefinition<ContractRow> = {
  selectors: AGGREGATOR_FIELDS,
  sortable: AGGREGATOR_FIELDS,
  id: (row) => row.id,
  defaultSort: 'contractNumber',
};

/** Contracts of a service provider, without what is commercial. */
export const PROVIDER_CONTRACT_LIST: ListDefinition<ContractRow> = {
  selectors: PROVIDER_FIELDS,
  sortable: PROVIDER_FIELDS,
  id: (row) => row.id,
  defaultSort: 'contractNumber',
};
