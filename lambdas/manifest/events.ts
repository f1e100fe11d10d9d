import * as z from 'zod';
import { DecimalText } from '../documents/canonical-invoice.ts';
import { BILLING_ORDER_STATUSES } from '../domain/billing-order/status.ts';
import { CONTRACT_STATUSES } from '../domain/contract/status.ts';
import { CONTRACT_REQUEST_TYPES } from '../domain/contract-request/request.ts';
import { CONTRACT_REQUEST_STATUSES } from '../domain/contract-request/status.ts';
import { CUSTOMER_COMMITMENT_STATUSES } from '../domain/customer-commitment/status.ts';
import { DEAL_EXTENSION_STATUSES, DEAL_STATUSES } from '../domain/deal/status.ts';
import { INVOICE_KINDS } from '../domain/invoice/invoice.ts';
import { ONE_OFF_ORDER_KINDS } from '../domain/one-off-order/one-off-order.ts';
import { ONE_OFF_ORDER_STATUSES } from '../domain/one-off-order/status.ts';
import { PRODUCT_COMMITMENT_STATUSES } from '../domain/product-commitment/product-commitment.ts';
import { SERVICE_DELIVERY_STATUSES } from '../domain/service-delivery/status.ts';

export type EventDefinition = {
  description: string;
  /**
   * What an event says. Fields are only ever added to it, optional ones: what was published once must still be read
   * (test/manifest/events.test.ts); what can't be said so is another type.
   */
  detail: z.ZodObject;
  /** Parties it is sent to by webhook, beside the vendor, who is told all: those it names that may know all it says. */
  parties: readonly ('AGGREGATOR' | 'SERVICE_PROVIDER')[];
  example: object;
};

const Month = z.string().meta({ description: 'Usage period, YYYY-MM' });
const Text = (description: string) => z.string().meta({ description });

const CONTRACT = { contractId: z.string(), contractNumber: z.string() };
const PARTIES = {
  serviceProviderId: Text('Organization of the service provider'),
  aggregatorId: Text('Organization of the aggregator'),
};
const OF_CONTRACT = { ...CONTRACT, ...PARTIES };

const EXAMPLE_PARTIES = {
  serviceProviderId: '5a2c1b7e-0f43-4d5e-8a90-1c2d3e4f5a6b',
  aggregatorId: '0f8fad5b-d9cb-469f-a165-70867728950e',
};
const EXAMPLE_OF_CONTRACT = {
  contractId: 'c1a6e2f0-9a50-4b6e-8d2f-0a1b2c3d4e5f',
  contractNumber: '50000042',
  ...EXAMPLE_PARTIES,
};

