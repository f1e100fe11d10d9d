import * as z from 'zod';
import { CONTRACT_TYPES } from '../../../domain/catalogue/family.ts';
import { CONTRACT_REQUEST_TYPES } from '../../../domain/contract-request/request.ts';
import { CONTRACT_REQUEST_STATUSES } from '../../../domain/contract-request/status.ts';
import { CONTRACT_REQUEST_LIST } from '../../../use-cases/lists/contract-request-list.ts';
import { Decimal, listQuery, Money, NoParameters, pageOf } from '../common.ts';
import type { RouteDefinition } from '../route.ts';
import { Id } from '../text.ts';
import { Comment, ResubmitBody } from './bodies.ts';
import { EXAMPLE_CONTRACT_ID, EXAMPLE_CONTRACT_PARAMS, EXAMPLE_REQUEST_ID } from './example-ids.ts';
import { DateText } from './structures.ts';

const Price = z.strictObject({
  listPrice: Decimal,
  discount: Decimal.meta({ description: 'Percent' }),
  overagePrice: Decimal.optional(),
  priceListVersion: z.string(),
});

const BasicInfo = z.strictObject({
  serviceProviderContact: z.string().optional(),
  licenseContact: z.string().optional(),
  aggregatorContact: z.string().optional(),
  billingOrderPreference: z.enum(['ONLINE', 'EDI']).optional(),
  vmwarePurchaseOrder: z.string().optional(),
  fillPurchaseOrderInMBO: z.boolean().optional(),
  billToAccountNumber: z.string().optional(),
  entitlementAccount: z.string().optional(),
});

/** A request in full: what every one has, and what is asked for. */
export const ContractRequestBody = z
  .strictObject({
    id: z.string(),
    token: z.string(),
    contractId: z.string(),
    contractNumber: z.string(),
    status: z.enum(CONTRACT_REQUEST_STATUSES),
    requestType: z.enum(CONTRACT_REQUEST_TYPES),
    effectiveDate: DateText,
    createdTime: z.iso.datetime(),
    requesterId: z.string().meta({ description: 'Id of the user who asked last' }),
    comment: z.string(),
    approverId: z.string().optional().meta({ description: 'Id of the user of the vendor who decided last' }),
    approverComment: z.string().optional(),
    invoiceNumber: z.string().optional().meta({ description: 'Of the invoice of its prepayment' }),
    contractSKU: z.strictObject({ code: z.string(), contractType: z.enum(CONTRACT_TYPES) }).optional(),
    reason: z.string().optional().meta({ description: 'Of a termination' }),
    settlement: Money.optional().meta({
      description: 'What the vendor settles an early end at, billed with its last month',
    }),
    term: z.int().optional().meta({ description: 'Months' }),
    minCommits: z.array(Decimal).optional(),
    burnDownSchedule: z.array(Decimal).optional(),
    price: Price.optional().meta({ description: 'As it is locked' }),
    prepayment: Decimal.optional(),
    triggerPoint: Decimal.optional(),
    threshold: Decimal.optional(),
    spf: z.string().optional(),
    vmwarePurchaseOrder: z.string().optional(),
    basicInfo: BasicInfo.optional(),
  })
  .meta({
    id: 'ContractRequest',
    description:
      "A request to make or change a contract, with what is asked for; amounts are in the product family's unit",
  });

const EXAMPLE = {
  id: EXAMPLE_REQUEST_ID,
  token: 'C-50000001-200002-2611-0000002',
  contractId: EXAMPLE_CONTRACT_ID,
  contractNumber: '50000001',
  status: 'PENDING_REVISE',
  requestType: 'TERMINATE',
  effectiveDate: '2027-01-01',
  createdTime: '2026-11-10T07:36:00.396Z',
  requesterId: '0d4f7c1a-93b2-4a6e-8c55-e1b2c3d4e5f6',
  comment: 'Merged with Other Corp',
  approverId: '7e0b2d90-5b0c-4f8e-9c8a-f2b4d6e8a0c1',
  approverComment: 'The end of the quarter, please',
  reason: 'Merger and Acquisition',
} as const;

const PARAMS = z.strictObject({ contractId: Id, requestId: Id });
const EXAMPLE_PARAMS = { ...EXAMPLE_CONTRACT_PARAMS, requestId: EXAMPLE_REQUEST_ID };
const READ = {
  method: 'GET',
  function: 'contractsApi',
  access: { organizationType: 'AGGREGATOR', action: 'readContractTerms' },
  tag: 'Contract request',
  problems: [],
} as const;
const WRITE = {
  method: 'POST',
  function: 'contractChangesApi',
  access: { organizationType: 'AGGREGATOR', action: 'changeContracts' },
  tag: 'Contract request',
  params: PARAMS,
  query: NoParameters,
  answer: { status: 200, description: 'The request as it is now', schema: ContractRequestBody },
} as const;

export const contractRequestRoutes = {
  listContractRequests: {
    ...READ,
    path: '/api/aggregator/v1/contracts/{contractId}/requests',
    summary: "List a contract's requests",
    description: 'All requests of a contract, open or not, the newest first.',
    params: z.strictObject({ contractId: Id }),
    query: z.strictObject(listQuery(CONTRACT_REQUEST_LIST)),
    answer: {
      status: 200,
      description: 'A page of requests',
      schema: pageOf(ContractRequestBody).meta({ id: 'PageOfContractRequest' }),
    },
    example: {
      params: EXAMPLE_CONTRACT_PARAMS,
      query: { filter: 'status==PENDING*' },
      answer: { content: [EXAMPLE], total: 1 },
    },
  },
  getContractRequest: {
    ...READ,
    path: '/api/aggregator/v1/contracts/{contractId}/requests/{requestId}',
    editable: true,
    summary: 'Get a request of a contract',
    description: 'A request with what is asked for, and what the vendor said.',
    params: PARAMS,
    query: NoParameters,
    answer: { status: 200, description: 'The request', schema: ContractRequestBody },
    example: { params: EXAMPLE_PARAMS, answer: EXAMPLE },
  },
  withdrawContractRequest: {
    ...WRITE,
    path: '/api/aggregator/v1/contracts/{contractId}/requests/{requestId}/withdraw',
    summary: 'Withdraw a request',
    description: 'Before it has taken effect. A prepayment that was invoiced for it is credited.',
    body: z.strictObject({ comment: Comment.optional() }).meta({ id: 'ContractRequestWithdrawal' }),
    problems: ['TRANSITION_NOT_ALLOWED', 'CHANGED_MEANWHILE'],
    example: {
      params: EXAMPLE_PARAMS,
      body: { comment: 'No longer needed' },
      answer: { ...EXAMPLE, status: 'WITHDRAWN' },
    },
  },
  resubmitContractRequest: {
    ...WRITE,
    path: '/api/aggregator/v1/contracts/{contractId}/requests/{requestId}/resubmit',
    summary: 'Resubmit a request',
    description:
      'Asks anew for what the vendor wants revised: a whole request of the same type, checked as a new one is.',
    body: ResubmitBody,
    problems: ['TRANSITION_NOT_ALLOWED', 'CONTRACT_STATUS', 'CHANGED_MEANWHILE'],
    example: {
      params: EXAMPLE_PARAMS,
      body: {
        requestType: 'TERMINATE',
        effectiveDate: '2027-01-01',
        comment: 'Merged with Other Corp',
        reason: 'Merger and Acquisition',
      },
      answer: { ...EXAMPLE, status: 'PENDING_APPROVAL' },
    },
  },
} as const satisfies Record<string, RouteDefinition>;
