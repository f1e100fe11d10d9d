import * as z from 'zod';
import { EDIT_REASONS, LINE_ORIGINS } from '../../../domain/usage/usage-line.ts';
import { Decimal, NoParameters, PeriodText } from '../common.ts';
import { decimalNumber } from '../exact-numbers.ts';
import type { RouteDefinition } from '../route.ts';
import { Id, plainText } from '../text.ts';

/** What a quantity may look like is said of each line, beside what else is wrong with it. */
const QuantityText = z
  .union([z.string().max(64), decimalNumber(20)])
  .meta({ description: 'From 0 to 10^12 with at most 6 decimals, as text or as a number', example: '12.5' });

const Reason = z.enum(EDIT_REASONS).meta({
  description: 'Needed for every change of what was filled in by itself, and on adjustments; OTHER needs a comment',
});
const SAID = { reason: Reason.optional(), comment: plainText(500).optional() };
const LineId = Id.meta({ description: 'Id of the usage line' });

const NEW = {
  code: z.string().max(100).meta({ description: "Code of a product of the contract's family" }),
  siteId: Id.optional().meta({ description: 'Id of an open usage site; needed where the contract has any' }),
  customerNumber: z.string().max(100).optional().meta({ description: 'Number of an end customer; SOV only' }),
  usagePeriod: PeriodText.optional().meta({ description: "The order's own unless told otherwise" }),
  quantity: QuantityText,
  ...SAID,
};
const CHANGE = { quantity: QuantityText.optional(), siteId: Id.optional(), ...SAID };

const NewUsage = z.strictObject(NEW).meta({ id: 'NewUsage', description: 'A line of usage' });
const UsageChange = z
  .strictObject(CHANGE)
  .meta({ id: 'UsageChange', description: 'What is to be changed; what is not given stays' });
const MOST_OPERATIONS = 1_000;
const UsageBatch = z
  .strictObject({
    atomic: z.boolean().default(false).meta({ description: 'All operations or none; else each that is valid' }),
    operations: z
      .array(
        z.discriminatedUnion('operation', [
          z.strictObject({ operation: z.literal('ADD'), ...NEW }),
          z.strictObject({ operation: z.literal('CHANGE'), usageId: LineId, ...CHANGE }),
          z.strictObject({ operation: z.literal('DELETE'), usageId: LineId, ...SAID }),
        ]),
      )
      .min(1, 'must not be empty')
      .max(MOST_OPERATIONS, `must have at most ${MOST_OPERATIONS} operations`),
  })
  .meta({ id: 'UsageBatch', description: 'Operations on the lines of an order, done one after the other' });

const WrittenUsage = z
  .strictObject({
    id: z.string(),
    usagePeriod: z.string(),
    code: z.string(),
    name: z.string(),
    customerNumber: z.string(),
    siteId: z.string().optional(),
    siteName: z.string(),
    quantity: Decimal,
    uom: z.string(),
    ppu: Decimal,
    points: Decimal,
    inMinCommit: z.boolean(),
    minQuantity: Decimal.optional(),
    comment: z.string().optional(),
    origin: z.enum(LINE_ORIGINS).optional().meta({ description: 'How the line came in' }),
    prefilled: Decimal.optional().meta({ description: 'What was filled in by itself last' }),
    edit: z
      .strictObject({
        reason: z.enum(EDIT_REASONS),
        userId: z.string(),
        time: z.iso.datetime(),
        original: z
          .strictObject({ quantity: Decimal, siteName: z.string(), customerNumber: z.string() })
          .optional()
          .meta({ description: 'What stood there first; absent where the line was added' }),
      })
      .optional()
      .meta({ description: 'Who changed what was filled in or billed, and why' }),
  })
  .meta({ id: 'WrittenUsage', description: 'A line of usage as it is now' });

