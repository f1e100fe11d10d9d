import * as z from 'zod';
import { BILLING_ORDER_STATUSES } from '../../../domain/billing-order/status.ts';
import { ACTIVITY_LIST } from '../../../use-cases/lists/activity-list.ts';
import { ALERT_LIST, ALERT_TYPES } from '../../../use-cases/lists/alert-list.ts';
import { UnbilledOrder } from '../closes.ts';
import { Decimal, listQuery, NoParameters, PeriodText, pageOf } from '../common.ts';
import type { RouteDefinition } from '../route.ts';

const MonthPoints = { usagePeriod: z.string(), points: Decimal };

const UsageStatistics = z
  .strictObject({
    months: z.array(z.string()).meta({ description: 'The last 12 months, oldest first' }),
    contracts: z
      .array(
        z.strictObject({
          contractNumber: z.string(),
          skuCode: z.string(),
          points: Decimal,
          months: z.array(z.strictObject(MonthPoints)),
        }),
      )
      .meta({ description: 'What was billed of each, minimums that were not reached among it' }),
    products: z
      .array(
        z.strictObject({
          productCode: z.string(),
          description: z.string(),
          uom: z.string(),
          points: Decimal,
          months: z.array(z.strictObject({ ...MonthPoints, quantity: Decimal })),
        }),
      )
      .meta({ description: 'What was used of each; late usage counts in its own month' }),
  })
  .meta({ id: 'UsageStatistics', description: 'What was billed of the last 12 months, by contract and by product' });

const OrderCounts = z.strictObject({
  total: z.int(),
  overdue: z.int().meta({ description: 'Of these, whose next step is overdue' }),
  byStatus: z.array(z.strictObject({ status: z.enum(BILLING_ORDER_STATUSES), count: z.int() })),
});

const RANKED = { rank: z.int(), points: Decimal, documents: z.int() };

const AggregatorDashboard = z
  .strictObject({
    orders: OrderCounts.meta({ description: 'Billing orders in progress' }),
    rankedPeriod: z.string().optional().meta({ description: 'The month ranked; absent while nothing was billed' }),
    serviceProviders: z.array(z.strictObject({ ...RANKED, prmId: z.string(), name: z.string() })),
    skus: z.array(z.strictObject({ ...RANKED, code: z.string() })),
  })
  .meta({ id: 'AggregatorDashboard', description: 'Orders in progress, and who and what was billed most points' });

const VendorDashboard = z
  .strictObject({
    closes: z.array(
      z.strictObject({
        period: z.string(),
        state: z.enum(['RUNNING', 'COMPLETE', 'INCOMPLETE']),
        currentRun: z.int(),
      }),
    ),
    unbilled: z.array(UnbilledOrder).meta({ description: 'What closes have left unbilled, the oldest first' }),
    period: z.string(),
    orders: OrderCounts.meta({ description: 'Billing orders of the period' }),
  })
  .meta({ id: 'VendorDashboard', description: 'Closes, what they have left unbilled, and the orders of a month' });

const Alert = z
  .strictObject({
    id: z.string(),
    type: z.enum(ALERT_TYPES),
    contractId: z.string(),
    contractNumber: z.string().optional(),
    serviceProviderPrmId: z.string().optional(),
    orderId: z.string().optional(),
    usagePeriod: z.string().optional(),
    status: z.string().meta({ description: 'Of the order, or of the contract' }),
    date: z.iso.date().optional().meta({ description: "Last day it is in time, or the contract's last day" }),
  })
  .meta({ id: 'Alert', description: 'Something that needs attention, gone when that is no more so' });

const Activity = z
  .strictObject({
    time: z.iso.datetime(),
    action: z.string(),
    subject: z.string().meta({ description: 'Kind of what it was done to', example: 'ORDER' }),
    subjectId: z.string(),
  })
  .meta({ id: 'Activity', description: 'Something that was done lately' });

const READ = {
  method: 'GET',
  function: 'dashboardsApi',
  tag: 'Dashboards',
  params: NoParameters,
  problems: [],
} as const;
const VENDOR = { organizationType: 'VENDOR', action: 'readDashboards' } as const;
const AGGREGATOR = { organizationType: 'AGGREGATOR', action: 'readDashboards' } as const;
const PROVIDER = { organizationType: 'SERVICE_PROVIDER', action: 'readDashboards' } as const;

const ACTIVITY = {
  ...READ,
  summary: 'List recent activity',
  description:
    "What has happened lately in the caller's organization, the latest first: at most 400 entries of its audit trail, without those about people, and without who did it.",
  query: z.strictObject(listQuery(ACTIVITY_LIST)),
  answer: {
    status: 200,
    description: 'A page of entries',
    schema: pageOf(Activity).meta({ id: 'PageOfActivity' }),
  },
  example: {
    query: { filter: 'subject==ORDER' },
    answer: {
      content: [{ time: '2026-11-08T09:00:00.000Z', action: 'approve', subject: 'ORDER', subjectId: 'O-0001' }],
      total: 1,
    },
  },
} as const;

