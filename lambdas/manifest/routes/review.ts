import * as z from 'zod';
import { BILLING_ORDER_STATUSES } from '../../domain/billing-order/status.ts';
import { FAMILY_TYPES } from '../../domain/catalogue/family.ts';
import { isCurrency } from '../../domain/numbers/currency.ts';
import { PROBLEMS, type ProblemCode } from '../../use-cases/errors.ts';
import { APPROVAL_RULE_LIST } from '../../use-cases/lists/approval-rule-list.ts';
import { ApproveBillingOrderRequest } from './billing-orders/bodies.ts';
import { Decimal, listQuery, NoContent, NoParameters, pageOf } from './common.ts';
import type { RouteDefinition } from './route.ts';
import { Id, plainText } from './text.ts';

const PercentText = z
  .string('must be a decimal number as text')
  .regex(/^\d{1,5}(\.\d{1,4})?$/, 'must be a percentage of at most 4 decimals, as text')
  .meta({ description: 'Percent', example: '20' });

const Amount = z
  .strictObject({
    amount: z
      .string('must be a decimal number as text')
      .regex(/^\d{1,15}(\.\d{1,4})?$/, 'must be an amount as text, e.g. 1000.00')
      .meta({ example: '1000.00' }),
    currency: z
      .string('must be text')
      .refine(isCurrency, 'must be a currency of ISO 4217, e.g. USD')
      .meta({ override: { type: 'string', pattern: '^[A-Z]{3}$' }, example: 'USD' }),
  })
  .meta({ id: 'RuleAmount' });

const truth = (description: string) => z.boolean('must be true or false').meta({ description });
const MEMBERS = {
  name: plainText(80).meta({ description: 'Named in the history of what it approves', example: 'Small and steady' }),
  active: truth('Whether it approves anything'),
  withoutEdits: truth('Nothing that a meter or feed had filled in was changed by hand'),
  families: z
    .array(z.enum(FAMILY_TYPES, `must be one of ${FAMILY_TYPES.join(', ')}`), 'must be a list')
    .max(FAMILY_TYPES.length)
    .meta({ description: 'Types of product families it is for; none: all' }),
  serviceProviderIds: z
    .array(Id, 'must be a list')
    .max(200, 'must have at most 200 entries')
    .meta({ description: 'Service providers it is for, of those that there has been a contract with; none: all' }),
};
const CONDITIONS = {
  maxVariance: PercentText.meta({
    description: 'Most that the reported points may deviate from the mean of the last months, in percent, either way',
  }),
  maxTotal: Amount.meta({
    description: 'Most that the order may come to, without tax; orders in other currencies are not approved',
  }),
  vendorPurchaseOrder: plainText(100).meta({
    description:
      "Purchase order with the vendor to approve with; without it the contract's, where it is filled into its orders",
  }),
};

const NewRule = z
  .strictObject({
    name: MEMBERS.name,
    active: MEMBERS.active.default(true),
    withoutEdits: MEMBERS.withoutEdits.default(false),
    families: MEMBERS.families.default([]),
    serviceProviderIds: MEMBERS.serviceProviderIds.default([]),
    ...z.strictObject(CONDITIONS).partial().shape,
  })
  .meta({ id: 'NewApprovalRule', description: 'At least one of withoutEdits, maxVariance and maxTotal is needed' });

const RuleChange = z
  .strictObject({
    ...z.strictObject(MEMBERS).partial().shape,
    maxVariance: CONDITIONS.maxVariance.nullish(),
    maxTotal: CONDITIONS.maxTotal.nullish(),
    vendorPurchaseOrder: CONDITIONS.vendorPurchaseOrder.nullish(),
  })
  .meta({
    id: 'ApprovalRuleChange',
    description: 'What is to be changed; what is not given stays, null takes it away',
  });

const Rule = z
  .strictObject({ id: z.string(), ...MEMBERS, ...z.strictObject(CONDITIONS).partial().shape })
  .meta({ id: 'ApprovalRule', description: 'By which submitted orders are approved without being looked at' });

const Settings = z
  .strictObject({
    variancePercent: PercentText.meta({
      description: 'Deviation from the mean of the last months above which an order stands out, in percent',
    }),
  })
  .meta({ id: 'ReviewSettings' });

