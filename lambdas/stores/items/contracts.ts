import * as z from 'zod';
import { CONTRACT_STATUSES } from '../../domain/contract/status.ts';
import { SkuItem } from './catalogue.ts';
import { decimal } from './common.ts';

export const ContractItem = z.object({
  id: z.string(),
  contractNumber: z.string(),
  contractReferenceNumber: z.string(),
  serviceProviderId: z.string(),
  aggregatorId: z.string(),
  status: z.enum(CONTRACT_STATUSES),
  region: z.string(),
  currency: z.string(),
  bolDate: z.string(),
  eolDate: z.string().optional(),
  graceTermMonths: z.number().int(),
  revision: z.number().int(),
  billToAccountId: z.string(),
  billingOrderPreference: z.enum(['ONLINE', 'EDI']),
  vendorPurchaseOrder: z.string(),
  fillPurchaseOrderInMbo: z.boolean(),
  triggerPoint: decimal.optional(),
  delinquent: z.boolean(),
});

export const ContractRevisionItem = z.object({
  contractId: z.string(),
  revision: z.number().int(),
  from: z.string(),
  until: z.string().optional(),
  sku: SkuItem,
  minCommits: z.array(decimal).optional(),
  locked: z
    .object({ listPrice: decimal, discount: decimal, overagePrice: decimal.optional(), priceListVersion: z.string() })
    .optional(),
});
