import * as z from 'zod';
import { BILLING_ORDER_STATUSES } from '../domain/billing-order/status.ts';
import { CONTRACT_TYPES, FAMILY_TYPES } from '../domain/catalogue/family.ts';
import { CONTRACT_STATUSES } from '../domain/contract/status.ts';
import { INVOICE_KINDS } from '../domain/invoice/invoice.ts';
import { ROLES } from '../domain/organization/organization.ts';

/**
 * Shapes of the items in the main table, without their keys: the only declaration of what is stored. A change of a shape
 * is a new schemaVersion with an upcaster in mapping.ts; a test pins the hash of each shape to its version.
 */
const decimal = z.string().regex(/^-?\d+(\.\d+)?$/);
const source = z.object({ id: z.string(), revision: z.number().int() });

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

export const SkuItem = z.object({
  code: z.string(),
  contractType: z.enum(CONTRACT_TYPES),
  family: z.enum(FAMILY_TYPES),
  minimumPoints: decimal,
});

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

export const OrganizationItem = z.object({
  id: z.string(),
  type: z.enum(['SERVICE_PROVIDER', 'AGGREGATOR', 'VENDOR']),
  name: z.string(),
  prmId: z.string(),
  region: z.string(),
  address: z.array(z.string()),
  taxId: z.string().optional(),
  email: z.string(),
  awsResell: z.boolean(),
});

export const BillToAccountItem = z.object({
  id: z.string(),
  aggregatorId: z.string(),
  accountNumber: z.string(),
  location: z.string(),
  name: z.string(),
  address: z.array(z.string()),
  taxId: z.string().optional(),
  currency: z.string(),
  taxRate: decimal,
});

export const UserItem = z.object({
  id: z.string(),
  organizationId: z.string(),
  name: z.string(),
  email: z.string(),
  roles: z.array(z.enum(ROLES)),
  status: z.enum(['ACTIVE', 'LOCKED']),
});

export const ApiTokenItem = z.object({
  id: z.string(),
  userId: z.string(),
  organizationId: z.string(),
  name: z.string(),
  roles: z.array(z.enum(ROLES)),
  secretHash: z.string(),
  createdTime: z.string(),
  expires: z.string(),
  revoked: z.boolean(),
});

export const ProductItem = z.object({
  code: z.string(),
  name: z.string(),
  category: z.string(),
  family: z.enum(FAMILY_TYPES),
  uom: z.string(),
  pointsPerUnit: decimal,
  tiers: z
    .array(z.object({ from: decimal, to: decimal.optional(), pointsPerUnit: decimal, split: decimal }))
    .optional(),
  minQuantity: decimal.optional(),
});

export const PriceListItem = z.object({
  currency: z.string(),
  version: z.string(),
  validFrom: z.string(),
  prices: z.record(z.string(), z.object({ listPrice: decimal, overagePrice: decimal.optional() })),
});

export const PrepaymentBalanceItem = z.object({
  contractId: z.string(),
  points: decimal,
  sequence: z.number().int(),
});

export const PrepaymentEntryItem = z.object({
  contractId: z.string(),
  sequence: z.number().int(),
  kind: z.enum(['CREDIT', 'DRAW', 'REVERSAL', 'FORFEIT']),
  source,
  points: decimal,
  balanceAfter: decimal,
});

const hashes = z.object({ json: z.string(), pdf: z.string(), csv: z.string() });

export const InvoiceItem = z.object({
  number: z.string(),
  kind: z.enum(INVOICE_KINDS),
  source,
  usagePeriod: z.string(),
  invoiceDate: z.string(),
  dueDate: z.string(),
  aggregatorId: z.string(),
  serviceProviderId: z.string(),
  contractId: z.string(),
  contractNumber: z.string(),
  skuCode: z.string(),
  currency: z.string(),
  points: decimal,
  net: decimal,
  tax: decimal,
  gross: decimal,
  hashes,
});

export const ReceivableItem = z.object({
  number: z.string(),
  kind: z.enum(INVOICE_KINDS),
  usagePeriod: z.string(),
  aggregatorId: z.string(),
  contractId: z.string(),
  source,
  currency: z.string(),
  amount: decimal,
});

export const ReservationItem = z.object({
  run: z.string(),
  series: z.string(),
  first: z.number().int(),
  count: z.number().int(),
  invoiceDate: z.string(),
  file: z.string(),
});

export const PeriodCloseItem = z.object({
  period: z.string(),
  state: z.enum(['RUNNING', 'COMPLETE', 'INCOMPLETE']),
  currentRun: z.number().int(),
});

const unbilled = z.object({
  orderId: z.string(),
  contractNumber: z.string(),
  aggregatorId: z.string(),
  serviceProvider: z.string(),
  usagePeriod: z.string(),
  code: z.string(),
  reason: z.string(),
  ageDays: z.number().int(),
});

const runKey = z.object({ period: z.string(), name: z.string() });

export const LastClaimedItem = runKey;

export const RunPlaceItem = z.object({ previous: runKey.optional(), reconciled: z.boolean() });

export const CloseRunItem = z.object({
  name: z.string(),
  period: z.string(),
  run: z.number().int(),
  status: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED']),
  invoiceDate: z.string(),
  dryRun: z.boolean(),
  claimedTime: z.string(),
  finishedTime: z.string().optional(),
  failure: z.object({ code: z.string(), message: z.string() }).optional(),
  report: z
    .object({
      reconciled: z.boolean(),
      contracts: z.number().int(),
      orders: z.number().int(),
      invoices: z.number().int(),
      nothingToBill: z.number().int(),
      failed: z.array(unbilled),
      totals: z.array(
        z.object({
          aggregatorId: z.string(),
          aggregator: z.string(),
          currency: z.string(),
          invoices: z.number().int(),
          points: decimal,
          amount: decimal,
        }),
      ),
      undelivered: z.array(z.object({ partyId: z.string(), stage: z.string(), code: z.string(), reason: z.string() })),
      durationMs: z.number().int(),
    })
    .optional(),
});

export const PartyDocumentItem = z.object({
  kind: z.enum(['STATEMENT', 'CONSOLIDATED_BILL']),
  recipientId: z.string(),
  period: z.string(),
  run: z.string(),
  reference: z.string(),
  key: z.string(),
  hashes,
});

export const AuditItem = z.object({
  organizationId: z.string(),
  subject: z.string(),
  id: z.string(),
  time: z.string(),
  actor: z.string(),
  action: z.string(),
  from: z.string().optional(),
  to: z.string().optional(),
  reason: z.string().optional(),
});

export const OutboxItem = z.object({
  id: z.string(),
  type: z.string(),
  time: z.string(),
  detail: z.record(z.string(), z.unknown()),
});
