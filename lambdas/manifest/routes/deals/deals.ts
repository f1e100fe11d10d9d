import * as z from 'zod';
import { isDate, type PlainDate } from '../../../domain/calendar/period.ts';
import { DEAL_STATUSES } from '../../../domain/deal/status.ts';
import { DEAL_LIST } from '../../../use-cases/lists/deal-list.ts';
import { ORDER_HISTORY_LIST } from '../../../use-cases/lists/order-history-list.ts';
import { listQuery, NoParameters, pageOf } from '../common.ts';
import { EXAMPLE_CONTRACT_ID } from '../contracts/example-ids.ts';
import { decimalNumber } from '../exact-numbers.ts';
import { HISTORY_ENTRY } from '../history-entry.ts';
import type { RouteDefinition } from '../route.ts';
import { Id, MailAddress, plainText } from '../text.ts';
import {
  DealBody,
  EXAMPLE_DEAL,
  EXAMPLE_DEAL_ID,
  EXAMPLE_NEW_DEAL,
  EXAMPLE_VENDOR_DEAL,
  VendorDeal,
} from './structures.ts';

/** A day in a request. */
export const Day = z
  .string('must be text')
  .refine(isDate, 'must be an existing day, YYYY-MM-DD')
  .transform((text) => text as PlainDate)
  .meta({ override: { type: 'string', format: 'date' }, example: '2026-12-23' });

const TOLD = {
  productSKU: plainText(100).meta({ description: "Code of a product of the contract's family" }),
  projectedDealValue: z
    .union([z.string().max(30), decimalNumber(4)])
    .meta({ description: "More than 0, exact in the contract's currency; as a number or as text", example: 10000 }),
  expectedCloseDate: Day.meta({ description: 'When it is thought to be won' }),
  serviceProviderContact: MailAddress,
  aggregatorSalesContactLead: MailAddress,
  aggregatorManager: MailAddress,
  promotionEvent: z
    .string('must be text')
    .regex(/^[A-Z][A-Z0-9_]{0,39}$/, 'must be 1 to 40 capital letters, digits or underscores, e.g. SALES_CAMPAIGN')
    .optional(),
};
const NewDeal = z
  .strictObject({ contractId: Id.meta({ description: 'Id of a contract that the caller holds' }), ...TOLD })
  .meta({ id: 'NewDeal' });
const DealChange = z
  .strictObject(z.strictObject(TOLD).partial().shape)
  .meta({ id: 'DealChange', description: 'What is to be changed; what is not given stays' });
const Comment = plainText(500).meta({ description: 'What the other side is told' });
const Said = z.strictObject({ comment: Comment.optional() }).meta({ id: 'DealComment' });
const Explained = z.strictObject({ comment: Comment }).meta({ id: 'DealExplanation' });

const DealHistoryEntry = z
  .strictObject(HISTORY_ENTRY)
  .meta({ id: 'DealHistoryEntry', description: 'Something that has happened to a deal' });

const EXAMPLE_PARAMS = { dealId: EXAMPLE_DEAL_ID };
const ALL = { function: 'dealsApi', tag: 'Deal' } as const;
const ONE = { ...ALL, params: z.strictObject({ dealId: Id }), query: NoParameters } as const;
const READ = { access: { organizationType: 'AGGREGATOR', action: 'readDeals' } } as const;
const VENDOR_READ = { access: { organizationType: 'VENDOR', action: 'readDeals' } } as const;
const REGISTER = { access: { organizationType: 'AGGREGATOR', action: 'registerDeals' } } as const;
const AS_IT_IS = { status: 200, description: 'The deal as it is now', schema: DealBody } as const;
const MOVE = {
  ...ONE,
  ...REGISTER,
  method: 'POST',
  editable: true,
  body: Said,
  answer: AS_IT_IS,
  problems: ['TRANSITION_NOT_ALLOWED', 'CHANGED_MEANWHILE'],
} as const;
const DECIDE = {
  ...MOVE,
  access: { organizationType: 'VENDOR', action: 'decideDeals' },
  answer: { ...AS_IT_IS, schema: VendorDeal },
} as const;
const HISTORY = {
  ...ONE,
  method: 'GET',
  summary: "List a deal's history",
  description: 'What has happened to a deal, and what was said. Users of other organizations are not named.',
  query: z.strictObject(listQuery(ORDER_HISTORY_LIST)),
  answer: {
    status: 200,
    description: 'A page of entries',
    schema: pageOf(DealHistoryEntry).meta({ id: 'PageOfDealHistoryEntry' }),
  },
  problems: [],
  example: {
    params: EXAMPLE_PARAMS,
    answer: {
      content: [
        {
          time: '2026-11-12T08:00:00.000Z',
          party: 'VENDOR',
          action: 'approveDeal',
          from: 'PENDING_APPROVE',
          to: 'OPPORTUNITY',
          reason: 'Good luck',
        },
      ],
      total: 1,
    },
  },
} as const;

