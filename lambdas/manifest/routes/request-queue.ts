import * as z from 'zod';
import { CONTRACT_STATUSES } from '../../domain/contract/status.ts';
import { CONTRACT_REQUEST_TYPES } from '../../domain/contract-request/request.ts';
import { CONTRACT_REQUEST_STATUSES } from '../../domain/contract-request/status.ts';
import { REQUEST_QUEUE_LIST } from '../../use-cases/lists/request-queue-list.ts';
import { listQuery, NoParameters, pageOf } from './common.ts';
import { ContractRequestBody } from './contracts/contract-requests.ts';
import type { RouteDefinition } from './route.ts';
import { Id, plainText } from './text.ts';

const QueuedRequest = z
  .strictObject({
    id: z.string(),
    token: z.string().meta({ description: 'Number for people' }),
    requestType: z.enum(CONTRACT_REQUEST_TYPES),
    status: z.enum(CONTRACT_REQUEST_STATUSES),
    contractId: z.string(),
    contractNumber: z.string(),
    aggregatorId: z.string(),
    effectiveDate: z.iso.date().meta({ description: 'Day it acts from, at 00:00 UTC' }),
    createdTime: z.iso.datetime(),
  })
  .meta({ id: 'QueuedRequest', description: "A contract request as the vendor's queue shows it" });

const HistoryEntry = z
  .strictObject({
    time: z.iso.datetime(),
    actor: z.string().meta({ description: 'Id of the user, SYSTEM for the portal itself' }),
    action: z.string(),
    from: z.string().optional(),
    to: z.string().optional(),
    reason: z.string().optional(),
  })
  .meta({ id: 'RequestHistoryEntry' });

const ReviewedRequest = ContractRequestBody.extend({
  aggregatorId: z.string(),
  serviceProviderId: z.string(),
  approvedOn: z.iso.date().optional(),
  creditNoteNumber: z.string().optional().meta({ description: 'Of the credit note for that invoice' }),
}).meta({ id: 'ReviewedRequest', description: 'A contract request in full' });

const DeactivatedContract = z
  .strictObject({
    id: z.string(),
    contractNumber: z.string(),
    status: z.enum(CONTRACT_STATUSES),
    eolDate: z.iso.date().optional().meta({ description: 'Last active day' }),
  })
  .meta({ id: 'DeactivatedContract' });

const Comment = z
  .strictObject({ comment: plainText(500).meta({ description: 'What the aggregator is told' }) })
  .meta({ id: 'RequestComment' });
const Approval = Comment.partial()
  .extend({
    settlement: z
      .strictObject({
        amount: z.string('must be a decimal number, as text').max(40, 'must have at most 40 characters'),
        currency: z.string('must be text').max(3, 'must have 3 letters'),
      })
      .optional()
      .meta({
        description:
          'What the early end of a contract is settled at, in place of the minimums (CUSTOM, PRE-PAY) and committed hosts or products (MSP, LPCAAS) that lapse with it: a line of its own on the invoice of its last month. Without it, or at 0, they lapse.',
      }),
  })
  .meta({ id: 'RequestApproval' });

const EXAMPLE_ROW = {
  id: '8dec8aaa-4b1f-4d0c-9a51-760aa839aeb3',
  token: 'C-50000042-300012-2611-0000001',
  requestType: 'CREATE',
  status: 'PENDING_APPROVAL',
  contractId: 'c1a6e2f0-9a50-4b6e-8d2f-0a1b2c3d4e5f',
  contractNumber: '50000042',
  aggregatorId: '0f8fad5b-d9cb-469f-a165-70867728950e',
  effectiveDate: '2026-12-01',
  createdTime: '2026-11-10T09:30:00.000Z',
} as const;
const EXAMPLE = {
  ...EXAMPLE_ROW,
  serviceProviderId: '5a2c1b7e-0f43-4d5e-8a90-1c2d3e4f5a6b',
  comment: 'As agreed on 3 November',
  requesterId: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
  contractSKU: { code: 'VSPP3-PREPAY', contractType: 'PRE-PAY' },
  term: 12,
  minCommits: Array.from({ length: 12 }, () => '1000'),
  price: { listPrice: '0.88', discount: '12.5', priceListVersion: 'USD-2026-01' },
  prepayment: '12000',
} as const;
const EXAMPLE_PARAMS = { requestId: EXAMPLE.id };

const ALL = { function: 'requestQueueApi', tag: 'Request queue' } as const;
const ONE = { ...ALL, params: z.strictObject({ requestId: Id }), query: NoParameters, editable: true } as const;
const READ = { access: { organizationType: 'VENDOR', action: 'readRequestQueue' } } as const;
const DECIDE = {
  ...ONE,
  access: { organizationType: 'VENDOR', action: 'decideRequests' },
  method: 'POST',
  answer: { status: 200, description: 'The request as it is now', schema: ReviewedRequest },
} as const;

