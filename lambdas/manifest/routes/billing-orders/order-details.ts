import * as z from 'zod';
import { BILLING_ORDER_STATUSES } from '../../../domain/billing-order/status.ts';
import { FAMILY_UNITS } from '../../../domain/catalogue/family.ts';
import { CHARGE_LINE_KINDS } from '../../../domain/charging/charge.ts';
import { EDIT_REASONS, LINE_ORIGINS } from '../../../domain/usage/usage-line.ts';
import { ORDER_HISTORY_LIST } from '../../../use-cases/lists/order-history-list.ts';
import { USAGE_DETAIL_LIST } from '../../../use-cases/lists/usage-list.ts';
import { Decimal, listQuery, NoParameters, pageOf, pageQuery } from '../common.ts';
import { EXAMPLE_CONTRACT_ID, EXAMPLE_CONTRACT_PARAMS } from '../contracts/examples.ts';
import type { RouteDefinition } from '../route.ts';
import { Id } from '../text.ts';
import { EXAMPLE_ORDER_ID, EXAMPLE_ORDER_PARAMS, EXAMPLE_USAGE } from './examples.ts';

const Month = z.string().meta({ description: 'Usage period', example: '2026-10' });

const UsageDetail = z
  .strictObject({
    id: z.string(),
    usagePeriod: Month,
    arrears: z.boolean().meta({ description: 'Usage of an earlier period than that of the order' }),
    code: z.string(),
    category: z.string().optional(),
    name: z.string(),
    siteId: z.string().optional(),
    siteName: z.string().optional(),
    customerNumber: z.string().optional(),
    quantity: Decimal,
    uom: z.string(),
    ppu: Decimal,
    points: Decimal,
    inMinCommit: z.boolean(),
    readOnly: z.boolean(),
    origin: z.enum(LINE_ORIGINS).meta({ description: 'How it came in' }),
    prefilled: Decimal.optional().meta({ description: 'What a meter or feed has said last' }),
    edit: z
      .strictObject({
        reason: z.enum(EDIT_REASONS),
        time: z.iso.datetime(),
        original: z
          .strictObject({ quantity: Decimal, siteName: z.string(), customerNumber: z.string() })
          .optional()
          .meta({ description: 'What stood there before; absent where the line was added' }),
      })
      .optional()
      .meta({ description: 'What a person has changed, when and why' }),
    comment: z.string().optional(),
  })
  .meta({ id: 'UsageDetail', description: 'A usage line with where it comes from and what was changed' });

const HistoryEntry = z
  .strictObject({
    time: z.iso.datetime(),
    party: z
      .enum(['SERVICE_PROVIDER', 'AGGREGATOR', 'VENDOR', 'SYSTEM'])
      .meta({ description: 'Whose people did it, or the portal by itself' }),
    actor: z.string().optional().meta({ description: "Id of the user, of the caller's own organization" }),
    action: z.string(),
    from: z.string().optional(),
    to: z.string().optional(),
    reason: z.string().optional(),
  })
  .meta({ id: 'BillingOrderHistoryEntry', description: 'Something that has happened to a billing order' });

const TOTALS = {
  minimumCommit: Decimal,
  reported: Decimal,
  outsideCommit: Decimal,
  overage: Decimal,
  underage: Decimal,
  total: Decimal,
  net: Decimal.optional().meta({ description: 'What it costs, without tax; absent where the caller sees points only' }),
};

const EstimateLine = z.strictObject({
  kind: z.enum(CHARGE_LINE_KINDS),
  usagePeriod: Month,
  description: z.string(),
  siteName: z.string(),
  productCode: z.string(),
  customerNumber: z.string(),
  uom: z.string(),
  quantity: Decimal.optional(),
  points: Decimal,
  inMinCommit: z.boolean(),
  unitPrice: Decimal.optional().meta({
    description: 'Of a point; of usage of a money family the list price of a unit',
  }),
  discount: Decimal.optional().meta({ description: 'Percent taken off that price, of usage of a money family' }),
  amount: Decimal.optional(),
  usageId: z.string().optional().meta({ description: 'The usage line that it charges' }),
});

const Estimate = z
  .strictObject({
    orderId: z.string(),
    usagePeriod: Month,
    revision: z.int(),
    status: z.enum(BILLING_ORDER_STATUSES),
    asOf: z.iso.datetime(),
    unit: z.enum(FAMILY_UNITS).meta({ description: 'What totals are counted in; MONEY in the currency' }),
    currency: z.string(),
    ...TOTALS,
    prepayment: z
      .strictObject({ balanceBefore: Decimal, drawn: Decimal, balanceAfter: Decimal })
      .optional()
      .meta({ description: 'PRE-PAY: what it would draw' }),
    lines: z.array(EstimateLine).meta({ description: 'As an invoice would print them: those that the page has' }),
    lineCount: z.int().meta({ description: 'Lines on all pages' }),
  })
  .meta({
    id: 'BillingOrderEstimate',
    description: 'What an open order would be billed with now. Nobody is held to it',
  });

