import { EXAMPLE_SKU } from '../catalogue-examples.ts';
import { EXAMPLE_CONTRACT_ID, EXAMPLE_REQUEST_ID } from './example-ids.ts';

/** What the examples of contract routes are made of. */
const SKU = {
  code: 'VSPP3-1800-C',
  contractType: 'PAY-GO',
  productFamily: { name: 'Rental Commercial', code: 'RENTAL', type: 'RENTAL' },
} as const;

const CONTRACT = {
  id: EXAMPLE_CONTRACT_ID,
  aggregatorContact: { firstName: 'Bob', lastName: 'Johnson', email: 'bob.johnson@example.com' },
  serviceProviderContact: { firstName: 'James', lastName: 'Smith', email: 'james.smith@example.com' },
  systemContact: { firstName: 'Maria', lastName: 'Williams', email: 'maria.williams@example.com' },
  licenseContact: { firstName: '', lastName: '', email: 'licences@example.com' },
  bolDate: '2026-03-21',
  eolDate: '2027-03-20',
  status: 'ACTIVE',
  contractReferenceNumber: 'AMER500001RENTAL',
  contractSKU: SKU,
  contractNumber: '50000001',
  region: 'AMER',
  term: 12,
  graceTerm: 1,
  currency: 'USD',
} as const;

export const EXAMPLE_AGGREGATOR_CONTRACT = {
  ...CONTRACT,
  serviceProvider: { name: 'Sp Corp', prmId: '300001' },
  contractId: '500001',
  discount: 0,
  vmwarePurchaseOrder: 'PO-100000',
  billingOrderPreference: 'ONLINE',
  billToAccount: { accountNumber: '10001', location: 'location-100010' },
  sellingPricePerPoint: 0.88,
  fillPurchaseOrderInMBO: false,
};
export const EXAMPLE_PROVIDER_CONTRACT = { ...CONTRACT, aggregator: { name: 'Agg Corp', prmId: '200002' } };

export const EXAMPLE_CREATE = {
  contractSKUId: EXAMPLE_SKU.id,
  serviceProviderContact: 'james.smith@example.com',
  licenseContact: 'licences@example.com',
  aggregatorContact: 'bob.johnson@example.com',
  systemContact: 'maria.williams@example.com',
  serviceProviderId: '33f574a8-1a7e-4f2b-9f10-b10700000008',
  bolDate: '2026-12-01',
  currency: 'USD',
  billingOrderPreference: 'ONLINE',
  vmwarePurchaseOrder: 'PO-100000',
  billToAccountId: '533ea6cb-2f7d-4f0e-8d2a-b10700000008',
  comment: 'First contract of Sp Corp',
} as const;

const REQUEST = {
  id: EXAMPLE_REQUEST_ID,
  requestContractSKU: SKU,
  effectiveDate: '2026-12-01',
  createdTime: '2026-11-10T07:36:00.396Z',
  token: 'C-50000001-200002-2611-0000002',
} as const;

/** A brief request of a type, in a status. */
export const exampleRequest = <Type extends string, Status extends string>(requestType: Type, status: Status) => ({
  ...REQUEST,
  requestType,
  status,
});