const OrderVariance = z
  .strictObject({
    text: z.string(),
    flagged: z.boolean().meta({ description: 'Whether it deviates by more than the limit' }),
    limit: Decimal,
    reported: Decimal,
    mean: Decimal.meta({ description: 'Of the billed ones of the six months before; rounded to 2 decimals' }),
    deviation: Decimal.optional().meta({
      description: 'In percent, below the mean negative; absent where the mean is 0',
    }),
    months: z.int(),
    from: z.string(),
    to: z.string(),
  })
  .meta({ id: 'OrderVariance', description: "How an order stands to its contract's own last months" });

const OrderReview = z
  .strictObject({
    variance: OrderVariance.optional(),
    approvedBy: z.strictObject({ id: z.string(), name: z.string() }).optional(),
    reasons: z.array(z.string()).meta({ description: 'Why no rule has approved it, a sentence a rule' }),
  })
  .meta({ id: 'OrderReview', description: 'What was found when an order was submitted last' });

const APPROVAL = ApproveBillingOrderRequest.partial().shape;
const BulkApproval = z
  .strictObject({
    ...APPROVAL,
    orders: z
      .array(z.strictObject({ orderId: Id, ...APPROVAL }), 'must be a list')
      .min(1, 'must have at least one entry')
      .max(200, 'must have at most 200 entries')
      .refine(
        (orders) => new Set(orders.map(({ orderId }) => orderId)).size === orders.length,
        'must name each order once',
      ),
  })
  .meta({ id: 'BulkApproval', description: 'Orders, and what is common to those that say nothing else' });

