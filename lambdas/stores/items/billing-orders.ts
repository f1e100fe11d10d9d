import * as z from 'zod';
import { BILLING_ORDER_STATUSES } from '../../domain/billing-order/status.ts';
import { EDIT_REASONS, LINE_ORIGINS, PRICE_SOURCES } from '../../domain/usage/usage-line.ts';
import { decimal } from './common.ts';

const summary = z.object({
  minimumCommit: decimal,
  reported: decimal,
  overage: decimal,
  underage: decimal,
  total: decimal,
  listPrice: decimal,
  sellingPrice: decimal,
  discount: decimal,
});

const billed = z.object({
  revision: z.number().int(),
  outcome: z.enum(['INVOICED', 'NOTHING_TO_BILL', 'EXTERNAL']),
  invoiceNumber: z.string().optional(),
  bills: z.array(z.string()).optional(),
  closedTime: z.string(),
  lineSet: z.string(),
  /** Prices in minor units of the contract's currency. */
  summary,
});

const variance = z.object({
  reported: decimal,
  months: z.number().int(),
  from: z.string(),
  to: z.string(),
  sum: decimal,
  limit: decimal,
  flagged: z.boolean(),
});

const ruleReview = z.object({
  approvedBy: z.object({ id: z.string(), name: z.string() }).optional(),
  reasons: z.array(z.string()).readonly(),
});

export const BillingOrderItem = z.object({
  id: z.string(),
  contractId: z.string(),
  contractNumber: z.string(),
  serviceProviderId: z.string(),
  aggregatorId: z.string(),
  usagePeriod: z.string(),
  revision: z.number().int(),
  lastRevision: z.number().int().optional(),
  status: z.enum(BILLING_ORDER_STATUSES),
  autoReportType: z.enum(['AUTOMATED', 'NONE', 'FIXED']),
  serviceProviderPurchaseOrder: z.string(),
  vendorPurchaseOrder: z.string(),
  billingOrderPreference: z.enum(['ONLINE', 'EDI']),
  lineSet: z.string(),
  heldLines: z.number().int(),
  heldQuantity: decimal,
  heldReported: decimal,
  heldOutsideCommit: decimal,
  heldArrearsPeriods: z.array(z.string()),
  zeroReported: z.boolean().optional(),
  variance: variance.optional(),
  ruleReview: ruleReview.optional(),
  sealedBy: z.string().optional(),
  billed: billed.optional(),
  firstClosedTime: z.string().optional(),
  lastModifiedTime: z.string(),
  version: z.number().int(),
});

const edit = z.object({
  reason: z.enum(EDIT_REASONS),
  userId: z.string(),
  time: z.string(),
  original: z.object({ quantity: decimal, siteName: z.string(), customerNumber: z.string() }).optional(),
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
  siteId: z.string().optional(),
  origin: z.enum(LINE_ORIGINS).optional(),
  prefilled: decimal.optional(),
  edit: edit.optional(),
  comment: z.string().optional(),
  clusterUsages: z.array(z.object({ clusterId: z.string(), quantity: decimal })).optional(),
  price: z
    .object({ unitPrice: decimal, discount: decimal, currency: z.string(), from: z.enum(PRICE_SOURCES) })
    .optional(),
  source: z
    .object({
      subscriptionId: z.string().optional(),
      sid: z.string().optional(),
      orderNumber: z.string().optional(),
      deliveryNumber: z.string().optional(),
      commitmentId: z.string().optional(),
      proformaNumber: z.string().optional(),
      invoiceNumber: z.string().optional(),
    })
    .optional(),
});

export const OrderCommentItem = z.object({
  id: z.string(),
  orderId: z.string(),
  organizationId: z.string(),
  userId: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  email: z.string(),
  createdTime: z.string(),
  content: z.string(),
});
