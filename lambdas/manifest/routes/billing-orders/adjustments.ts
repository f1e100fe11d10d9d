import * as z from 'zod';
import { CHARGE_LINE_KINDS } from '../../../domain/charging/charge.ts';
import { NoParameters, pageQuery } from '../common.ts';
import type { RouteDefinition } from '../route.ts';
import { Id } from '../text.ts';
import { OrderDecision } from './bodies.ts';
import { EXAMPLE_ORDER_PARAMS, EXAMPLE_PROVIDER_ORDER, EXAMPLE_USAGE, exampleVendorOrder } from './examples.ts';
import { ProviderOrder, VendorOrder } from './structures.ts';

const Exact = z.string().meta({ description: 'Exact decimal' });

const Amount = Exact.optional().meta({
  description: 'What it is charged with, without tax; not for service providers',
});
const Counted = z.object({ quantity: Exact, points: Exact, amount: Amount });
const Charged = z.object({ points: Exact, amount: Exact });

const COUNT = z.int().meta({ description: 'How many there are on all pages' });

const LineDifference = z.object({
  usageLineId: z.string(),
  usagePeriod: z.string(),
  siteName: z.string(),
  productCode: z.string(),
  customerNumber: z.string(),
  uom: z.string(),
  change: z.enum(['ADDED', 'CHANGED', 'REMOVED', 'SAME']),
  billed: Counted.optional(),
  adjusted: Counted.optional(),
  difference: Counted.optional().meta({ description: 'adjusted less billed, each nothing where it is missing' }),
  reason: z.string().optional(),
  comment: z.string().optional().meta({ description: 'What was said of the line, whoever said it last' }),
});

const OtherLineDifference = z.object({
  kind: z.enum(CHARGE_LINE_KINDS),
  usagePeriod: z.string(),
  description: z.string(),
  billed: Charged.optional(),
  adjusted: Charged.optional(),
});

export const AdjustmentDifference = z
  .object({
    revision: z.int().meta({ description: 'Revision of the adjustment' }),
    status: z.string(),
    invoiceNumber: z.string().optional().meta({ description: 'The invoice that it replaces' }),
    lines: z.array(LineDifference).meta({ description: 'A page of the lines, in canonical order' }),
    lineCount: COUNT,
    changedCount: z.int().meta({ description: 'How many of all lines are not the same' }),
    billedPoints: Exact,
    adjustedPoints: Exact,
    currency: z.string().optional(),
    otherLines: z.array(OtherLineDifference).optional().meta({
      description: 'Lines that charge no usage line, such as what is missing to the minimum',
    }),
    billedNet: Exact.optional().meta({ description: 'What was billed, without tax; not for service providers' }),
    adjustedNet: Exact.optional().meta({ description: 'What the next close would bill instead, as all stands now' }),
    difference: Exact.optional().meta({ description: 'adjustedNet less billedNet' }),
  })
  .meta({ id: 'AdjustmentDifference', description: 'What an adjustment makes of the lines that were billed' });

const ArrearsLine = z.object({
  usageLineId: z.string(),
  orderId: z.string(),
  carriedBy: z.string().meta({ description: 'Usage period of the order that carries it' }),
  status: z.string().meta({ description: 'Status of that order' }),
  billed: z.boolean(),
  siteName: z.string(),
  productCode: z.string(),
  customerNumber: z.string(),
  uom: z.string(),
  quantity: Exact,
});

export const OrderArrears = z
  .object({ usagePeriod: z.string(), lines: z.array(ArrearsLine), lineCount: COUNT })
  .meta({ id: 'OrderArrears', description: "Usage of an order's month that came too late for it" });

const COMMON = {
  function: 'adjustmentsApi',
  tag: 'Billing Order',
  params: z.strictObject({ orderId: Id }),
  query: NoParameters,
} as const;
const CHANGE = {
  ...COMMON,
  method: 'POST',
  editable: true,
  body: OrderDecision,
  problems: ['TRANSITION_NOT_ALLOWED', 'ORDER_SEALED', 'CHANGED_MEANWHILE'],
} as const;
const ADJUSTED = { status: 200, description: 'The billing order as it is now', schema: ProviderOrder } as const;
const DECIDED = { status: 200, description: 'The billing order as it is now', schema: VendorOrder } as const;
const PROVIDER_EXAMPLE = (status: 'PENDING_SP' | 'CLOSED') =>
  ({
    params: EXAMPLE_ORDER_PARAMS,
    body: { comment: 'The meter of my_site has counted twice' },
    answer: { ...EXAMPLE_PROVIDER_ORDER, status },
  }) as const;

