import * as z from 'zod';
import { CONTRACT_REQUEST_STATUSES } from '../../../domain/contract-request/status.ts';
import { NoParameters } from '../common.ts';
import type { RouteDefinition } from '../route.ts';
import { Id, plainText } from '../text.ts';
import { Comment } from './bodies.ts';
import { ContractRequestBody } from './contract-requests.ts';
import { EXAMPLE_CONTRACT_ID, EXAMPLE_CONTRACT_PARAMS, EXAMPLE_REQUEST_ID } from './example-ids.ts';
import { DateText } from './structures.ts';

const Party = z.strictObject({ name: z.string(), prmId: z.string().meta({ description: 'Partner number' }) });
const Status = z.enum(CONTRACT_REQUEST_STATUSES).meta({
  description:
    'PENDING_REVISE while the other aggregator has to accept, PENDING_APPROVAL while the vendor has to, then as all requests',
});

const AggregatorSwap = z
  .strictObject({
    contractId: z.string(),
    contractNumber: z.string(),
    from: Party,
    newContractId: z.string(),
    newContractNumber: z.string(),
    to: Party,
    status: Status,
    effectiveDate: DateText.meta({ description: 'First day at the other aggregator, last day here the day before' }),
    comment: z.string(),
    approverComment: z.string().optional().meta({ description: 'What the vendor said' }),
  })
  .meta({ id: 'AggregatorSwap', description: 'How a contract goes from one aggregator to another' });

const TakeOver = ContractRequestBody.extend({
  serviceProvider: Party,
  currency: z.string(),
  termFrom: DateText.meta({ description: 'First day of the term that runs' }),
}).meta({
  id: 'TakeOver',
  description: 'A contract that an aggregator is asked to take over, with the terms that run',
});

const NewSwap = z
  .strictObject({
    aggregatorPrmId: plainText(40).meta({ description: 'Partner number of the other aggregator', example: '200003' }),
    effectiveDate: z
      .string('must be text')
      .max(40, 'must be a day, YYYY-MM-DD')
      .meta({ format: 'date', description: 'The 1st of a month that is still to come', example: '2027-01-01' }),
    comment: Comment.optional(),
  })
  .meta({ id: 'NewAggregatorSwap' });

const Acceptance = z
  .strictObject({
    aggregatorContact: z.string('must be text').max(254, 'must have at most 254 characters'),
    billToAccountId: z.string('must be text').max(64, 'must have at most 64 characters'),
    vmwarePurchaseOrder: plainText(100).meta({ description: 'Purchase order with the vendor' }),
    billingOrderPreference: z.enum(['ONLINE', 'EDI'], 'must be ONLINE or EDI'),
    fillPurchaseOrderInMBO: z.boolean('must be true or false').optional(),
    entitlementAccount: plainText(100).optional(),
    effectiveDate: z
      .string('must be text')
      .max(40, 'must be a day, YYYY-MM-DD')
      .optional()
      .meta({ format: 'date', description: 'A later 1st than the one that was asked for' }),
    comment: Comment.optional(),
  })
  .meta({ id: 'TakeOverAcceptance', description: 'What the aggregator adds to the contract' });

const EXAMPLE: z.input<typeof AggregatorSwap> = {
  contractId: EXAMPLE_CONTRACT_ID,
  contractNumber: '50000001',
  from: { name: 'Agg Corp', prmId: '200002' },
  newContractId: '4d7c2a90-11e3-4c0b-9d77-52c1a0b9e6f4',
  newContractNumber: '50000077',
  to: { name: 'Other Agg Corp', prmId: '200003' },
  status: 'PENDING_REVISE',
  effectiveDate: '2027-01-01',
  comment: 'We are closer to them',
};
const EXAMPLE_TAKE_OVER: z.input<typeof TakeOver> = {
  id: EXAMPLE_REQUEST_ID,
  token: 'C-50000077-200003-2611-0000001',
  contractId: EXAMPLE_CONTRACT_ID,
  contractNumber: '50000077',
  status: 'PENDING_APPROVAL',
  requestType: 'CREATE',
  effectiveDate: '2027-01-01',
  createdTime: '2026-11-10T07:36:00.396Z',
  requesterId: '0d4f7c1a-93b2-4a6e-8c55-e1b2c3d4e5f6',
  comment: 'We are closer to them',
  contractSKU: { code: 'VSPP3-1800-C', contractType: 'PAY-GO' },
  term: 12,
  serviceProvider: { name: 'Sp Corp', prmId: '300001' },
  currency: 'USD',
  termFrom: '2026-03-21',
};

