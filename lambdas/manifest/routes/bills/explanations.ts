import * as z from 'zod';
import { CHARGE_LINE_KINDS } from '../../../domain/charging/charge.ts';
import { EDIT_REASONS, LINE_ORIGINS } from '../../../domain/usage/usage-line.ts';
import { Decimal, NoParameters } from '../common.ts';
import { InvoiceNumber } from '../invoices.ts';
import type { RouteDefinition } from '../route.ts';

const LinePosition = z
  .string()
  .regex(/^[1-9]\d{0,5}$/)
  .transform(Number)
  .meta({
    override: { type: 'integer', minimum: 1 },
    description: 'Position of the line on the document',
    example: '1',
  });

const Usage = z
  .strictObject({
    orderId: z.string(),
    lineId: z.string(),
    usagePeriod: z.string(),
    siteId: z.string().optional(),
    siteName: z.string(),
    customerNumber: z.string(),
    quantity: Decimal,
    origin: z.enum(LINE_ORIGINS).meta({ description: 'How it came in' }),
    prefilled: Decimal.optional().meta({ description: 'What a meter or feed has said last' }),
    edit: z
      .strictObject({
        reason: z.enum(EDIT_REASONS),
        time: z.iso.datetime(),
        original: z.strictObject({ quantity: Decimal, siteName: z.string(), customerNumber: z.string() }).optional(),
      })
      .optional()
      .meta({ description: 'What a person has changed, when and why' }),
    comment: z.string().optional(),
  })
  .meta({ description: 'The usage line that is billed, as it was then' });

const Terms = {
  contractId: z.string(),
  contractNumber: z.string(),
  contractRevision: z.int(),
};

const COMMON = {
  number: z.string(),
  takesBack: z.string().optional().meta({ description: 'The document that it takes back, whose line is explained' }),
  line: z.int(),
  kind: z.enum(CHARGE_LINE_KINDS),
  usagePeriod: z.string(),
  description: z.string(),
  productCode: z.string(),
  points: Decimal,
  pointsRule: z
    .enum([
      'QUANTITY',
      'TIERS',
      'PRICED',
      'RANGES_CHANGED',
      'ADDED_TO_MONTH',
      'MINIMUM_NOT_REACHED',
      'OVERAGE',
      'COVERED',
      'CORRECTED',
      'PREPAID',
      'NONE',
    ])
    .meta({ description: 'What the points are made of' }),
  tiers: z
    .array(
      z.strictObject({
        from: Decimal,
        to: Decimal.optional(),
        quantity: Decimal,
        ppu: Decimal,
        split: Decimal,
        points: Decimal,
      }),
    )
    .optional()
    .meta({ description: 'What of the quantity falls into which range' }),
  minimum: z
    .array(z.strictObject({ contractRevision: z.int(), points: Decimal, days: z.int(), ofDays: z.int() }))
    .optional()
    .meta({ description: 'What the minimum of the month is made of' }),
  usage: Usage.optional(),
  words: z.array(z.string()).meta({ description: 'The rule in words, with the figures filled in' }),
};

const ProviderExplanation = z
  .strictObject({ ...COMMON, ...Terms })
  .meta({ id: 'PointsExplanation', description: 'Where a line of a bill comes from, in points' });

const Explanation = z
  .strictObject({
    ...COMMON,
    terms: z.strictObject({
      ...Terms,
      priceListVersion: z.string().optional(),
      listPrice: Decimal,
      discount: Decimal.meta({ description: 'Percent' }),
      sellingPrice: Decimal,
      overagePrice: Decimal.optional(),
    }),
    currency: z.string(),
    unitPrice: Decimal.meta({ description: 'Of a point; of usage of a money family the list price of a unit' }),
    discount: Decimal.optional().meta({ description: 'Percent taken off that price, of usage of a money family' }),
    exact: Decimal.meta({ description: 'Points × price, nothing rounded' }),
    amount: Decimal.meta({ description: 'As printed on the document explained' }),
    rounding: z.strictObject({
      rule: z.enum(['LARGEST_REMAINDER', 'MONTH_LESS_BILLED', 'CASH_LESS_LINES', 'WHOLE', 'AGREED']),
      lines: z.int().optional().meta({ description: 'Lines that were rounded together' }),
      exactOfAll: Decimal.optional(),
      ofAll: Decimal.optional().meta({ description: 'What they come to, rounded once' }),
      floor: Decimal.optional().meta({ description: 'What the line has without a remainder' }),
      raised: z.boolean().optional().meta({ description: 'It got one of the minor units that were left' }),
    }),
  })
  .meta({ id: 'LineExplanation', description: 'Where a line of an invoice or credit note comes from' });