/** Every type of event: a thing and what has happened to it, in the past tense. */
export const EVENTS = {
  InvoiceIssued: {
    description: 'An invoice or credit note has become visible to its aggregator.',
    parties: ['AGGREGATOR'],
    detail: z.object({
      number: z.string(),
      kind: z.enum(INVOICE_KINDS),
      usagePeriod: Month,
      contractNumber: z.string(),
      ...PARTIES,
      currency: Text('ISO 4217'),
      gross: DecimalText.meta({ description: 'Amount with tax, exact decimal' }),
    }),
    example: {
      number: 'INV-2026-000001',
      kind: 'ORDER',
      usagePeriod: '2026-10',
      contractNumber: '50000042',
      ...EXAMPLE_PARTIES,
      currency: 'USD',
      gross: '1610.40',
    },
  },
  BillingOrderChanged: {
    description:
      'A monthly billing order or an adjustment of it has moved to another status. That the close has billed it, InvoiceIssued says.',
    parties: ['AGGREGATOR', 'SERVICE_PROVIDER'],
    detail: z.object({
      orderId: z.string(),
      ...OF_CONTRACT,
      usagePeriod: Month,
      revision: z.int().meta({ description: '1 of the order, from 2 on its adjustments' }),
      action: Text('What was done'),
      from: z.enum(BILLING_ORDER_STATUSES),
      status: z.enum(BILLING_ORDER_STATUSES),
    }),
    example: {
      orderId: '8dec8aaa-4b1f-4d0c-9a51-760aa839aeb3',
      ...EXAMPLE_OF_CONTRACT,
      usagePeriod: '2026-10',
      revision: 1,
      action: 'submit',
      from: 'PENDING_SP',
      status: 'PENDING_AGGREGATOR',
    },
  },
  ContractRequestChanged: {
    description: 'A request to make or change a contract was made, or has moved to another status.',
    parties: ['AGGREGATOR'],
    detail: z.object({
      requestId: z.string(),
      token: Text('Number for people'),
      requestType: z.enum(CONTRACT_REQUEST_TYPES),
      status: z.enum(CONTRACT_REQUEST_STATUSES),
      ...OF_CONTRACT,
      effectiveDate: z.iso.date(),
    }),
    example: {
      requestId: 'f8b83357-6d1c-4a8b-8f0e-8366e586c8f9',
      token: 'C-50000042-300012-2611-0000001',
      requestType: 'UPGRADE',
      status: 'COMPLETED',
      ...EXAMPLE_OF_CONTRACT,
      effectiveDate: '2026-12-01',
    },
  },
  ContractStatusChanged: {
    description: 'A contract has moved to another status by itself or by the vendor.',
    parties: ['AGGREGATOR', 'SERVICE_PROVIDER'],
    detail: z.object({ ...OF_CONTRACT, from: z.enum(CONTRACT_STATUSES), status: z.enum(CONTRACT_STATUSES) }),
    example: { ...EXAMPLE_OF_CONTRACT, from: 'ACTIVE', status: 'EXPIRED' },
  },
  OneOffOrderChanged: {
    description: 'A one-off order was made, or has moved to another status.',
    parties: ['AGGREGATOR', 'SERVICE_PROVIDER'],
    detail: z.object({
      orderId: z.string(),
      orderNumber: z.string(),
      ...OF_CONTRACT,
      kind: z.enum(ONE_OFF_ORDER_KINDS),
      action: Text('What was done'),
      from: z.enum(ONE_OFF_ORDER_STATUSES).optional().meta({ description: 'Absent when it was made' }),
      status: z.enum(ONE_OFF_ORDER_STATUSES),
    }),
    example: {
      orderId: 'c1a6e2f0-9a50-4b6e-8d2f-0a1b2c3d4e5f_1',
      orderNumber: '50000042-1',
      ...EXAMPLE_OF_CONTRACT,
      kind: 'EXTRA',
      action: 'approveOneOffOrder',
      from: 'PENDING_APPROVAL',
      status: 'APPROVED',
    },
  },
  DealChanged: {
    description: 'A deal was registered, or has moved to another status; or its extension has.',
    parties: ['AGGREGATOR'],
    detail: z.object({
      dealId: z.string(),
      dealNumber: z.string(),
      ...CONTRACT,
      aggregatorId: PARTIES.aggregatorId,
      productSKU: Text('Code of the product'),
      action: Text('What was done'),
      from: z.enum(DEAL_STATUSES).optional().meta({ description: 'Absent when it was registered' }),
      status: z.enum(DEAL_STATUSES),
      extendStatus: z.enum(DEAL_EXTENSION_STATUSES),
    }),
    example: {
      dealId: '630c2f68-4f2d-4a60-9b1e-61f8245eaca2',
      dealNumber: '20001',
      contractId: EXAMPLE_OF_CONTRACT.contractId,
      contractNumber: '50000042',
      aggregatorId: EXAMPLE_PARTIES.aggregatorId,
      productSKU: 'VMW-VSANV2-STD-C',
      action: 'approveDeal',
      from: 'PENDING_APPROVE',
      status: 'OPPORTUNITY',
      extendStatus: 'NOT_EXTENDED',
    },
  },
  CustomerCommitmentChanged: {
    description: 'A commitment of an end customer was made or changed, or has moved to another status.',
    parties: ['AGGREGATOR', 'SERVICE_PROVIDER'],
    detail: z.object({
      commitmentId: z.string(),
      ...OF_CONTRACT,
      customerNumber: z.string(),
      action: Text('What was done'),
      from: z
        .enum(CUSTOMER_COMMITMENT_STATUSES)
        .optional()
        .meta({ description: 'Absent when its status has not changed' }),
      status: z.enum(CUSTOMER_COMMITMENT_STATUSES),
    }),
    example: {
      commitmentId: '1928cac2-1b2c-4d3e-8f40-045625c0db08',
      ...EXAMPLE_OF_CONTRACT,
      customerNumber: '4711000815',
      action: 'approveCancellation',
      from: 'PENDING_EFFECTIVE_PERIOD',
      status: 'CANCELLED',
    },
  },
  ProductCommitmentChanged: {
    description:
      'A commitment of an end customer to a product was made, changed or renewed, charged in a month, or is over.',
    parties: ['AGGREGATOR', 'SERVICE_PROVIDER'],
    detail: z.object({
      commitmentId: z.string(),
      ...OF_CONTRACT,
      customerNumber: z.string(),
      productCode: z.string(),
      action: Text('What was done'),
      from: z
        .enum(PRODUCT_COMMITMENT_STATUSES)
        .optional()
        .meta({ description: 'Absent when its status has not changed' }),
      status: z.enum(PRODUCT_COMMITMENT_STATUSES),
    }),
    example: {
      commitmentId: '775dc4c1-1b2c-4d3e-8f40-8328ac75e878',
      ...EXAMPLE_OF_CONTRACT,
      customerNumber: '4711000815',
      productCode: 'VR-OSTACK4-C',
      action: 'completeProductCommitment',
      from: 'ACTIVE',
      status: 'COMPLETED',
    },
  },
  ServiceDeliveryChanged: {
    description: 'A record of services delivered was entered, corrected or has moved to another status.',
    parties: ['AGGREGATOR', 'SERVICE_PROVIDER'],
    detail: z.object({
      number: Text("The vendor's number of the record"),
      ...OF_CONTRACT,
      usagePeriod: Text('Month of the delivery, YYYY-MM'),
      action: Text('What was done'),
      from: z.enum(SERVICE_DELIVERY_STATUSES).optional().meta({ description: 'Absent when it was entered' }),
      status: z.enum(SERVICE_DELIVERY_STATUSES),
    }),
    example: {
      number: 'SD-2026-0042',
      ...EXAMPLE_OF_CONTRACT,
      usagePeriod: '2026-10',
      action: 'disputeDelivery',
      from: 'PENDING_ACCEPTANCE',
      status: 'DISPUTED',
    },
  },
  VeloOrderChanged: {
    description: 'A VeloCloud order was entered, changed or ended.',
    parties: ['AGGREGATOR', 'SERVICE_PROVIDER'],
    detail: z.object({
      orderId: z.string(),
      sid: z.string(),
      orderNumber: z.string(),
      ...OF_CONTRACT,
      action: Text('What was done'),
      endDate: z.iso.date().optional().meta({ description: 'Last day that is paid for' }),
    }),
    example: {
      orderId: '6d1f0c52-0f5b-8c14-8a6e-2b7f1d3c9e05',
      sid: 'SID-1007',
      orderNumber: 'VO-2026-118',
      ...EXAMPLE_OF_CONTRACT,
      action: 'endVeloOrder',
      endDate: '2027-03-31',
    },
  },
  PeriodClosed: {
    description: "A run of a period's close has ended and reconciled.",
    parties: [],
    detail: z.object({
      period: Month,
      run: z.string(),
      invoices: z.int().meta({ description: 'How many were issued' }),
      setAside: z.int().meta({ description: 'How many orders could not be billed' }),
    }),
    example: { period: '2026-10', run: '2026-10-1', invoices: 1280, setAside: 2 },
  },
  SubscriptionChanged: {
    description: 'A cloud service was subscribed to for a customer organization, or a subscription was changed.',
    parties: ['AGGREGATOR', 'SERVICE_PROVIDER'],
    detail: z.object({
      subscriptionId: z.string(),
      subscriptionNumber: z.string(),
      ...OF_CONTRACT,
      action: Text('What was done'),
      productCode: z.string(),
      startDate: z.iso.date(),
      endDate: z.iso.date().optional().meta({ description: 'Last day; absent while it is open-ended' }),
    }),
    example: {
      subscriptionId: 'c1a6e2f0-9a50-4b6e-8d2f-0a1b2c3d4e5f_S1',
      subscriptionNumber: '50000042-S1',
      ...EXAMPLE_OF_CONTRACT,
      action: 'orderSubscription',
      productCode: 'CLOUD-HOST',
      startDate: '2026-11-21',
      endDate: '2027-11-20',
    },
  },
  ThresholdCrossed: {
    description:
      'Cloud services of a month have come to more than the threshold of their contract: nothing new is subscribed until it is raised.',
    parties: ['AGGREGATOR', 'SERVICE_PROVIDER'],
    detail: z.object({ ...OF_CONTRACT, usagePeriod: Month }),
    example: { ...EXAMPLE_OF_CONTRACT, usagePeriod: '2026-11' },
  },
  PrepaymentBelowTriggerPoint: {
    description: 'The balance of a PRE-PAY contract has fallen below its trigger point.',
    parties: ['AGGREGATOR'],
    detail: z.object({
      ...CONTRACT,
      aggregatorId: PARTIES.aggregatorId,
      usagePeriod: Month,
      drawn: DecimalText.optional().meta({ description: 'What the billing of the period has taken off' }),
      balance: DecimalText.optional().meta({ description: 'What is left' }),
      triggerPoint: DecimalText.optional().meta({ description: 'Below which it has fallen' }),
      currency: z
        .string()
        .optional()
        .meta({ description: 'Of money families, ISO 4217: all three are amounts in it; without it they are points' }),
    }),
    example: {
      contractId: EXAMPLE_OF_CONTRACT.contractId,
      contractNumber: '50000042',
      aggregatorId: EXAMPLE_PARTIES.aggregatorId,
      usagePeriod: '2026-10',
      drawn: '1250',
      balance: '4750.5',
      triggerPoint: '5000',
      currency: 'USD',
    },
  },
} as const satisfies Record<string, EventDefinition>;

export type EventType = keyof typeof EVENTS;

/** What an event of a type says. */
export type EventDetail<Type extends EventType> = z.infer<(typeof EVENTS)[Type]['detail']>;

/** All types, for what names them. */
export const EVENT_TYPES = Object.keys(EVENTS) as [EventType, ...EventType[]];