const ForecastTotals = z.strictObject(TOTALS).meta({ id: 'ForecastTotals' });
const Forecast = z
  .strictObject({
    contractId: z.string(),
    usagePeriod: Month,
    asOf: z.iso.datetime(),
    unit: z.enum(FAMILY_UNITS),
    currency: z.string(),
    method: z.string().meta({ description: 'How the end of the month was told, for people' }),
    elapsedDays: z.int().meta({ description: 'Days of the month that are over and billed' }),
    days: z.int().meta({ description: 'Days of the month that are billed' }),
    now: ForecastTotals,
    atMonthEnd: ForecastTotals,
  })
  .meta({ id: 'ContractForecast', description: 'What the running month of a contract is going to come to' });

const READ = { method: 'GET', function: 'billingOrdersApi', tag: 'Billing Order', problems: [] } as const;
const ONE = { ...READ, params: z.strictObject({ orderId: Id }) } as const;

const DETAILS = {
  ...ONE,
  summary: 'List the usage lines of a billing order in full',
  description:
    'The usage lines with how they came in, what a meter or feed has said, and what was changed why: the original value stays.',
  query: z.strictObject(listQuery(USAGE_DETAIL_LIST)),
  answer: {
    status: 200,
    description: 'A page of usage lines',
    schema: pageOf(UsageDetail).meta({ id: 'PageOfUsageDetail' }),
  },
  example: {
    params: EXAMPLE_ORDER_PARAMS,
    query: { filter: 'edit.reason!=*' },
    answer: {
      content: [
        {
          id: EXAMPLE_USAGE.id,
          usagePeriod: '2026-10',
          arrears: false,
          code: EXAMPLE_USAGE.code,
          category: EXAMPLE_USAGE.category,
          name: EXAMPLE_USAGE.name,
          siteId: EXAMPLE_USAGE.siteId,
          siteName: EXAMPLE_USAGE.siteName,
          quantity: '10',
          uom: 'GB vRAM',
          ppu: '3',
          points: '30',
          inMinCommit: true,
          readOnly: false,
          origin: 'METER',
          prefilled: '10',
        },
      ],
      total: 1,
    },
  },
} as const;

const HISTORY = {
  ...ONE,
  summary: 'Read the history of a billing order',
  description: 'Who has done what with an order, when and why. Users of other organizations are not named.',
  query: z.strictObject(listQuery(ORDER_HISTORY_LIST)),
  answer: {
    status: 200,
    description: 'A page of entries, the newest first',
    schema: pageOf(HistoryEntry).meta({ id: 'PageOfBillingOrderHistoryEntry' }),
  },
  example: {
    params: EXAMPLE_ORDER_PARAMS,
    answer: {
      content: [
        {
          time: '2026-11-06T08:14:56.000Z',
          party: 'AGGREGATOR',
          action: 'sendBack',
          from: 'PENDING_AGGREGATOR',
          to: 'PENDING_SP',
          reason: 'The vSAN usage is twice that of September: please check',
        },
      ],
      total: 1,
    },
  },
} as const;

const EXAMPLE_TOTALS = {
  minimumCommit: '1800',
  reported: '1830',
  outsideCommit: '0',
  overage: '30',
  underage: '0',
  total: '1830',
};
const EXAMPLE_LINE = {
  kind: 'USAGE',
  usagePeriod: '2026-10',
  description: EXAMPLE_USAGE.name,
  siteName: EXAMPLE_USAGE.siteName,
  productCode: EXAMPLE_USAGE.code,
  customerNumber: '',
  uom: 'GB vRAM',
  quantity: '10',
  points: '30',
  inMinCommit: true,
  usageId: EXAMPLE_USAGE.id,
} as const;
const EXAMPLE_ESTIMATE = {
  orderId: EXAMPLE_ORDER_ID,
  usagePeriod: '2026-10',
  revision: 1,
  status: 'PENDING_SP',
  asOf: '2026-11-03T09:00:00.000Z',
  unit: 'POINTS',
  currency: 'USD',
  ...EXAMPLE_TOTALS,
  lines: [EXAMPLE_LINE],
  lineCount: 2,
} as const;
const EXAMPLE_PRICED = {
  ...EXAMPLE_ESTIMATE,
  net: '1610.40',
  lines: [{ ...EXAMPLE_LINE, unitPrice: '0.88', amount: '26.40' }],
} as const;