type ExampleOver = Partial<Record<'status' | 'extendStatus' | 'expirationDate' | 'closeDate', string>>;
const exampleOf = (over: ExampleOver, body: object = {}) => ({
  params: EXAMPLE_PARAMS,
  body,
  answer: { ...EXAMPLE_DEAL, ...over },
});
const vendorExampleOf = (over: ExampleOver, body: object = {}) => ({
  params: EXAMPLE_PARAMS,
  body,
  answer: { ...EXAMPLE_VENDOR_DEAL, ...over },
});

export const dealRoutes = {
  listDeals: {
    ...ALL,
    ...READ,
    published: true,
    method: 'GET',
    path: '/api/aggregator/v1/deals',
    summary: 'List deals',
    description: 'The deals that the organization has registered.',
    params: NoParameters,
    query: z.object(listQuery(DEAL_LIST)),
    answer: { status: 200, description: 'A page of deals', schema: pageOf(DealBody).meta({ id: 'PageOfDeal' }) },
    problems: [],
    example: { query: { filter: 'status==OPPORTUNITY' }, answer: { content: [EXAMPLE_DEAL], total: 1 } },
  },
  getDeal: {
    ...ONE,
    ...READ,
    published: true,
    editable: true,
    method: 'GET',
    path: '/api/aggregator/v1/deals/{dealId}',
    summary: 'Get a deal',
    description: 'A deal that the organization has registered.',
    query: z.object({}),
    answer: { ...AS_IT_IS, description: 'The deal' },
    problems: [],
    example: { params: EXAMPLE_PARAMS, answer: EXAMPLE_DEAL },
  },
  registerDeal: {
    ...ALL,
    ...REGISTER,
    method: 'POST',
    path: '/api/aggregator/v1/deals',
    summary: 'Register a deal',
    description: 'A draft of a deal of one of the contracts that the organization holds. Submit it for approval.',
    params: NoParameters,
    query: NoParameters,
    body: NewDeal,
    answer: { status: 201, description: 'The deal', schema: DealBody },
    problems: ['CONTRACT_STATUS'],
    example: {
      body: { contractId: EXAMPLE_CONTRACT_ID, ...EXAMPLE_NEW_DEAL },
      answer: { ...EXAMPLE_DEAL, status: 'DRAFT' },
    },
  },
  changeDeal: {
    ...MOVE,
    method: 'PATCH',
    path: '/api/aggregator/v1/deals/{dealId}',
    summary: 'Change a deal',
    description: 'While it is a DRAFT or PENDING_REVISION. The contract stays.',
    body: DealChange,
    example: exampleOf({ status: 'PENDING_REVISION' }, { projectedDealValue: 10000 }),
  },
  submitDeal: {
    ...MOVE,
    path: '/api/aggregator/v1/deals/{dealId}/submit',
    summary: 'Submit a deal',
    description: 'Sends a draft, or what was to be revised, to the vendor for approval.',
    problems: ['TRANSITION_NOT_ALLOWED', 'CONTRACT_STATUS', 'CHANGED_MEANWHILE'],
    example: exampleOf({ status: 'PENDING_APPROVE' }),
  },
  convertDeal: {
    ...MOVE,
    path: '/api/aggregator/v1/deals/{dealId}/convert',
    summary: 'Convert a deal',
    description:
      'Closes an opportunity as won, once the contract has usage of the product in a month since it was registered.',
    problems: ['TRANSITION_NOT_ALLOWED', 'NOT_CONSUMED', 'CHANGED_MEANWHILE'],
    example: exampleOf({ status: 'CLOSED_WON', closeDate: '2026-12-04' }),
  },
  loseDeal: {
    ...MOVE,
    path: '/api/aggregator/v1/deals/{dealId}/lose',
    summary: 'Close a deal as lost',
    description: 'Closes an opportunity that came to nothing.',
    example: exampleOf({ status: 'CLOSED_LOST', closeDate: '2026-12-04' }, { comment: 'Went with another product' }),
  },
  abandonDeal: {
    ...MOVE,
    path: '/api/aggregator/v1/deals/{dealId}/abandon',
    summary: 'Abandon a deal',
    description: 'Closes a deal that is no longer pursued, in whatever state it is open.',
    example: exampleOf({ status: 'CLOSED_ABANDONED', closeDate: '2026-12-04' }),
  },
  requestDealExtension: {
    ...MOVE,
    path: '/api/aggregator/v1/deals/{dealId}/requestExtension',
    summary: 'Ask for the extension of a deal',
    description: 'Asks the vendor for 180 more days of an opportunity, once, before its expiration date.',
    example: exampleOf({ extendStatus: 'PENDING_EXTENSION' }, { comment: 'The project was put off' }),
  },
  listDealHistory: { ...HISTORY, ...READ, path: '/api/aggregator/v1/deals/{dealId}/history' },
  listVendorDeals: {
    ...ALL,
    ...VENDOR_READ,
    method: 'GET',
    path: '/api/vendor/v1/deals',
    summary: 'List deals',
    description:
      'Deals of the programme in one state; those that wait for approval unless told otherwise. Extensions that wait are `status=OPPORTUNITY&filter=extendStatus==PENDING_EXTENSION`.',
    params: NoParameters,
    query: z.strictObject({
      ...listQuery(DEAL_LIST),
      status: z
        .enum(DEAL_STATUSES, `must be one of ${DEAL_STATUSES.join(', ')}`)
        .default('PENDING_APPROVE')
        .meta({ description: 'State of the deals' }),
    }),
    answer: {
      status: 200,
      description: 'A page of deals',
      schema: pageOf(VendorDeal).meta({ id: 'PageOfVendorDeal' }),
    },
    problems: [],
    example: {
      query: { status: 'OPPORTUNITY', filter: 'extendStatus==PENDING_EXTENSION' },
      answer: { content: [EXAMPLE_VENDOR_DEAL], total: 1 },
    },
  },
  getVendorDeal: {
    ...ONE,
    ...VENDOR_READ,
    editable: true,
    method: 'GET',
    path: '/api/vendor/v1/deals/{dealId}',
    summary: 'Get a deal',
    description: 'A deal of any aggregator.',
    answer: { status: 200, description: 'The deal', schema: VendorDeal },
    problems: [],
    example: { params: EXAMPLE_PARAMS, answer: EXAMPLE_VENDOR_DEAL },
  },
  listVendorDealHistory: { ...HISTORY, ...VENDOR_READ, path: '/api/vendor/v1/deals/{dealId}/history' },
  approveDeal: {
    ...DECIDE,
    path: '/api/vendor/v1/deals/{dealId}/approve',
    summary: 'Approve a deal',
    description: 'Makes it an opportunity.',
    problems: ['TRANSITION_NOT_ALLOWED', 'CONTRACT_STATUS', 'CHANGED_MEANWHILE'],
    example: vendorExampleOf({}, { comment: 'Good luck' }),
  },
  askToReviseDeal: {
    ...DECIDE,
    path: '/api/vendor/v1/deals/{dealId}/askToRevise',
    summary: 'Ask for the revision of a deal',
    description: 'Gives it back to the aggregator, who changes and submits it again.',
    body: Explained,
    example: vendorExampleOf({ status: 'PENDING_REVISION' }, { comment: 'Which product is it?' }),
  },
  denyDeal: {
    ...DECIDE,
    path: '/api/vendor/v1/deals/{dealId}/deny',
    summary: 'Deny a deal',
    description: 'Closes a deal that waits for approval.',
    body: Explained,
    example: vendorExampleOf({ status: 'CLOSED_DENIED' }, { comment: 'Registered by another aggregator before' }),
  },
  withdrawDealProduct: {
    ...DECIDE,
    path: '/api/vendor/v1/deals/{dealId}/withdrawProduct',
    summary: 'Close a deal as its product was withdrawn',
    description: 'Closes an opportunity whose service provider has lost access to the product.',
    body: Explained,
    example: vendorExampleOf({ status: 'CLOSED_AS_LOST_PRODUCT_ACCESS' }, { comment: 'No longer in the programme' }),
  },
  approveDealExtension: {
    ...DECIDE,
    path: '/api/vendor/v1/deals/{dealId}/approveExtension',
    summary: 'Extend a deal',
    description: 'Gives an opportunity 180 more days, from its expiration date on.',
    example: vendorExampleOf({ extendStatus: 'EXTENDED', expirationDate: '2027-11-05' }),
  },
  denyDealExtension: {
    ...DECIDE,
    path: '/api/vendor/v1/deals/{dealId}/denyExtension',
    summary: "Deny a deal's extension",
    description: 'The opportunity ends on its expiration date, at once where that is past.',
    body: Explained,
    example: vendorExampleOf({ extendStatus: 'EXTENSION_DENIED' }, { comment: 'Once is enough' }),
  },
} as const satisfies Record<string, RouteDefinition>;
