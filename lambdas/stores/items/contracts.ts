import * as z from 'zod';
import { CONTRACT_KINDS, CONTRACT_TYPES, FAMILY_TYPES } from '../../domain/catalogue/family.ts';
import { CONTRACT_STATUSES } from '../../domain/contract/status.ts';
import { CONTRACT_REQUEST_TYPES, TERMINATION_REASONS } from '../../domain/contract-request/request.ts';
import { CONTRACT_REQUEST_STATUSES } from '../../domain/contract-request/status.ts';
import { SkuItem } from './catalogue.ts';
import { decimal } from './common.ts';

const contact = z.object({ email: z.string(), firstName: z.string(), lastName: z.string() });

const settlement = z.object({ amount: decimal, currency: z.string() });

export const ContractItem = z.object({
  id: z.string(),
  contractNumber: z.string(),
  businessNumber: z.string(),
  contractReferenceNumber: z.string(),
  serviceProviderId: z.string(),
  aggregatorId: z.string(),
  status: z.enum(CONTRACT_STATUSES),
  region: z.string(),
  currency: z.string(),
  contacts: z.object({
    serviceProvider: contact,
    aggregator: contact,
    system: contact,
    license: contact.optional(),
  }),
  bolDate: z.string(),
  eolDate: z.string().optional(),
  termFrom: z.string(),
  termMonths: z.number().int().optional(),
  graceTermMonths: z.number().int(),
  revision: z.number().int(),
  listing: z.object({
    serviceProviderPrmId: z.string(),
    aggregatorPrmId: z.string(),
    billToAccountNumber: z.string(),
    skuCode: z.string(),
    contractType: z.enum(CONTRACT_TYPES),
    familyType: z.enum(FAMILY_TYPES),
    familyCode: z.string(),
    familyName: z.string(),
    kind: z.enum(CONTRACT_KINDS).optional(),
  }),
  billToAccountId: z.string(),
  spf: z.string().optional(),
  entitlementAccount: z.string().optional(),
  billingOrderPreference: z.enum(['ONLINE', 'EDI']),
  vendorPurchaseOrder: z.string(),
  fillPurchaseOrderInMbo: z.boolean(),
  triggerPoint: decimal.optional(),
  prepaid: decimal.optional(),
  threshold: decimal.optional(),
  crossed: z.object({ period: z.string(), threshold: decimal }).optional(),
  anniversary: z.string().optional(),
  isMetered: z.boolean().optional(),
  swappedTo: z.string().optional(),
  takenFrom: z.array(z.string()).optional(),
  hasCommitments: z.boolean().optional(),
  settlement: settlement.extend({ period: z.string() }).optional(),
  tags: z.array(z.string()),
  delinquent: z.boolean(),
  requests: z.number().int(),
  reviewOn: z.string().optional(),
  version: z.number().int(),
  lastModifiedTime: z.string(),
});

const locked = z.object({
  listPrice: decimal,
  discount: decimal,
  overagePrice: decimal.optional(),
  priceListVersion: z.string(),
});

export const ContractRevisionItem = z.object({
  contractId: z.string(),
  revision: z.number().int(),
  from: z.string(),
  until: z.string().optional(),
  sku: SkuItem,
  minCommits: z.array(decimal).optional(),
  locked: locked.optional(),
});

/** Members of all types of request; which of them there are is the type's. */
const payload = z.object({
  type: z.enum(CONTRACT_REQUEST_TYPES),
  sku: SkuItem.optional(),
  termFrom: z.string().optional(),
  termMonths: z.number().int().optional(),
  minCommits: z.array(decimal).optional(),
  burnDownSchedule: z.array(decimal).optional(),
  locked: locked.optional(),
  prepayment: decimal.optional(),
  triggerPoint: decimal.optional(),
  threshold: decimal.optional(),
  spf: z.string().optional(),
  vendorPurchaseOrder: z.string().optional(),
  reason: z.enum(TERMINATION_REASONS).optional(),
  changes: z
    .object({
      serviceProviderContact: contact.optional(),
      licenseContact: contact.optional(),
      aggregatorContact: contact.optional(),
      billingOrderPreference: z.enum(['ONLINE', 'EDI']).optional(),
      vendorPurchaseOrder: z.string().optional(),
      fillPurchaseOrderInMbo: z.boolean().optional(),
      billToAccount: z.object({ id: z.string(), accountNumber: z.string() }).optional(),
      entitlementAccount: z.string().optional(),
    })
    .optional(),
});

export const ContractRequestItem = z.object({
  id: z.string(),
  token: z.string(),
  contractId: z.string(),
  contractNumber: z.string(),
  serviceProviderId: z.string(),
  aggregatorId: z.string(),
  status: z.enum(CONTRACT_REQUEST_STATUSES),
  payload,
  effectiveDate: z.string(),
  comment: z.string(),
  requesterId: z.string(),
  approverId: z.string().optional(),
  approverComment: z.string().optional(),
  approvedOn: z.string().optional(),
  settlement: settlement.optional(),
  swapsWith: z.object({ contractId: z.string(), requestId: z.string().optional() }).optional(),
  invoiceNumber: z.string().optional(),
  creditNoteNumber: z.string().optional(),
  createdTime: z.string(),
  version: z.number().int(),
});

export const UsageSiteItem = z.object({
  id: z.string(),
  contractId: z.string(),
  serviceProviderId: z.string(),
  contractReferenceNumber: z.string(),
  name: z.string(),
  countryRegion: z.string(),
  address: z.string(),
  postCode: z.string(),
  closedTime: z.string().optional(),
  lastModifiedTime: z.string(),
  version: z.number().int(),
});
