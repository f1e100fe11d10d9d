import * as z from 'zod';
import { COMMENT_LIST } from '../../../use-cases/lists/comment-list.ts';
import { VENDOR_ORDER_LIST } from '../../../use-cases/lists/order-list.ts';
import { USAGE_LIST } from '../../../use-cases/lists/usage-list.ts';
import { listQuery, NoParameters, PeriodText } from '../common.ts';
import type { RouteDefinition } from '../route.ts';
import { Id } from '../text.ts';
import { OrderDecision } from './bodies.ts';
import { EXAMPLE_COMMENT, EXAMPLE_ORDER_PARAMS, EXAMPLE_USAGE, exampleVendorOrder } from './examples.ts';
import { PageOfOrderComment, PageOfUsage, PageOfVendorOrder, VendorOrder } from './structures.ts';

const READ = {
  method: 'GET',
  function: 'billingOrdersApi',
  access: { organizationType: 'VENDOR', action: 'readOrders' },
  tag: 'Billing Order',
  problems: [],
} as const;
const ONE = { params: z.strictObject({ orderId: Id }) } as const;
const DECIDE = {
  ...ONE,
  method: 'POST',
  function: 'orderDecisionsApi',
  access: { organizationType: 'VENDOR', action: 'decideOrders' },
  tag: 'Billing Order',
  query: NoParameters,
  editable: true,
  body: OrderDecision,
  answer: { status: 200, description: 'The billing order as it is now', schema: VendorOrder },
  problems: ['TRANSITION_NOT_ALLOWED', 'ORDER_SEALED', 'CHANGED_MEANWHILE'],
} as const;

export const vendorOrderRoutes = {
  listVendorOrders: {
    ...READ,
    path: '/api/vendor/v1/billingOrders',
    summary: 'List billing orders',
    description: 'The monthly billing orders of a usage period, of an aggregator, or of both: one of them is needed.',
    params: NoParameters,
    query: z.strictObject({
      ...listQuery(VENDOR_ORDER_LIST),
      usagePeriod: PeriodText.optional(),
      aggregatorId: Id.optional(),
    }),
    answer: { status: 200, description: 'A page of billing orders', schema: PageOfVendorOrder },
    example: {
      query: { usagePeriod: '2026-10', filter: 'status==PENDING_VENDOR' },
      answer: { content: [exampleVendorOrder('PENDING_VENDOR')], total: 1 },
    },
  },
  getVendorOrder: {
    ...READ,
    ...ONE,
    path: '/api/vendor/v1/billingOrders/{orderId}',
    editable: true,
    summary: 'Get a billing order',
    description: 'An order as it is now. Until it is billed, its summary is what it would be billed with.',
    query: NoParameters,
    answer: { status: 200, description: 'The billing order', schema: VendorOrder },
    example: { params: EXAMPLE_ORDER_PARAMS, answer: exampleVendorOrder('PENDING_VENDOR') },
  },
  listVendorUsages: {
    ...READ,
    ...ONE,
    path: '/api/vendor/v1/billingOrders/{orderId}/usages',
    summary: 'List the usage lines of a billing order',
    description: 'What is reported, with its points.',
    query: z.strictObject(listQuery(USAGE_LIST)),
    answer: { status: 200, description: 'A page of usage lines', schema: PageOfUsage },
    example: { params: EXAMPLE_ORDER_PARAMS, answer: { content: [EXAMPLE_USAGE], total: 1 } },
  },
  listVendorComments: {
    ...READ,
    ...ONE,
    path: '/api/vendor/v1/billingOrders/{orderId}/comments',
    summary: 'List the comments on a billing order',
    description: 'What was said of the order by its parties and by the vendor.',
    query: z.strictObject(listQuery(COMMENT_LIST)),
    answer: { status: 200, description: 'A page of comments, the oldest first', schema: PageOfOrderComment },
    example: { params: EXAMPLE_ORDER_PARAMS, answer: { content: [EXAMPLE_COMMENT], total: 1 } },
  },
  rejectOrder: {
    ...DECIDE,
    path: '/api/vendor/v1/billingOrders/{orderId}/reject',
    summary: 'Reject a billing order',
    description:
      'Refuses an order that its aggregator has approved (`PENDING_VENDOR`). It goes back to the aggregator at once.',
    example: {
      params: EXAMPLE_ORDER_PARAMS,
      body: { comment: 'The purchase order has expired' },
      answer: exampleVendorOrder('PENDING_AGGREGATOR'),
    },
  },
  cancelOrder: {
    ...DECIDE,
    path: '/api/vendor/v1/billingOrders/{orderId}/cancel',
    summary: 'Cancel a billing order',
    description:
      'Ends an open order for good: nothing is billed for its month, nor late usage of it, which is taken off the orders ' +
      'that carry it. Refused (`ARREARS_STAND`) where one of those is submitted already, and where the order itself carries ' +
      'usage of an earlier month that a person has written or changed; what meters have told goes on the next order.',
    problems: [...DECIDE.problems, 'ARREARS_STAND'],
    example: {
      params: EXAMPLE_ORDER_PARAMS,
      body: { comment: 'The contract was made in error' },
      answer: (({ summary: _summary, ...order }) => order)(exampleVendorOrder('CANCELLED')),
    },
  },
} as const satisfies Record<string, RouteDefinition>;
