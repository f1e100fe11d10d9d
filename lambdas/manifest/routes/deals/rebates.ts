import * as z from 'zod';
import { REBATE_LIST } from '../../../use-cases/lists/rebate-list.ts';
import { REBATE_SHEET_LIST } from '../../../use-cases/lists/rebate-sheet-list.ts';
import { listQuery, NoParameters, pageOf } from '../common.ts';
import { decimalNumber } from '../exact-numbers.ts';
import type { RouteDefinition } from '../route.ts';
import { Id, plainText } from '../text.ts';
import { Day } from './deals.ts';
import {
  EXAMPLE_ENTRY,
  EXAMPLE_REBATE,
  KeptRebateSheet,
  QuarterText,
  RebateBody,
  RebateSheetBody,
} from './structures.ts';

const MOST_ENTRIES = 500;
const RebateSheetChange = z
  .strictObject({
    entries: z
      .array(
        z.strictObject({
          productSKU: plainText(100).meta({ description: 'Code of a product' }),
          geo: z
            .string('must be text')
            .regex(/^[A-Z]{2,10}$/, 'must be 2 to 10 capital letters, e.g. AMER')
            .meta({ description: 'Sales region', example: 'AMER' }),
          startDate: Day.optional().meta({ description: 'The first day of the quarter unless told' }),
          endDate: Day.optional().meta({ description: 'The last day of the quarter unless told' }),
          rate: z
            .union([z.string().max(20), decimalNumber(4)])
            .meta({ description: 'Percent, 0 to 100, as a number or as text', example: 10 }),
        }),
      )
      .max(MOST_ENTRIES, `must have at most ${MOST_ENTRIES} entries`),
  })
  .meta({ id: 'RebateSheetChange', description: 'All entries of the sheet' });

const ALL = { function: 'dealsApi', tag: 'Rebate' } as const;
const SHEET = { ...ALL, params: z.strictObject({ fiscalQuarter: QuarterText }), query: NoParameters } as const;
const EXAMPLE_PARAMS = { fiscalQuarter: 'Q4FY2026' };
const EXAMPLE_SHEET = { ...EXAMPLE_PARAMS, entries: [{ ...EXAMPLE_ENTRY, rate: '10' }] };
const REBATES = {
  ...ALL,
  method: 'GET',
  summary: 'List rebates',
  params: NoParameters,
  answer: { status: 200, description: 'A page of rebates', schema: pageOf(RebateBody).meta({ id: 'PageOfRebate' }) },
  problems: [],
  example: { query: EXAMPLE_PARAMS, answer: { content: [EXAMPLE_REBATE], total: 1 } },
} as const;

export const rebateRoutes = {
  listRebateSheets: {
    ...ALL,
    access: { organizationType: 'AGGREGATOR', action: 'readRebates' },
    published: true,
    method: 'GET',
    path: '/api/aggregator/v1/rebateSheets',
    summary: 'List rebate sheets',
    description:
      'Which products earn rebates, in which sales region and when: the entries of the sheets of all quarters.',
    params: NoParameters,
    query: z.object(listQuery(REBATE_SHEET_LIST)),
    answer: {
      status: 200,
      description: 'A page of entries',
      schema: pageOf(RebateSheetBody).meta({ id: 'PageOfRebateSheet' }),
    },
    problems: [],
    example: { query: { filter: 'geo==AMER' }, answer: { content: [EXAMPLE_ENTRY], total: 1 } },
  },
  listRebates: {
    ...REBATES,
    access: { organizationType: 'AGGREGATOR', action: 'readRebates' },
    path: '/api/aggregator/v1/rebates',
    description:
      'What deals that were won in a quarter earn by its sheet, as their months are billed now. Shown only: rebates stand on no invoice.',
    query: z.strictObject({ ...listQuery(REBATE_LIST), fiscalQuarter: QuarterText }),
  },
  listVendorRebates: {
    ...REBATES,
    access: { organizationType: 'VENDOR', action: 'readRebates' },
    path: '/api/vendor/v1/rebates',
    description:
      "What an aggregator's deals that were won in a quarter earn by its sheet, as their months are billed now.",
    query: z.strictObject({
      ...listQuery(REBATE_LIST),
      fiscalQuarter: QuarterText,
      aggregatorId: Id.meta({ description: 'Id of the aggregator' }),
    }),
    example: {
      ...REBATES.example,
      query: { ...EXAMPLE_PARAMS, aggregatorId: '0f8fad5b-d9cb-469f-a165-70867728950e' },
    },
  },
  getRebateSheet: {
    ...SHEET,
    access: { organizationType: 'VENDOR', action: 'readRebates' },
    editable: true,
    method: 'GET',
    path: '/api/vendor/v1/rebateSheets/{fiscalQuarter}',
    summary: 'Get a rebate sheet',
    description: 'The sheet of a quarter with its rates; without entries while there is none.',
    answer: { status: 200, description: 'The sheet', schema: KeptRebateSheet },
    problems: [],
    example: { params: EXAMPLE_PARAMS, answer: EXAMPLE_SHEET },
  },
  changeRebateSheet: {
    ...SHEET,
    access: { organizationType: 'VENDOR', action: 'keepRebateSheets' },
    editable: true,
    method: 'PUT',
    path: '/api/vendor/v1/rebateSheets/{fiscalQuarter}',
    summary: 'Set a rebate sheet',
    description: 'Replaces all entries of a quarter that is not over.',
    body: RebateSheetChange,
    answer: { status: 200, description: 'The sheet as it is now', schema: KeptRebateSheet },
    problems: ['REBATE_SHEET_FIXED', 'CHANGED_MEANWHILE'],
    example: {
      params: EXAMPLE_PARAMS,
      body: { entries: [{ productSKU: EXAMPLE_ENTRY.productSKU, geo: 'AMER', rate: 10 }] },
      answer: EXAMPLE_SHEET,
    },
  },
} as const satisfies Record<string, RouteDefinition>;
