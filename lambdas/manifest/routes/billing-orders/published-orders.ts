import * as z from 'zod';
import { COMMENT_LIST } from '../../../use-cases/lists/comment-list.ts';
import { AGGREGATOR_ORDER_LIST, PROVIDER_ORDER_LIST } from '../../../use-cases/lists/order-list.ts';
import { USAGE_LIST } from '../../../use-cases/lists/usage-list.ts';
import { listQuery, NoContent, NoParameters } from '../common.ts';
import type { RouteDefinition } from '../route.ts';
import { Id } from '../text.ts';
import {
  ApproveBillingOrderRequest,
  OrderCommentRequest,
  SendBackBillingOrderRequest,
  SubmitRequest,
} from './bodies.ts';
import {
  EXAMPLE_COMMENT,
  EXAMPLE_ORDER_PARAMS,
  EXAMPLE_PROVIDER_ORDER,
  EXAMPLE_USAGE,
  exampleOrder,
} from './examples.ts';
import {
  AggregatorOrder,
  OrderComment,
  PageOfAggregatorOrder,
  PageOfOrderComment,
  PageOfProviderOrder,
  PageOfUsage,
  ProviderOrder,
} from './structures.ts';

const PUBLISHED = { published: true, tag: 'Billing Order' } as const;
const READ = { ...PUBLISHED, method: 'GET', function: 'billingOrdersApi', problems: [] } as const;
const DECIDE = { ...PUBLISHED, method: 'POST', function: 'orderDecisionsApi' } as const;
const ONE = { params: z.strictObject({ orderId: Id }), query: z.object({}) } as const;
const REFUSALS = ['TRANSITION_NOT_ALLOWED', 'ORDER_SEALED', 'CHANGED_MEANWHILE'] as const;

const LIST = { ...READ, summary: 'List billing orders', params: NoParameters } as const;
const GET = { ...READ, ...ONE, editable: true, summary: 'Get a billing order' } as const;
const USAGES = {
  ...READ,
  ...ONE,
  query: z.object(listQuery(USAGE_LIST)),
  summary: 'List the usage lines of a billing order',
  description: 'What is reported, with its points. While an adjustment is open, the lines of the adjustment.',
  answer: { status: 200, description: 'A page of usage lines', schema: PageOfUsage },
  example: {
    params: EXAMPLE_ORDER_PARAMS,
    query: { filter: 'code==VMW-VSAN*' },
    answer: { content: [EXAMPLE_USAGE], total: 1 },
  },
} as const;
const COMMENTS = {
  ...READ,
  ...ONE,
  query: z.object(listQuery(COMMENT_LIST)),
  summary: 'List the comments on a billing order',
  description: 'What was said of the order by its parties, and by the vendor where it has decided of it.',
  answer: { status: 200, description: 'A page of comments, the oldest first', schema: PageOfOrderComment },
  example: { params: EXAMPLE_ORDER_PARAMS, answer: { content: [EXAMPLE_COMMENT], total: 1 } },
} as const;
const COMMENT = {
  ...DECIDE,
  ...ONE,
  summary: 'Comment on a billing order',
  description: 'Says something of an order, in whatever state it is. Both of its parties read it.',
  body: OrderCommentRequest,
  answer: { status: 200, description: 'The comment', schema: OrderComment },
  problems: [],
  example: { params: EXAMPLE_ORDER_PARAMS, body: { content: EXAMPLE_COMMENT.content }, answer: EXAMPLE_COMMENT },
} as const;

const AGGREGATOR = { organizationType: 'AGGREGATOR', action: 'readOrders' } as const;
const PROVIDER = { organizationType: 'SERVICE_PROVIDER', action: 'readOrders' } as const;
const REVIEW = { organizationType: 'AGGREGATOR', action: 'reviewOrders' } as const;