const EXAMPLE_COUNTS = { total: 12, overdue: 2, byStatus: [{ status: 'PENDING_AGGREGATOR', count: 12 }] } as const;

export const dashboardRoutes = {
  getProviderUsageStatistics: {
    ...READ,
    access: PROVIDER,
    path: '/api/provider/v1/dashboard/usage',
    summary: 'Get usage statistics',
    description:
      'What was billed of the last 12 months, by contract and by product, in points: corrections counted in.',
    query: NoParameters,
    answer: { status: 200, description: 'The statistics', schema: UsageStatistics },
    example: {
      answer: {
        months: ['2026-10'],
        contracts: [
          {
            contractNumber: '40000001',
            skuCode: 'VSPP3-1800-C',
            points: '1830',
            months: [{ usagePeriod: '2026-10', points: '1830' }],
          },
        ],
        products: [
          {
            productCode: 'FLEX-CORE',
            description: 'Flex Core',
            uom: 'GB vRAM',
            points: '1830',
            months: [{ usagePeriod: '2026-10', points: '1830', quantity: '410' }],
          },
        ],
      },
    },
  },
  getAggregatorDashboard: {
    ...READ,
    access: AGGREGATOR,
    path: '/api/aggregator/v1/dashboard',
    summary: 'Get the dashboard',
    description:
      'Billing orders in progress by status; service providers and SKUs by the points that were billed of a month, corrections counted in.',
    query: z.strictObject({
      rankedPeriod: PeriodText.optional().meta({
        description: 'Month to rank; the latest billed unless told otherwise',
      }),
    }),
    answer: { status: 200, description: 'The dashboard', schema: AggregatorDashboard },
    example: {
      query: { rankedPeriod: '2026-10' },
      answer: {
        orders: EXAMPLE_COUNTS,
        rankedPeriod: '2026-10',
        serviceProviders: [{ rank: 1, prmId: '2000001', name: 'Ålesund Hosting AS', points: '1830', documents: 1 }],
        skus: [{ rank: 1, code: 'VSPP3-1800-C', points: '1830', documents: 1 }],
      },
    },
  },
  listAggregatorAlerts: {
    ...READ,
    access: AGGREGATOR,
    path: '/api/aggregator/v1/dashboard/alerts',
    summary: 'List alerts',
    description:
      'Orders whose next step is overdue, orders in review with abnormal usage, contracts that end within 60 days: first what is due first.',
    query: z.strictObject(listQuery(ALERT_LIST)),
    answer: { status: 200, description: 'A page of alerts', schema: pageOf(Alert).meta({ id: 'PageOfAlert' }) },
    example: {
      query: { filter: 'type==OVERDUE_ORDER' },
      answer: {
        content: [
          {
            id: 'OVERDUE_ORDER#O-0001',
            type: 'OVERDUE_ORDER',
            contractId: 'C-0001',
            contractNumber: '40000001',
            serviceProviderPrmId: '2000001',
            orderId: 'O-0001',
            usagePeriod: '2026-10',
            status: 'PENDING_SP',
            date: '2026-11-05',
          },
        ],
        total: 1,
      },
    },
  },
  listProviderActivity: { ...ACTIVITY, access: PROVIDER, path: '/api/provider/v1/dashboard/activity' },
  listAggregatorActivity: { ...ACTIVITY, access: AGGREGATOR, path: '/api/aggregator/v1/dashboard/activity' },
  listVendorActivity: { ...ACTIVITY, access: VENDOR, path: '/api/vendor/v1/dashboard/activity' },
  getVendorDashboard: {
    ...READ,
    access: VENDOR,
    path: '/api/vendor/v1/dashboard',
    summary: 'Get the dashboard',
    description:
      'The latest closes, what they have left unbilled with its age, and the billing orders of a month by status.',
    query: z.strictObject({
      period: PeriodText.optional().meta({
        description: 'Month of the orders; the one before the running one unless told otherwise',
      }),
    }),
    answer: { status: 200, description: 'The dashboard', schema: VendorDashboard },
    example: {
      query: { period: '2026-10' },
      answer: {
        closes: [{ period: '2026-10', state: 'INCOMPLETE', currentRun: 2 }],
        unbilled: [
          {
            orderId: 'O-0002',
            contractNumber: '40000002',
            aggregatorId: 'AGG-0001',
            serviceProvider: 'Ålesund Hosting AS',
            usagePeriod: '2026-10',
            code: 'SKU_NOT_PRICED',
            reason: 'The price list 2026-07 has no price for SKU VSPP3-360-C',
            ageDays: 12,
          },
        ],
        period: '2026-10',
        orders: EXAMPLE_COUNTS,
      },
    },
  },
} as const satisfies Record<string, RouteDefinition>;
