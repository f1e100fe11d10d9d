import * as z from 'zod';
import { DEAL_EXTENSION_STATUSES, DEAL_STATUSES } from '../../domain/deal/status.ts';
import { decimal } from './common.ts';

export const DealItem = z.object({
  id: z.string(),
  dealNumber: z.string(),
  aggregatorId: z.string(),
  serviceProviderId: z.string(),
  serviceProviderPrmId: z.string(),
  contractId: z.string(),
  contractNumber: z.string(),
  contractReferenceNumber: z.string(),
  currency: z.string(),
  geo: z.string(),
  productSKU: z.string(),
  productCategory: z.string(),
  projectedDealValue: decimal,
  status: z.enum(DEAL_STATUSES),
  extendStatus: z.enum(DEAL_EXTENSION_STATUSES),
  creationDate: z.string(),
  expirationDate: z.string(),
  expectedCloseDate: z.string(),
  closeDate: z.string().optional(),
  fiscalQuarter: z.string(),
  serviceProviderContact: z.string(),
  aggregatorSalesContactLead: z.string(),
  aggregatorManager: z.string(),
  promotionEvent: z.string().optional(),
  registrantId: z.string(),
  lastModifiedTime: z.string(),
  version: z.number().int(),
});

export const RebateSheetItem = z.object({
  quarter: z.string(),
  entries: z.array(
    z.object({
      productSKU: z.string(),
      productDisplayName: z.string(),
      geo: z.string(),
      startDate: z.string(),
      endDate: z.string(),
      rate: decimal,
    }),
  ),
  version: z.number().int(),
});