const CODES = Object.keys(PROBLEMS) as ProblemCode[];
const BulkResult = z
  .strictObject({
    approved: z.int(),
    refused: z.int(),
    results: z.array(
      z.strictObject({
        orderId: z.string(),
        result: z.enum(['APPROVED', 'REFUSED']),
        status: z.enum(BILLING_ORDER_STATUSES).optional(),
        code: z.enum(CODES).optional(),
        detail: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'BulkApprovalResult', description: 'What became of each order, in the order asked' });

const EXAMPLE_RULE = {
  id: '2f6a1c1e-58a5-4c07-9f5e-0f6f0a2f7d11',
  name: 'Small and steady',
  active: true,
  withoutEdits: true,
  families: ['RENTAL'],
  serviceProviderIds: [],
  maxVariance: '20',
  maxTotal: { amount: '1000.00', currency: 'USD' },
} as const;
const { id: RULE_ID, ...EXAMPLE_NEW } = EXAMPLE_RULE;
const ORDER_ID = '8dec8aaa-4b1f-4d0c-9a51-760aa839aeb3';

const ALL = { function: 'reviewApi', tag: 'Review', query: NoParameters } as const;
const READ = { access: { organizationType: 'AGGREGATOR', action: 'readReviews' } } as const;
const KEEP = { access: { organizationType: 'AGGREGATOR', action: 'keepReviews' } } as const;
const ONE = {
  ...ALL,
  params: z.strictObject({ ruleId: Id }),
  path: '/api/aggregator/v1/approvalRules/{ruleId}',
} as const;
const EVERY = { ...ALL, params: NoParameters, path: '/api/aggregator/v1/approvalRules' } as const;
const SETTINGS = { ...ALL, params: NoParameters, path: '/api/aggregator/v1/reviewSettings', editable: true } as const;

export const reviewRoutes = {
  listApprovalRules: {
    ...EVERY,
    ...READ,
    method: 'GET',
    summary: 'List approval rules',
    description:
      'By which submitted orders are approved at once; they are asked in the order of their ids, the first that fits approves.',
    query: z.strictObject(listQuery(APPROVAL_RULE_LIST)),
    answer: {
      status: 200,
      description: 'A page of rules',
      schema: pageOf(Rule).meta({ id: 'PageOfApprovalRule' }),
    },
    problems: [],
    example: { answer: { content: [EXAMPLE_RULE], total: 1 } },
  },
  getApprovalRule: {
    ...ONE,
    ...READ,
    method: 'GET',
    editable: true,
    summary: 'Get an approval rule',
    description: 'A rule as it is now.',
    answer: { status: 200, description: 'The rule', schema: Rule },
    problems: [],
    example: { params: { ruleId: RULE_ID }, answer: EXAMPLE_RULE },
  },
  createApprovalRule: {
    ...EVERY,
    ...KEEP,
    method: 'POST',
    summary: 'Create an approval rule',
    description:
      'From then on an order that is all that the rule asks for goes to `PENDING_VENDOR` when it is submitted, and its history says by which rule. Adjustments, and orders that were sent back before, are for people alone.',
    body: NewRule,
    answer: { status: 201, description: 'The rule', schema: Rule },
    problems: ['CHANGED_MEANWHILE'],
    example: { body: EXAMPLE_NEW, answer: EXAMPLE_RULE },
  },
  changeApprovalRule: {
    ...ONE,
    ...KEEP,
    method: 'PATCH',
    editable: true,
    summary: 'Change an approval rule',
    description: 'Acts on what is submitted from then on.',
    body: RuleChange,
    answer: { status: 200, description: 'The rule as it is now', schema: Rule },
    problems: ['CHANGED_MEANWHILE'],
    example: { params: { ruleId: RULE_ID }, body: { maxVariance: null, active: true }, answer: EXAMPLE_RULE },
  },
  deleteApprovalRule: {
    ...ONE,
    ...KEEP,
    method: 'DELETE',
    editable: true,
    summary: 'Delete an approval rule',
    description: 'What it has approved stays approved.',
    answer: { status: 204, description: 'It is deleted', schema: NoContent },
    problems: ['CHANGED_MEANWHILE'],
    example: { params: { ruleId: RULE_ID } },
  },
  getReviewSettings: {
    ...SETTINGS,
    ...READ,
    method: 'GET',
    summary: 'Get the settings of reviews',
    description:
      "From which deviation on an order stands out: the aggregator's own, or the programme's until it has set one.",
    answer: { status: 200, description: 'The settings', schema: Settings },
    problems: [],
    example: { answer: { variancePercent: '50' } },
  },
  changeReviewSettings: {
    ...SETTINGS,
    ...KEEP,
    method: 'PUT',
    summary: 'Change the settings of reviews',
    description: 'Acts on what is submitted from then on.',
    body: Settings,
    answer: { status: 200, description: 'The settings as they are now', schema: Settings },
    problems: ['CHANGED_MEANWHILE'],
    example: { body: { variancePercent: '30' }, answer: { variancePercent: '30' } },
  },
  getOrderReview: {
    ...ALL,
    ...READ,
    method: 'GET',
    path: '/api/aggregator/v1/billingOrders/{orderId}/review',
    params: z.strictObject({ orderId: Id }),
    summary: 'See what was found in a billing order',
    description:
      "How it stood to its contract's last months when it was submitted, where at least three of them are billed, and which rule has approved it or why none has.",
    answer: { status: 200, description: 'What was found', schema: OrderReview },
    problems: [],
    example: {
      params: { orderId: ORDER_ID },
      answer: {
        variance: {
          text: 'reported 2,400 points, 63 % above the mean 1,470 of 2026-04…2026-09',
          flagged: true,
          limit: '50',
          reported: '2400',
          mean: '1470',
          deviation: '63.2653',
          months: 6,
          from: '2026-04',
          to: '2026-09',
        },
        reasons: ['Small and steady: it deviates by 63.3 %, 20 % are allowed'],
      },
    },
  },
  approveOrders: {
    ...ALL,
    method: 'POST',
    path: '/api/aggregator/v1/billingOrders/approve',
    access: { organizationType: 'AGGREGATOR', action: 'reviewOrders' },
    params: NoParameters,
    summary: 'Approve billing orders',
    description:
      'Up to 200 orders, each by itself as by the single call: one that is refused stays as it is and keeps no other from being approved. What an order is not given is taken from the common values, then from the order itself.',
    body: BulkApproval,
    answer: { status: 200, description: 'What became of each', schema: BulkResult },
    problems: [],
    example: {
      body: { vmwarePurchaseOrder: 'PO-100000', orders: [{ orderId: ORDER_ID }] },
      answer: {
        approved: 1,
        refused: 0,
        results: [{ orderId: ORDER_ID, result: 'APPROVED', status: 'PENDING_VENDOR' }],
      },
    },
  },
} as const satisfies Record<string, RouteDefinition>;