const EXPLAIN = {
  method: 'GET',
  function: 'billsApi',
  tag: 'Invoices',
  summary: 'Explain a line',
  params: z.strictObject({ number: InvoiceNumber, line: LinePosition }),
  query: NoParameters,
  problems: [],
} as const;

const DESCRIPTION =
  'Where the line comes from: the usage line with what was changed in it and why, what its points are made of, price-list version and contract revision, the exact amount, and how that was rounded. A line of a document that takes another back is explained by the line that it takes back.';

const EXAMPLE_COMMON = {
  number: 'INV-2026-000001',
  line: 2,
  kind: 'USAGE',
  usagePeriod: '2026-10',
  description: 'Flex Core',
  productCode: 'FLEX-CORE',
  points: '1800',
  pointsRule: 'QUANTITY',
  usage: {
    orderId: 'O-0001',
    lineId: 'b2c7a8d0-1f2e-4a3b-8c4d-5e6f70819203',
    usagePeriod: '2026-10',
    siteName: 'Site B',
    customerNumber: '',
    quantity: '400',
    origin: 'METER',
    prefilled: '380',
    edit: {
      reason: 'METER_ERROR',
      time: '2026-11-03T09:00:00.000Z',
      original: { quantity: '380', siteName: 'Site B', customerNumber: '' },
    },
  },
} as const;
const EXAMPLE_TERMS = { contractId: 'C-0001', contractNumber: '40000001', contractRevision: 1 };
const POINTS_IN_WORDS = '400 GB vRAM × 4.5 points = 1,800 points.';

const COMMERCIAL = {
  ...EXPLAIN,
  description: DESCRIPTION,
  answer: { status: 200, description: 'The explanation', schema: Explanation },
  example: {
    params: { number: 'INV-2026-000001', line: '2' },
    answer: {
      ...EXAMPLE_COMMON,
      terms: {
        ...EXAMPLE_TERMS,
        priceListVersion: '2026-07',
        listPrice: '0.88',
        discount: '0',
        sellingPrice: '0.88',
      },
      currency: 'USD',
      unitPrice: '0.88',
      exact: '1584.00',
      amount: '1584.00',
      rounding: {
        rule: 'LARGEST_REMAINDER',
        lines: 2,
        exactOfAll: '1610.40',
        ofAll: '1610.40',
        floor: '1584.00',
        raised: false,
      },
      words: [
        POINTS_IN_WORDS,
        'Price list 2026-07: list price 0.88 less 0 % = 0.88 USD a point, by revision 1 of the contract.',
      ],
    },
  },
} as const;

export const explanationRoutes = {
  explainProviderLine: {
    ...EXPLAIN,
    path: '/api/provider/v1/invoices/{number}/lines/{line}/explanation',
    access: { organizationType: 'SERVICE_PROVIDER', action: 'explainLines' },
    description:
      'Where a line of a consolidated bill comes from, by the number of the document that bills it and the position there, both of which the bill has: the usage line with what was changed in it and why, and what its points are made of.',
    answer: { status: 200, description: 'The explanation', schema: ProviderExplanation },
    example: {
      params: { number: 'INV-2026-000001', line: '2' },
      answer: { ...EXAMPLE_COMMON, ...EXAMPLE_TERMS, words: [POINTS_IN_WORDS] },
    },
  },
  explainAggregatorLine: {
    ...COMMERCIAL,
    path: '/api/aggregator/v1/invoices/{number}/lines/{line}/explanation',
    access: { organizationType: 'AGGREGATOR', action: 'explainLines' },
  },
  explainVendorLine: {
    ...COMMERCIAL,
    path: '/api/vendor/v1/invoices/{number}/lines/{line}/explanation',
    access: { organizationType: 'VENDOR', action: 'explainLines' },
  },
} as const satisfies Record<string, RouteDefinition>;