export const publishedOrderRoutes = {
  listAggregatorOrders: {
    ...LIST,
    path: '/api/aggregator/v1/billingOrders',
    access: AGGREGATOR,
    description:
      "The monthly billing orders of the contracts that the caller's organization holds. A filter with `usagePeriod==` reads the orders of that period alone.",
    query: z.object(listQuery(AGGREGATOR_ORDER_LIST)),
    answer: { status: 200, description: 'A page of billing orders', schema: PageOfAggregatorOrder },
    example: {
      query: { filter: 'usagePeriod==2026-10;status==PENDING_AGGREGATOR' },
      answer: { content: [exampleOrder('PENDING_AGGREGATOR')], total: 1 },
    },
  },
  getAggregatorOrder: {
    ...GET,
    path: '/api/aggregator/v1/billingOrders/{orderId}',
    access: AGGREGATOR,
    description: 'An order as it is now. Until it is billed, its summary is what it would be billed with.',
    answer: { status: 200, description: 'The billing order', schema: AggregatorOrder },
    example: { params: EXAMPLE_ORDER_PARAMS, answer: exampleOrder('PENDING_AGGREGATOR') },
  },
  listAggregatorUsages: { ...USAGES, path: '/api/aggregator/v1/billingOrders/{orderId}/usages', access: AGGREGATOR },
  approveOrder: {
    ...DECIDE,
    ...ONE,
    path: '/api/aggregator/v1/billingOrders/{orderId}/approve',
    access: REVIEW,
    editable: true,
    summary: 'Approve a billing order',
    description:
      'From `PENDING_AGGREGATOR` to `PENDING_VENDOR`: the next close bills it. An adjustment goes to `PENDING_APPROVAL`, for the vendor to decide of.',
    body: ApproveBillingOrderRequest,
    answer: { status: 200, description: 'The billing order as it is now', schema: AggregatorOrder },
    problems: REFUSALS,
    example: {
      params: EXAMPLE_ORDER_PARAMS,
      body: {
        serviceProviderPurchaseOrder: 'VMW202610',
        vmwarePurchaseOrder: 'PO-100000',
        billingOrderPreference: 'ONLINE',
      },
      answer: exampleOrder('PENDING_VENDOR'),
    },
  },
  sendBackOrder: {
    ...DECIDE,
    ...ONE,
    path: '/api/aggregator/v1/billingOrders/{orderId}/sendBack',
    access: REVIEW,
    editable: true,
    summary: 'Send a billing order back',
    description: 'From `PENDING_AGGREGATOR` to `PENDING_SP`: the service provider reports it anew. Adjustments alike.',
    body: SendBackBillingOrderRequest,
    answer: { status: 200, description: 'The billing order as it is now', schema: AggregatorOrder },
    problems: REFUSALS,
    example: {
      params: EXAMPLE_ORDER_PARAMS,
      body: { comment: EXAMPLE_COMMENT.content },
      answer: exampleOrder('PENDING_SP'),
    },
  },
  listAggregatorComments: {
    ...COMMENTS,
    path: '/api/aggregator/v1/billingOrders/{orderId}/comments',
    access: AGGREGATOR,
  },
  addAggregatorComment: {
    ...COMMENT,
    path: '/api/aggregator/v1/billingOrders/{orderId}/comments',
    access: { organizationType: 'AGGREGATOR', action: 'commentOrders' },
  },
  listProviderOrders: {
    ...LIST,
    path: '/api/provider/v1/billingOrders',
    access: PROVIDER,
    description: "The monthly billing orders of the contracts of the caller's organization.",
    query: z.object(listQuery(PROVIDER_ORDER_LIST)),
    answer: { status: 200, description: 'A page of billing orders', schema: PageOfProviderOrder },
    example: { query: { filter: 'status==CLOSED' }, answer: { content: [EXAMPLE_PROVIDER_ORDER], total: 1 } },
  },
  getProviderOrder: {
    ...GET,
    path: '/api/provider/v1/billingOrders/{orderId}',
    access: PROVIDER,
    description: 'An order as it is now. Until it is billed, its summary is what it would be billed with.',
    answer: { status: 200, description: 'The billing order', schema: ProviderOrder },
    example: { params: EXAMPLE_ORDER_PARAMS, answer: EXAMPLE_PROVIDER_ORDER },
  },
  listProviderUsages: { ...USAGES, path: '/api/provider/v1/billingOrders/{orderId}/usages', access: PROVIDER },
  submitOrder: {
    ...DECIDE,
    ...ONE,
    path: '/api/provider/v1/billingOrders/{orderId}/submit',
    access: { organizationType: 'SERVICE_PROVIDER', action: 'submitOrders' },
    editable: true,
    summary: 'Submit a billing order',
    description:
      'From `PENDING_SP` to `PENDING_AGGREGATOR`, an order or an adjustment of one. One without any usage line is taken: its history says that nothing was reported.',
    body: SubmitRequest,
    answer: { status: 204, description: 'It is submitted', schema: NoContent },
    problems: REFUSALS,
    example: { params: EXAMPLE_ORDER_PARAMS, body: { serviceProviderPurchaseOrder: 'VMW202610' } },
  },
  listProviderComments: {
    ...COMMENTS,
    path: '/api/provider/v1/billingOrders/{orderId}/comments',
    access: PROVIDER,
  },
  addProviderComment: {
    ...COMMENT,
    path: '/api/provider/v1/billingOrders/{orderId}/comments',
    access: { organizationType: 'SERVICE_PROVIDER', action: 'commentOrders' },
  },
} as const satisfies Record<string, RouteDefinition>;
