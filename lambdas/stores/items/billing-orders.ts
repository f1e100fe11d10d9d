import * as z from 'zod';
import { BILLING_ORDER_STATUSES } from '../../domain/billing-order/status.ts';
import { decimal } from './common.ts';

const billed = z.object({
  revision: z.number().int(),
  outcome: z.enum(['INVOICED', 'NOTHING_TO_BILL', 'EXTERNAL']),
  invoiceNumber: z.string().optional(),
  closedTime: z.string(),
});

export const BillingOrderItem = z.object({
  id: z.string(),
  contractId: z.string(),
  contractNumber: z.string(),
  serviceProviderId: z.string(),
  aggregatorId: z.string(),
  usagePeriod: z.string(),
  revision: z.number().int(),
  status: z.enum(BILLING_ORDER_STATUSES),
  autoReportType: z.enum(['AUTOMATED', 'NONE', 'FIXED']),
  serviceProviderPurchaseOrder: z.string(),
  vendorPurchaseOrder: z.string(),
  billingOrderPreference: z.enum(['ONLINE', 'EDI']),
  heldLines: z.number().int(),
  heldQuantity: decimal,
  sealedBy: z.string().optional(),
  billed: billed.optional(),
  version: z.number().int(),
});

export const UsageLineItem = z.object({
  id: z.string(),
  usagePeriod: z.string(),
  siteName: z.string(),
  productCode: z.string(),
  productName: z.string(),
  customerNumber: z.string(),
  uom: z.string(),
  quantity: decimal,
  pointsPerUnit: decimal,
  minQuantity: decimal.optional(),
  inMinCommit: z.boolean(),
});
