import * as z from 'zod';
import { CONTRACT_TYPES, FAMILY_UNITS } from '../../../domain/catalogue/family.ts';
import { CONTRACT_REQUEST_TYPES } from '../../../domain/contract-request/request.ts';
import { TIMELINE_LIST } from '../../../use-cases/lists/timeline-list.ts';
import { Decimal, listQuery, NoParameters, pageOf } from '../common.ts';
import type { RouteDefinition } from '../route.ts';
import { Id, plainText } from '../text.ts';
import { EXAMPLE_CONTRACT_ID, EXAMPLE_CONTRACT_PARAMS, EXAMPLE_REQUEST_ID } from './example-ids.ts';

const Month = z.string().meta({ description: 'Usage period', example: '2026-10' });

const TimelineEntry = z
  .strictObject({
    time: z.iso.datetime(),
    actor: z.string().meta({ description: 'Id of the user who did it, or SYSTEM' }),
    action: z.string(),
    from: z.string().optional().meta({ description: 'How it was before' }),
    to: z.string().optional().meta({ description: 'How it was after' }),
    reason: z.string().optional(),
    requestId: z.string().optional().meta({ description: 'Of the request that it was done to' }),
    requestType: z.enum(CONTRACT_REQUEST_TYPES).optional(),
    token: z.string().optional(),
  })
  .meta({ id: 'TimelineEntry', description: 'Something that has happened to a contract' });

const Tags = z
  .strictObject({
    tags: z
      .array(plainText(40), 'must be a list of texts')
      .max(20, 'must have at most 20 tags')
      .refine((tags) => new Set(tags).size === tags.length, 'must not have a tag twice'),
  })
  .meta({ id: 'ContractTags', description: 'Tags of a contract, as both of its parties see and set them' });

const Prepayment = z
  .strictObject({
    contractId: z.string(),
    unit: z.enum(FAMILY_UNITS).meta({ description: 'What amounts are counted in; MONEY in the currency' }),
    currency: z.string(),
    prepaid: Decimal.optional().meta({ description: 'Prepaid for the term that runs, top-ups included' }),
    triggerPoint: Decimal.optional(),
    balance: Decimal,
    movements: z.array(
      z.strictObject({
        sequence: z.int(),
        kind: z.enum(['CREDIT', 'DRAW', 'REVERSAL', 'FORFEIT']),
        amount: Decimal,
        balanceAfter: Decimal,
        usagePeriod: Month.optional(),
        token: z.string().optional().meta({ description: 'Of the request that was paid' }),
      }),
    ),
    forecast: z
      .strictObject({
        bySchedule: Month.optional().meta({ description: 'If nothing but the schedule is burned' }),
        byMean: Month.optional().meta({
          description: 'If as much is used as in the mean of the last 12 billed months',
        }),
      })
      .meta({ description: 'Month the balance runs out in; absent where it outlasts the term' }),
  })
  .meta({ id: 'Prepayment', description: 'The prepayment ledger of a contract, oldest movement first' });

const CommitAdvice = z
  .strictObject({
    contractId: z.string(),
    currency: z.string(),
    months: z.array(z.strictObject({ usagePeriod: Month, reported: Decimal, outsideCommit: Decimal })),
    skus: z
      .array(
        z.strictObject({
          code: z.string(),
          contractType: z.enum(CONTRACT_TYPES),
          minCommit: Decimal,
          isPresent: z.boolean().meta({ description: 'The SKU the contract has' }),
          cost: Decimal.meta({ description: 'Of these months, net' }),
        }),
      )
      .meta({ description: 'Cheapest first' }),
    unpriced: z.array(z.string()).meta({ description: 'SKUs without a price in one of the months' }),
  })
  .meta({
    id: 'CommitAdvice',
    description: 'What the last months would have cost on each SKU the contract could move to',
  });

const PARAMS = z.strictObject({ contractId: Id });
const AGGREGATOR = { organizationType: 'AGGREGATOR', action: 'readContracts' } as const;
const PROVIDER = { organizationType: 'SERVICE_PROVIDER', action: 'readContracts' } as const;
const TERMS = { organizationType: 'AGGREGATOR', action: 'readContractTerms' } as const;

const READ = {
  method: 'GET',
  function: 'contractsApi',
  tag: 'Contract',
  params: PARAMS,
  problems: [],
} as const;

const TIMELINE = {
  ...READ,
  summary: 'Read the timeline of a contract',
  query: z.strictObject(listQuery(TIMELINE_LIST)),
  answer: {
    status: 200,
    description: 'A page of entries, the newest first',
    schema: pageOf(TimelineEntry).meta({ id: 'PageOfTimelineEntry' }),
  },
} as const;
const EXAMPLE_ENTRY = {
  time: '2026-11-10T07:36:00.396Z',
  actor: '0d4f7c1a-93b2-4a6e-8c55-e1b2c3d4e5f6',
  action: 'terminateContract',
  requestId: EXAMPLE_REQUEST_ID,
  requestType: 'TERMINATE',
  token: 'C-50000001-200002-2611-0000002',
} as const;