const OrderTotals = z
  .strictObject({
    orderId: z.string(),
    lines: z.int(),
    quantity: Decimal,
    reported: Decimal.meta({ description: "Points of the order's own month that count towards the minimum commit" }),
    outsideCommit: Decimal.meta({ description: "Points of the order's own month that don't" }),
    arrearsPeriods: z.array(z.string()),
    zeroReported: z.boolean(),
  })
  .meta({ id: 'UsageTotals', description: 'What the lines of an order add up to now' });

const Written = z.strictObject({ usage: WrittenUsage.optional(), order: OrderTotals }).meta({
  id: 'UsageWritten',
  description: 'The line as it is now, absent where it is gone, and the totals of its order',
});

const BatchResult = z
  .strictObject({
    status: z.enum(['DONE', 'REFUSED']),
    usage: WrittenUsage.optional(),
    code: z.enum(['NOT_FOUND', 'USAGE_LINE_EXISTS', 'BAD_REQUEST']).optional(),
    errors: z.array(z.strictObject({ field: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'UsageBatchResult', description: 'What came of one operation' });
const BatchAnswer = z
  .strictObject({ done: z.int(), refused: z.int(), results: z.array(BatchResult), order: OrderTotals })
  .meta({ id: 'UsageBatchAnswer', description: 'What came of each operation, in the order of the request' });

export const EXAMPLE_ORDER_ID = '2a7c0f6e-91c4-8d55-8f39-f6a3d1c0b7e4';
const EXAMPLE_LINE_ID = '5b0f3c1a-7f0e-4a3e-9b43-0f5d9f7c8a21';
const ORDER_PARAMS = { orderId: EXAMPLE_ORDER_ID };
const LINE_PARAMS = { ...ORDER_PARAMS, usageId: EXAMPLE_LINE_ID };
const EXAMPLE_LINE = {
  id: EXAMPLE_LINE_ID,
  usagePeriod: '2026-10',
  code: 'FLEX-CORE',
  name: 'Flex Core',
  customerNumber: '',
  siteId: '04101966-7c1b-4a6e-9a44-b21ff240d3f6',
  siteName: 'my_site',
  quantity: '12.5',
  uom: 'GB vRAM',
  ppu: '3',
  points: '37.5',
  inMinCommit: true,
  origin: 'API',
} as const;
const EXAMPLE_TOTALS = {
  orderId: EXAMPLE_ORDER_ID,
  lines: 1,
  quantity: '12.5',
  reported: '37.5',
  outsideCommit: '0',
  arrearsPeriods: [],
  zeroReported: false,
};
const EXAMPLE_EDITED = {
  ...EXAMPLE_LINE,
  origin: 'METER',
  prefilled: '12.5',
  quantity: '10',
  points: '30',
  edit: {
    reason: 'METER_ERROR',
    userId: 'c1d1f9a4-4f47-4a51-8a54-0d7a60b6a1f0',
    time: '2026-11-04T09:30:00.000Z',
    original: { quantity: '12.5', siteName: 'my_site', customerNumber: '' },
  },
} as const;
const EDITED_TOTALS = { ...EXAMPLE_TOTALS, quantity: '10', reported: '30' };

const USAGES = '/api/provider/v1/billingOrders/{orderId}/usages';
const OF_ORDER = z.strictObject({ orderId: Id });
const OF_LINE = z.strictObject({ orderId: Id, usageId: LineId });

const WRITE = {
  tag: 'Usage',
  function: 'usageLinesApi',
  access: { organizationType: 'SERVICE_PROVIDER', action: 'reportUsage' },
  editable: true,
  query: NoParameters,
  problems: ['ORDER_SEALED', 'TRANSITION_NOT_ALLOWED', 'USAGE_NOT_EDITABLE', 'CHANGED_MEANWHILE'],
} as const;
const EXISTS = { ...WRITE, problems: [...WRITE.problems, 'USAGE_LINE_EXISTS'] } as const;
const NOW = { status: 200, description: 'The line as it is now', schema: Written } as const;

export const usageLineRoutes = {
  addUsage: {
    ...EXISTS,
    method: 'POST',
    path: USAGES,
    summary: 'Add a line of usage',
    description:
      'Adds a line to an order that is PENDING_SP, an adjustment too. There is one line of a product, site and end customer.',
    params: OF_ORDER,
    body: NewUsage,
    answer: { status: 201, description: 'The line', schema: Written },
    example: {
      params: ORDER_PARAMS,
      body: { code: 'FLEX-CORE', siteId: EXAMPLE_LINE.siteId, quantity: '12.5' },
      answer: { usage: EXAMPLE_LINE, order: EXAMPLE_TOTALS },
    },
  },
  changeUsage: {
    ...EXISTS,
    method: 'PATCH',
    path: `${USAGES}/{usageId}`,
    summary: 'Change a line of usage',
    description:
      'What was filled in by itself is changed with a reason; what stood there first is kept. Who gives it back the quantity that was filled in has changed nothing.',
    params: OF_LINE,
    body: UsageChange,
    answer: NOW,
    example: {
      params: LINE_PARAMS,
      body: { quantity: '10', reason: 'METER_ERROR' },
      answer: { usage: EXAMPLE_EDITED, order: EDITED_TOTALS },
    },
  },
  removeUsage: {
    ...WRITE,
    method: 'DELETE',
    path: `${USAGES}/{usageId}`,
    summary: 'Take a line of usage away',
    description:
      'A line that was filled in by itself, or billed, stays with quantity 0 and needs a reason, so that it is shown and not filled in again; any other is gone.',
    params: OF_LINE,
    query: z.strictObject(SAID),
    answer: NOW,
    example: {
      params: LINE_PARAMS,
      answer: { order: { ...EXAMPLE_TOTALS, lines: 0, quantity: '0', reported: '0' } },
    },
  },
  writeUsageBatch: {
    ...WRITE,
    method: 'POST',
    path: `${USAGES}/batch`,
    summary: 'Do many operations on the lines of an order',
    description:
      'Up to 1,000 operations, one after the other. All that are valid are one change of the order, the others are refused with all that is wrong; with `atomic` nothing is done when anything is refused (400).',
    params: OF_ORDER,
    body: UsageBatch,
    answer: { status: 200, description: 'What came of each', schema: BatchAnswer },
    example: {
      params: ORDER_PARAMS,
      body: {
        operations: [
          { operation: 'ADD', code: 'FLEX-CORE', siteId: EXAMPLE_LINE.siteId, quantity: '12.5' },
          { operation: 'CHANGE', usageId: 'no-such-line', quantity: '1' },
        ],
      },
      answer: {
        done: 1,
        refused: 1,
        results: [
          { status: 'DONE', usage: EXAMPLE_LINE },
          {
            status: 'REFUSED',
            code: 'NOT_FOUND',
            errors: [{ field: 'usageId', message: 'there is no line no-such-line in the order' }],
          },
        ],
        order: EXAMPLE_TOTALS,
      },
    },
  },
  reportZeroUsage: {
    ...WRITE,
    method: 'PUT',
    path: '/api/provider/v1/billingOrders/{orderId}/zeroReport',
    summary: 'Report that nothing was used',
    description:
      'Says of an order without usage that nothing was used, or takes that back. The first usage that comes in takes it back too.',
    params: OF_ORDER,
    body: z.strictObject({ zero: z.boolean() }).meta({ id: 'ZeroReport' }),
    answer: { status: 200, description: 'The totals of the order', schema: OrderTotals },
    problems: [...WRITE.problems, 'USAGE_REPORTED'],
    example: {
      params: ORDER_PARAMS,
      body: { zero: true },
      answer: { ...EXAMPLE_TOTALS, lines: 0, quantity: '0', reported: '0', zeroReported: true },
    },
  },
} as const satisfies Record<string, RouteDefinition>;