const ESTIMATE = {
  ...ONE,
  summary: 'Estimate a billing order',
  query: z.strictObject(pageQuery),
  answer: { status: 200, description: 'The estimate', schema: Estimate },
  problems: ['TRANSITION_NOT_ALLOWED', 'NOT_PRICED'],
  example: { params: EXAMPLE_ORDER_PARAMS, query: { limit: '1' }, answer: EXAMPLE_PRICED },
} as const;
const ESTIMATED = 'What an open order would be billed with, were it billed as it is now, by the terms of its period.';

const FORECAST = {
  ...READ,
  tag: 'Contract',
  params: z.strictObject({ contractId: Id }),
  query: NoParameters,
  summary: 'Forecast the running month of a contract',
  description:
    'What the running month comes to by now, and at its end if metered usage goes on as on the days that are over; usage that was reported by hand stays as it is.',
  answer: { status: 200, description: 'The forecast', schema: Forecast },
  problems: ['CONTRACT_STATUS', 'NOT_PRICED'],
  example: {
    params: EXAMPLE_CONTRACT_PARAMS,
    answer: {
      contractId: EXAMPLE_CONTRACT_ID,
      usagePeriod: '2026-11',
      asOf: '2026-11-11T09:00:00.000Z',
      unit: 'POINTS',
      currency: 'USD',
      method: 'Metered usage × 30 ÷ 10 days; what was reported by hand as it is',
      elapsedDays: 10,
      days: 30,
      now: { ...EXAMPLE_TOTALS, reported: '700', overage: '0', underage: '1100', total: '1800' },
      atMonthEnd: { ...EXAMPLE_TOTALS, reported: '2100', overage: '300', total: '2100' },
    },
  },
} as const;

const VENDOR = { organizationType: 'VENDOR', action: 'readOrders' } as const;
const AGGREGATOR = { organizationType: 'AGGREGATOR', action: 'readOrders' } as const;
const PROVIDER = { organizationType: 'SERVICE_PROVIDER', action: 'readOrders' } as const;

export const orderDetailRoutes = {
  listAggregatorUsageDetails: {
    ...DETAILS,
    path: '/api/aggregator/v1/billingOrders/{orderId}/usageDetails',
    access: AGGREGATOR,
  },
  listProviderUsageDetails: {
    ...DETAILS,
    path: '/api/provider/v1/billingOrders/{orderId}/usageDetails',
    access: PROVIDER,
  },
  listVendorUsageDetails: {
    ...DETAILS,
    path: '/api/vendor/v1/billingOrders/{orderId}/usageDetails',
    access: VENDOR,
  },
  readAggregatorOrderHistory: {
    ...HISTORY,
    path: '/api/aggregator/v1/billingOrders/{orderId}/history',
    access: AGGREGATOR,
  },
  readProviderOrderHistory: {
    ...HISTORY,
    path: '/api/provider/v1/billingOrders/{orderId}/history',
    access: PROVIDER,
  },
  readVendorOrderHistory: { ...HISTORY, path: '/api/vendor/v1/billingOrders/{orderId}/history', access: VENDOR },
  estimateAggregatorOrder: {
    ...ESTIMATE,
    path: '/api/aggregator/v1/billingOrders/{orderId}/estimate',
    access: AGGREGATOR,
    description: ESTIMATED,
  },
  estimateProviderOrder: {
    ...ESTIMATE,
    path: '/api/provider/v1/billingOrders/{orderId}/estimate',
    access: PROVIDER,
    description: `${ESTIMATED} Of families that are counted in points, points only.`,
    example: { ...ESTIMATE.example, answer: EXAMPLE_ESTIMATE },
  },
  estimateVendorOrder: {
    ...ESTIMATE,
    path: '/api/vendor/v1/billingOrders/{orderId}/estimate',
    access: VENDOR,
    description: ESTIMATED,
  },
  forecastAggregatorContract: {
    ...FORECAST,
    path: '/api/aggregator/v1/contracts/{contractId}/forecast',
    access: { organizationType: 'AGGREGATOR', action: 'forecastContracts' },
  },
  forecastProviderContract: {
    ...FORECAST,
    path: '/api/provider/v1/contracts/{contractId}/forecast',
    access: { organizationType: 'SERVICE_PROVIDER', action: 'forecastContracts' },
  },
} as const satisfies Record<string, RouteDefinition>;
