import * as z from 'zod';
import { BILLING_ORDER_STATUSES } from '../../../domain/billing-order/status.ts';
import { FAMILY_UNITS } from '../../../domain/catalogue/family.ts';
import { CHARGE_LINE_KINDS } from '../../../domain/charging/charge.ts';
import { Decimal, NoParameters, pageQuery } from '../common.ts';
import { EXAMPLE_CONTRACT_ID, EXAMPLE_CONTRACT_PARAMS } from '../contracts/example-ids.ts';
import type { RouteDefinition } from '../route.ts';
import { Id } from '../text.ts';
import { EXAMPLE_ORDER_ID, EXAMPLE_ORDER_PARAMS, EXAMPLE_USAGE } from './examples.ts';

const Month = z.string().meta({ description: 'Usage period', example: '2026-10' });

const TOTALS = {
  minimumCommit: Decimal,
  reported: Decimal,
  outsideCommit: Decimal,
  overage: Decimal,
  underage: Decimal,
  arrears: Decimal.optional().meta({ description: 'What usage of earlier months adds to the total' }),
  total: Decimal,
  net: Decimal.optional().meta({ description: 'What it costs, without tax; absent where the caller sees points only' }),
};

const LATE_MONTHS = z
  .array(
    z.strictObject({
      usagePeriod: Month,
      points: Decimal.optional().meta({
        description: "What it adds to that month; absent as long as the month's own order is not billed",
      }),
      net: Decimal.optional(),
    }),
  )
  .meta({ description: 'Earlier months whose usage the order carries' });

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
    lateMonths: LATE_MONTHS,
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
    lateMonths: LATE_MONTHS,
  })
  .meta({ id: 'ContractForecast', description: 'What the running month of a contract is going to come to' });

const READ = { method: 'GET', function: 'estimatesApi', tag: 'Billing Order', problems: [] } as const;

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
  lateMonths: [],
  lines: [EXAMPLE_LINE],
  lineCount: 2,
} as const;
const EXAMPLE_PRICED = {
  ...EXAMPLE_ESTIMATE,
  net: '1610.40',
  lines: [{ ...EXAMPLE_LINE, unitPrice: '0.88', amount: '26.40' }],
} as const;

const ESTIMATE = {
  ...READ,
  params: z.strictObject({ orderId: Id }),
  summary: 'Estimate a billing order',
  query: z.strictObject(pageQuery),
  answer: { status: 200, description: 'The estimate', schema: Estimate },
  problems: ['TRANSITION_NOT_ALLOWED', 'NOT_PRICED'],
  example: { params: EXAMPLE_ORDER_PARAMS, query: { limit: '1' }, answer: EXAMPLE_PRICED },
} as const;
const ESTIMATED =
  'What an open order would be billed with, were it billed as it is now, by the terms of its period; usage of earlier months by what it adds to those.';

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
      lateMonths: [],
    },
  },
} as const;

const VENDOR = { organizationType: 'VENDOR', action: 'readOrders' } as const;
const AGGREGATOR = { organizationType: 'AGGREGATOR', action: 'readOrders' } as const;
const PROVIDER = { organizationType: 'SERVICE_PROVIDER', action: 'readOrders' } as const;

/** What open orders and running months would be billed with. */
export const estimateRoutes = {
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