const ONE = {
  function: 'aggregatorSwapsApi',
  tag: 'Aggregator swap',
  params: z.strictObject({ contractId: Id }),
  query: NoParameters,
} as const;
const THE_SWAP = { status: 200, description: 'The change as it is now', schema: AggregatorSwap } as const;
const ASK = { access: { organizationType: 'SERVICE_PROVIDER', action: 'swapAggregators' }, method: 'POST' } as const;

export const aggregatorSwapRoutes = {
  askForSwap: {
    ...ONE,
    ...ASK,
    path: '/api/provider/v1/contracts/{contractId}/aggregatorSwap',
    summary: 'Ask for another aggregator',
    description:
      'Asks another aggregator to take a contract over from a 1st on, with the terms that run: RENTAL, RENTAL_MAAS, ISV, GSS and SRV, without a prepaid balance and without another open request. That aggregator has to accept, the vendor to approve.',
    body: NewSwap,
    answer: { ...THE_SWAP, status: 201 },
    problems: ['NOT_SWAPPABLE', 'CONTRACT_STATUS', 'REQUEST_OPEN', 'PREPAYMENT_LEFT', 'CHANGED_MEANWHILE'],
    example: {
      params: EXAMPLE_CONTRACT_PARAMS,
      body: { aggregatorPrmId: '200003', effectiveDate: '2027-01-01', comment: 'We are closer to them' },
      answer: EXAMPLE,
    },
  },
  getSwap: {
    ...ONE,
    access: { organizationType: 'SERVICE_PROVIDER', action: 'readSwaps' },
    method: 'GET',
    path: '/api/provider/v1/contracts/{contractId}/aggregatorSwap',
    summary: 'Get how a contract changes its aggregator',
    description: 'Of the contract that is given up, or of the one it becomes.',
    answer: { ...THE_SWAP, description: 'The change' },
    problems: [],
    example: { params: EXAMPLE_CONTRACT_PARAMS, answer: EXAMPLE },
  },
  withdrawSwap: {
    ...ONE,
    ...ASK,
    path: '/api/provider/v1/contracts/{contractId}/aggregatorSwap/withdraw',
    summary: 'Take back that another aggregator is wanted',
    description: 'Before it has taken effect: the contract stays with its aggregator.',
    body: z.strictObject({ comment: Comment.optional() }).meta({ id: 'AggregatorSwapWithdrawal' }),
    answer: THE_SWAP,
    problems: ['TRANSITION_NOT_ALLOWED', 'CHANGED_MEANWHILE'],
    example: { params: EXAMPLE_CONTRACT_PARAMS, body: {}, answer: { ...EXAMPLE, status: 'WITHDRAWN' } },
  },
  getTakeOver: {
    ...ONE,
    access: { organizationType: 'AGGREGATOR', action: 'readSwaps' },
    method: 'GET',
    path: '/api/aggregator/v1/contracts/{contractId}/takeOver',
    summary: 'Get what is to be taken over',
    description:
      'The request for a contract that the organization is asked to take over from another aggregator, with its terms. Withdraw the request to decline it.',
    answer: { status: 200, description: 'The request', schema: TakeOver },
    problems: [],
    example: { params: EXAMPLE_CONTRACT_PARAMS, answer: { ...EXAMPLE_TAKE_OVER, status: 'PENDING_REVISE' } },
  },
  takeOverContract: {
    ...ONE,
    access: { organizationType: 'AGGREGATOR', action: 'changeContracts' },
    method: 'POST',
    path: '/api/aggregator/v1/contracts/{contractId}/takeOver/accept',
    summary: 'Accept a contract',
    description:
      'Adds what the contract needs here and sends it to the vendor for approval. Approved, it begins here on the day after it ends at the other aggregator.',
    body: Acceptance,
    answer: { status: 200, description: 'The request as it is now', schema: TakeOver },
    problems: ['TRANSITION_NOT_ALLOWED', 'CHANGED_MEANWHILE'],
    example: {
      params: EXAMPLE_CONTRACT_PARAMS,
      body: {
        aggregatorContact: 'bob.johnson@example.com',
        billToAccountId: '533ea6cb-2f7d-4f0e-8d2a-b10700000008',
        vmwarePurchaseOrder: 'PO-100000',
        billingOrderPreference: 'ONLINE',
      },
      answer: EXAMPLE_TAKE_OVER,
    },
  },
} as const satisfies Record<string, RouteDefinition>;