const DIFFERENCE = {
  ...COMMON,
  method: 'GET',
  summary: 'See what an adjustment changes',
  description:
    'The lines that were billed beside those of the open adjustment, with their points, and for aggregator and vendor with what was billed and would be. Without an adjustment they are the same.',
  query: z.strictObject({
    ...pageQuery,
    changed: z
      .enum(['true', 'false'])
      .default('false')
      .transform((text) => text === 'true')
      .meta({ override: { type: 'boolean', default: false }, description: 'Only lines that are not the same' }),
  }),
  answer: { status: 200, description: 'The difference, line by line', schema: AdjustmentDifference },
  problems: ['NOT_PRICED'],
  example: {
    params: EXAMPLE_ORDER_PARAMS,
    answer: {
      revision: 2,
      status: 'PENDING_AGGREGATOR',
      invoiceNumber: 'INV-2026-000001',
      lines: [
        {
          usageLineId: EXAMPLE_USAGE.id,
          usagePeriod: '2026-10',
          siteName: 'my_site',
          productCode: EXAMPLE_USAGE.code,
          customerNumber: '',
          uom: 'GB vRAM',
          change: 'CHANGED',
          billed: { quantity: '20', points: '60' },
          adjusted: { quantity: '10', points: '30' },
          difference: { quantity: '-10', points: '-30' },
          reason: 'METER_ERROR',
        },
      ],
      lineCount: 3,
      changedCount: 1,
      billedPoints: '1860',
      adjustedPoints: '1830',
    },
  },
} as const;

const ARREARS = {
  ...COMMON,
  method: 'GET',
  summary: "See usage of an order's month that came too late",
  description:
    'What was reported of the month after its order had left the service provider: it waits on a later order, or was billed there. Before the cutoff the order can be sent back to take it.',
  query: z.strictObject(pageQuery),
  answer: { status: 200, description: 'The late usage, wherever it is', schema: OrderArrears },
  problems: [],
  example: {
    params: EXAMPLE_ORDER_PARAMS,
    answer: {
      usagePeriod: '2026-10',
      lines: [
        {
          usageLineId: EXAMPLE_USAGE.id,
          orderId: '5d0c7cf2-0e2f-8a11-8c47-1f2e3d4c5b6a',
          carriedBy: '2026-11',
          status: 'NOT_OPEN',
          billed: false,
          siteName: 'my_site',
          productCode: EXAMPLE_USAGE.code,
          customerNumber: '',
          uom: 'GB vRAM',
          quantity: '12.5',
        },
      ],
      lineCount: 1,
    },
  },
} as const;

const sees = (organizationType: 'SERVICE_PROVIDER' | 'AGGREGATOR' | 'VENDOR') =>
  ({ access: { organizationType, action: 'readAdjustments' } }) as const;

export const adjustmentRoutes = {
  adjustOrder: {
    ...CHANGE,
    access: { organizationType: 'SERVICE_PROVIDER', action: 'adjustBillingOrder' },
    path: '/api/provider/v1/billingOrders/{orderId}/adjust',
    summary: 'Adjust a closed billing order',
    description:
      'Opens the next revision of a closed order on a copy of the lines that were billed, for 90 days after it was closed first. Edited, submitted and approved, it is billed by the next close: the invoice is credited and a new one issued.',
    answer: ADJUSTED,
    problems: [...CHANGE.problems, 'NOT_ADJUSTABLE'],
    example: PROVIDER_EXAMPLE('PENDING_SP'),
  },
  withdrawAdjustment: {
    ...CHANGE,
    access: { organizationType: 'SERVICE_PROVIDER', action: 'withdrawAdjustment' },
    path: '/api/provider/v1/billingOrders/{orderId}/withdraw',
    summary: 'Take back an adjustment',
    description: 'Closes the order again as it was billed, as long as the vendor has not approved the adjustment.',
    answer: ADJUSTED,
    example: PROVIDER_EXAMPLE('CLOSED'),
  },
  approveAdjustment: {
    ...CHANGE,
    access: { organizationType: 'VENDOR', action: 'approveAdjustment' },
    path: '/api/vendor/v1/billingOrders/{orderId}/approveAdjustment',
    summary: 'Approve an adjustment',
    description: 'The next close credits the invoice and bills the order anew.',
    answer: DECIDED,
    example: {
      params: EXAMPLE_ORDER_PARAMS,
      body: { comment: 'Checked with the meter' },
      answer: exampleVendorOrder('PENDING_VENDOR_REFUND'),
    },
  },
  rejectAdjustment: {
    ...CHANGE,
    access: { organizationType: 'VENDOR', action: 'rejectAdjustment' },
    path: '/api/vendor/v1/billingOrders/{orderId}/rejectAdjustment',
    summary: 'Reject an adjustment',
    description: 'The order is closed again as it was billed.',
    answer: DECIDED,
    example: {
      params: EXAMPLE_ORDER_PARAMS,
      body: { comment: 'The usage was real' },
      answer: exampleVendorOrder('CLOSED'),
    },
  },
  readProviderAdjustment: {
    ...DIFFERENCE,
    ...sees('SERVICE_PROVIDER'),
    path: '/api/provider/v1/billingOrders/{orderId}/adjustment',
  },
  readAggregatorAdjustment: {
    ...DIFFERENCE,
    ...sees('AGGREGATOR'),
    path: '/api/aggregator/v1/billingOrders/{orderId}/adjustment',
  },
  readVendorAdjustment: {
    ...DIFFERENCE,
    ...sees('VENDOR'),
    path: '/api/vendor/v1/billingOrders/{orderId}/adjustment',
  },
  readProviderArrears: {
    ...ARREARS,
    ...sees('SERVICE_PROVIDER'),
    path: '/api/provider/v1/billingOrders/{orderId}/arrears',
  },
  readAggregatorArrears: {
    ...ARREARS,
    ...sees('AGGREGATOR'),
    path: '/api/aggregator/v1/billingOrders/{orderId}/arrears',
  },
} as const satisfies Record<string, RouteDefinition>;