export const requestQueueRoutes = {
  listRequestQueue: {
    ...ALL,
    ...READ,
    method: 'GET',
    path: '/api/vendor/v1/contractRequests',
    summary: 'List contract requests',
    description: 'Contract requests of the programme in one state; those that wait for approval unless told otherwise.',
    params: NoParameters,
    query: z.strictObject({
      ...listQuery(REQUEST_QUEUE_LIST),
      status: z
        .enum(CONTRACT_REQUEST_STATUSES, `must be one of ${CONTRACT_REQUEST_STATUSES.join(', ')}`)
        .default('PENDING_APPROVAL')
        .meta({ description: 'State of the requests' }),
    }),
    answer: {
      status: 200,
      description: 'A page of requests',
      schema: pageOf(QueuedRequest).meta({ id: 'PageOfQueuedRequest' }),
    },
    problems: [],
    example: { query: { filter: 'requestType==CREATE' }, answer: { content: [EXAMPLE_ROW], total: 1 } },
  },
  getQueuedRequest: {
    ...ONE,
    ...READ,
    method: 'GET',
    path: '/api/vendor/v1/contractRequests/{requestId}',
    summary: 'Get a contract request',
    description: 'A contract request in full, with what was done with it, oldest first.',
    answer: {
      status: 200,
      description: 'The request',
      schema: ReviewedRequest.extend({ history: z.array(HistoryEntry) }).meta({ id: 'ReviewedRequestWithHistory' }),
    },
    problems: [],
    example: {
      params: EXAMPLE_PARAMS,
      answer: {
        ...EXAMPLE,
        history: [
          {
            time: EXAMPLE.createdTime,
            actor: EXAMPLE.requesterId,
            action: 'createContract',
            to: 'PENDING_APPROVAL',
            reason: EXAMPLE.comment,
          },
        ],
      },
    },
  },
  approveRequest: {
    ...DECIDE,
    path: '/api/vendor/v1/contractRequests/{requestId}/approve',
    summary: 'Approve a contract request',
    description:
      'It takes effect on its date. One with a prepayment is invoiced first, within minutes: `PENDING_VENDOR` until then.',
    body: Approval,
    problems: ['TRANSITION_NOT_ALLOWED', 'REVISION_NEEDED', 'CHANGED_MEANWHILE'],
    example: {
      params: EXAMPLE_PARAMS,
      body: {},
      answer: {
        ...EXAMPLE,
        status: 'PENDING_VENDOR',
        approverId: '16fd2706-8baf-433b-82eb-8c7fada847da',
        approverComment: '',
        approvedOn: '2026-11-12',
      },
    },
  },
  reviseRequest: {
    ...DECIDE,
    path: '/api/vendor/v1/contractRequests/{requestId}/revise',
    summary: 'Ask for a revision',
    description: 'Gives a request back to its aggregator, who may submit it again, changed.',
    body: Comment,
    problems: ['TRANSITION_NOT_ALLOWED', 'CHANGED_MEANWHILE'],
    example: {
      params: EXAMPLE_PARAMS,
      body: { comment: 'The discount is 10 %' },
      answer: {
        ...EXAMPLE,
        status: 'PENDING_REVISE',
        approverId: '16fd2706-8baf-433b-82eb-8c7fada847da',
        approverComment: 'The discount is 10 %',
      },
    },
  },
  rejectRequest: {
    ...DECIDE,
    path: '/api/vendor/v1/contractRequests/{requestId}/reject',
    summary: 'Reject a contract request',
    description: 'Nothing comes of it. A contract that it would have made is rejected with it.',
    body: Comment,
    problems: ['TRANSITION_NOT_ALLOWED', 'CHANGED_MEANWHILE'],
    example: {
      params: EXAMPLE_PARAMS,
      body: { comment: 'Not in this programme' },
      answer: {
        ...EXAMPLE,
        status: 'REJECTED',
        approverId: '16fd2706-8baf-433b-82eb-8c7fada847da',
        approverComment: 'Not in this programme',
      },
    },
  },
  stopRequest: {
    ...DECIDE,
    path: '/api/vendor/v1/contractRequests/{requestId}/stop',
    summary: 'Stop a contract request',
    description:
      'Ends a request before it takes effect, also an approved one; a prepayment that was invoiced is credited.',
    body: Comment,
    problems: ['TRANSITION_NOT_ALLOWED', 'CHANGED_MEANWHILE'],
    example: {
      params: EXAMPLE_PARAMS,
      body: { comment: 'The service provider has left the programme' },
      answer: {
        ...EXAMPLE,
        status: 'STOPPED',
        approverId: '16fd2706-8baf-433b-82eb-8c7fada847da',
        approverComment: 'The service provider has left the programme',
      },
    },
  },
  deactivateContract: {
    ...ALL,
    access: { organizationType: 'VENDOR', action: 'decideRequests' },
    method: 'POST',
    path: '/api/vendor/v1/contracts/{contractId}/deactivate',
    summary: 'Deactivate a contract',
    description: 'Today is its last active day. Its open requests are stopped; what is used until then is billed.',
    params: z.strictObject({ contractId: Id }),
    query: NoParameters,
    editable: true,
    body: z
      .strictObject({ reason: plainText(500).meta({ description: 'Why, for the audit trail' }) })
      .meta({ id: 'Deactivation' }),
    answer: { status: 200, description: 'The contract as it is now', schema: DeactivatedContract },
    problems: ['TRANSITION_NOT_ALLOWED', 'CHANGED_MEANWHILE'],
    example: {
      params: { contractId: EXAMPLE.contractId },
      body: { reason: 'Insolvency of the service provider' },
      answer: { id: EXAMPLE.contractId, contractNumber: '50000042', status: 'DEACTIVATED', eolDate: '2026-11-12' },
    },
  },
} as const satisfies Record<string, RouteDefinition>;
