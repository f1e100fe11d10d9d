import * as z from 'zod';
import { EDIT_REASONS, LINE_ORIGINS } from '../../../domain/usage/usage-line.ts';
import { ORDER_HISTORY_LIST } from '../../../use-cases/lists/order-history-list.ts';
import { USAGE_DETAIL_LIST } from '../../../use-cases/lists/usage-list.ts';
import { Decimal, listQuery, pageOf } from '../common.ts';
import type { RouteDefinition } from '../route.ts';
import { Id } from '../text.ts';
import { EXAMPLE_ORDER_PARAMS, EXAMPLE_USAGE } from './examples.ts';

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
    actorName: z.string().optional().meta({ description: 'The name that the user has now' }),
    action: z.string(),
    from: z.string().optional(),
    to: z.string().optional(),
    reason: z.string().optional(),
  })
  .meta({ id: 'BillingOrderHistoryEntry', description: 'Something that has happened to a billing order' });

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
} as const satisfies Record<string, RouteDefinition>;
