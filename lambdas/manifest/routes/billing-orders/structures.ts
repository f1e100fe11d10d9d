import * as z from 'zod';
import { BILLING_ORDER_STATUSES } from '../../../domain/billing-order/status.ts';
import { CONTRACT_STATUSES } from '../../../domain/contract/status.ts';
import { IdText, MonthText, pageOf } from '../common.ts';
import { ContractSku } from '../contracts/structures.ts';
import { ExactNumber } from '../exact-numbers.ts';

/** Billing orders, usage lines and comments as the published APIs answer them. */
const SimpleContract = z
  .strictObject({
    id: IdText,
    status: z.enum(CONTRACT_STATUSES),
    contractReferenceNumber: z.string(),
    contractSKU: ContractSku,
    currency: z.string(),
  })
  .meta({ id: 'SimpleContract', description: 'The contract of a billing order as it is now' });

const Summary = z
  .strictObject({
    minimumCommit: ExactNumber.optional(),
    reported: ExactNumber.optional(),
    overage: ExactNumber.optional(),
    underage: ExactNumber.optional(),
    total: ExactNumber.optional(),
    listPrice: ExactNumber.optional(),
    sellingPrice: ExactNumber.optional(),
    discount: ExactNumber.optional().meta({ description: 'Percent, 2 decimals' }),
  })
  .meta({
    id: 'Summary',
    description: 'Totals of a billing order: those that its product family has and the caller may see',
  });

const ORDER = {
  id: IdText,
  contract: SimpleContract,
  usagePeriod: MonthText,
  autoReportType: z.enum(['AUTOMATED', 'NONE', 'FIXED']),
  serviceProviderPurchaseOrder: z.string().optional(),
  status: z.enum(BILLING_ORDER_STATUSES),
  orderNumber: z.string().optional().meta({ description: 'Number of the valid invoice' }),
  summary: Summary.optional(),
  closedTime: z.iso.datetime().optional().meta({ description: 'When it was closed last' }),
};
const COMMERCIAL = {
  vmwarePurchaseOrder: z.string().optional(),
  billingOrderPreference: z.enum(['ONLINE', 'EDI']),
};

export const AggregatorOrder = z
  .strictObject({ ...ORDER, ...COMMERCIAL })
  .meta({ id: 'SimpleBillingOrder', description: 'A monthly billing order as its aggregator sees it' });
export const ProviderOrder = z
  .strictObject(ORDER)
  .meta({ id: 'ProviderBillingOrder', description: 'A monthly billing order as its service provider sees it' });
export const VendorOrder = z
  .strictObject({
    ...ORDER,
    ...COMMERCIAL,
    contractNumber: z.string(),
    aggregatorId: z.string(),
    serviceProviderId: z.string(),
    revision: z.int().meta({ description: '1 for the original, one more for each adjustment' }),
  })
  .meta({ id: 'VendorBillingOrder', description: 'A monthly billing order as the vendor sees it' });

export const PageOfAggregatorOrder = pageOf(AggregatorOrder).meta({ id: 'PageOfSimpleBillingOrder' });
export const PageOfProviderOrder = pageOf(ProviderOrder).meta({ id: 'PageOfProviderBillingOrder' });
export const PageOfVendorOrder = pageOf(VendorOrder).meta({ id: 'PageOfVendorBillingOrder' });

const Metadata = z.strictObject({
  inMinCommit: z.boolean().optional().meta({ description: 'Whether it counts towards the minimum commit' }),
  minQuantity: ExactNumber.optional(),
  comment: z.string().optional(),
  readOnly: z.boolean().optional().meta({ description: 'Whether the service provider can change it now' }),
  clusterUsages: z.array(z.strictObject({ clusterId: z.string(), quantity: ExactNumber })).optional(),
  priceDetail: z
    .strictObject({
      tieredPriceDetails: z.array(
        z.strictObject({
          unitRange: z.string(),
          ppu: ExactNumber,
          quantity: ExactNumber,
          split: ExactNumber,
          points: ExactNumber,
        }),
      ),
    })
    .optional()
    .meta({ description: 'What of the line falls into which range of a product with tiers' }),
  subscriptionId: z.string().optional(),
  proformaNumber: z.string().optional(),
  invoiceNumber: z.string().optional(),
  sid: z.string().optional(),
  orderNumber: z.string().optional(),
});

const Usage = z
  .strictObject({
    id: IdText,
    code: z.string(),
    category: z.string().optional(),
    name: z.string(),
    siteId: IdText.optional(),
    siteName: z.string().optional(),
    customerNumber: z.string().optional(),
    customerName: z.string().optional(),
    quantity: ExactNumber,
    ppu: ExactNumber.optional(),
    points: ExactNumber.optional(),
    uom: z.string().optional(),
    unitPrice: ExactNumber.optional(),
    listPrice: ExactNumber.optional(),
    discount: ExactNumber.optional(),
    sellingPrice: ExactNumber.optional(),
    metadata: Metadata,
  })
  .meta({ id: 'Usage', description: 'A usage line: the fields that its product family has' });
export const PageOfUsage = pageOf(Usage).meta({ id: 'PageOfUsage' });

export const OrderComment = z
  .strictObject({
    user: z.strictObject({ firstName: z.string(), lastName: z.string(), email: z.string() }),
    createdTime: z.iso.datetime(),
    content: z.string(),
  })
  .meta({ id: 'BillingOrderCommentDTO', description: 'What somebody has said of a billing order' });
export const PageOfOrderComment = pageOf(OrderComment).meta({ id: 'PageOfBillingOrderCommentDTO' });