const EXAMPLE_TAGS = { tags: ['gold', 'renew in March'] };
const GET_TAGS = {
  ...READ,
  editable: true,
  summary: 'Get the tags of a contract',
  description: "A contract's tags, as both of its parties see and set them.",
  query: NoParameters,
  answer: { status: 200, description: 'The tags', schema: Tags },
  example: { params: EXAMPLE_CONTRACT_PARAMS, answer: EXAMPLE_TAGS },
} as const;
const PUT_TAGS = {
  ...GET_TAGS,
  method: 'PUT',
  function: 'contractChangesApi',
  summary: 'Tag a contract',
  description: 'Gives a contract these tags in place of those it has. Both of its parties see and set them.',
  body: Tags,
  problems: ['CHANGED_MEANWHILE'],
  example: { ...GET_TAGS.example, body: EXAMPLE_TAGS },
} as const;

export const contractDetailRoutes = {
  readAggregatorTimeline: {
    ...TIMELINE,
    path: '/api/aggregator/v1/contracts/{contractId}/timeline',
    access: AGGREGATOR,
    description: 'What has happened to a contract: who, when, what, and why.',
    example: {
      params: EXAMPLE_CONTRACT_PARAMS,
      query: { filter: 'action==terminate*' },
      answer: {
        content: [{ ...EXAMPLE_ENTRY, to: 'PENDING_APPROVAL', reason: 'Merged with Other Corp' }],
        total: 1,
      },
    },
  },
  readProviderTimeline: {
    ...TIMELINE,
    path: '/api/provider/v1/contracts/{contractId}/timeline',
    access: PROVIDER,
    description: 'What has happened to a contract: who, when and what.',
    example: { params: EXAMPLE_CONTRACT_PARAMS, answer: { content: [EXAMPLE_ENTRY], total: 1 } },
  },
  getAggregatorTags: { ...GET_TAGS, path: '/api/aggregator/v1/contracts/{contractId}/tags', access: AGGREGATOR },
  getProviderTags: { ...GET_TAGS, path: '/api/provider/v1/contracts/{contractId}/tags', access: PROVIDER },
  setAggregatorTags: {
    ...PUT_TAGS,
    path: '/api/aggregator/v1/contracts/{contractId}/tags',
    access: { organizationType: 'AGGREGATOR', action: 'keepUsageSites' },
  },
  setProviderTags: {
    ...PUT_TAGS,
    path: '/api/provider/v1/contracts/{contractId}/tags',
    access: { organizationType: 'SERVICE_PROVIDER', action: 'keepUsageSites' },
  },
  getPrepayment: {
    ...READ,
    path: '/api/aggregator/v1/contracts/{contractId}/prepayment',
    access: TERMS,
    summary: 'Read the prepayment of a contract',
    description: 'Balance and movements of the prepayment ledger, and the month it will run out in.',
    query: NoParameters,
    answer: { status: 200, description: 'The prepayment', schema: Prepayment },
    example: {
      params: EXAMPLE_CONTRACT_PARAMS,
      answer: {
        contractId: EXAMPLE_CONTRACT_ID,
        unit: 'POINTS',
        currency: 'USD',
        prepaid: '120',
        triggerPoint: '30',
        balance: '85',
        movements: [
          { sequence: 1, kind: 'CREDIT', amount: '120', balanceAfter: '120', token: 'C-50000001-200002-2601-0000001' },
          { sequence: 2, kind: 'DRAW', amount: '-35', balanceAfter: '85', usagePeriod: '2026-10' },
        ],
        forecast: { bySchedule: '2027-07', byMean: '2027-01' },
      },
    },
  },
  adviseCommit: {
    ...READ,
    path: '/api/aggregator/v1/contracts/{contractId}/commitAdvice',
    access: TERMS,
    summary: 'Compare SKUs for a contract',
    description:
      'What the billed ones of the last 12 months would have cost on every PAY-GO SKU of the product family, cheapest first. Families charged in money have no advice.',
    query: NoParameters,
    answer: { status: 200, description: 'The advice', schema: CommitAdvice },
    example: {
      params: EXAMPLE_CONTRACT_PARAMS,
      answer: {
        contractId: EXAMPLE_CONTRACT_ID,
        currency: 'USD',
        months: [{ usagePeriod: '2026-10', reported: '1500', outsideCommit: '0' }],
        skus: [{ code: 'VSPP3-1800-C', contractType: 'PAY-GO', minCommit: '1800', isPresent: true, cost: '1584.00' }],
        unpriced: [],
      },
    },
  },
} as const satisfies Record<string, RouteDefinition>;
