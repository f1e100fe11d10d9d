import * as z from 'zod';
import { BILLING_ORDER_STATUSES } from '../../domain/billing-order/status.ts';
import { CANCELLATION_STATUSES } from '../../domain/customer-commitment/customer-commitment.ts';
import { CUSTOMER_COMMITMENT_STATUSES } from '../../domain/customer-commitment/status.ts';
import { CANCELLATION_LIST, CUSTOMER_COMMITMENT_LIST } from '../../use-cases/lists/customer-commitment-lists.ts';
import { Decimal, IdText, listQuery, MONTH_PATTERN, MonthText, NoParameters, pageOf } from './common.ts';
import { EXAMPLE_CONTRACT_ID, EXAMPLE_CONTRACT_PARAMS } from './contracts/example-ids.ts';
import { EXAMPLE_CUSTOMER } from './customers.ts';
import { decimalNumber, ExactNumber } from './exact-numbers.ts';
import type { RouteDefinition } from './route.ts';
import { Id, plainText } from './text.ts';

const Customer = z.strictObject({ id: IdText, customerNumber: z.string(), name: z.string() });

const CustomerCommitment = z
  .strictObject({
    id: IdText,
    customer: Customer,
    bol: MonthText,
    eol: MonthText,
    commitment: ExactNumber.meta({ description: 'Points of all months' }),
    status: z.enum(CUSTOMER_COMMITMENT_STATUSES),
    minCommits: z.record(z.string(), ExactNumber).meta({ description: 'Minimum points by month' }),
    name: z.string(),
  })
  .meta({ id: 'CompactCustomerCommitment', description: 'What an end customer has committed to' });

const Name = plainText(100).meta({ description: "For the caller's own reference" });
// 40 digits and a point: longer numbers are refused as they are read.
const MOST_MONTHS = 120;
const CreateRequest = z
  .object({
    customerId: z.string().max(64).meta({ format: 'uuid' }),
    commitment: decimalNumber(6).meta({ description: 'Points of all months, what minCommits add up to' }),
    bol: z.string().max(20).meta(MONTH_PATTERN),
    eol: z.string().max(20).meta(MONTH_PATTERN),
    minCommits: z
      .record(z.string(), decimalNumber(6))
      .refine((entries) => Object.keys(entries).length <= MOST_MONTHS, `must have at most ${MOST_MONTHS} months`)
      .meta({ description: 'Minimum points of each month from bol to eol' }),
    name: Name,
  })
  .meta({ id: 'CustomerCommitmentCreateRequest', description: 'Request to create a customer commitment' });
const UpdateRequest = z
  .object({ name: Name })
  .meta({ id: 'CustomerCommitmentUpdateRequest', description: 'Request to rename a customer commitment' });

const Cancellation = z
  .strictObject({
    commitmentId: z.string(),
    contractId: z.string(),
    commitmentStatus: z.enum(CUSTOMER_COMMITMENT_STATUSES),
    status: z
      .enum(['NONE', ...CANCELLATION_STATUSES])
      .meta({ description: 'What became of asking to cancel it; NONE where nobody has' }),
    requestedTime: z.iso.datetime().optional(),
    reason: z.string().optional().meta({ description: 'Why it was asked for' }),
    comment: z.string().optional().meta({ description: 'What the vendor said' }),
  })
  .meta({ id: 'CommitmentCancellation' });
const CancellationRow = z
  .strictObject({
    id: z.string().meta({ description: 'Of the commitment' }),
    contractId: z.string(),
    contractNumber: z.string(),
    customerNumber: z.string(),
    requestedTime: z.iso.datetime(),
  })
  .meta({ id: 'CommitmentCancellationRow' });
const Asked = z.strictObject({ reason: plainText(500).optional() }).meta({ id: 'CommitmentCancellationRequest' });
const Decided = z
  .strictObject({ comment: plainText(500).optional().meta({ description: 'What the service provider is told' }) })
  .meta({ id: 'CommitmentCancellationDecision' });

const ReportingHistory = z
  .strictObject({
    months: z.array(
      z.strictObject({
        usagePeriod: MonthText,
        minimumCommit: Decimal,
        reported: Decimal.meta({ description: 'Points that the customer has used in the commit, with what came late' }),
        underage: Decimal,
        orderStatus: z.enum(BILLING_ORDER_STATUSES).optional(),
      }),
    ),
  })
  .meta({ id: 'CommitmentReportingHistory' });

const EXAMPLE_ID = '1928cac2-1b2c-4d3e-8f40-045625c0db08';
const MONTHS = { '2026-12': 10, '2027-01': 10, '2027-02': 12.5 };
const EXAMPLE_FIELDS = { commitment: 32.5, bol: '2026-12', eol: '2027-02', minCommits: MONTHS, name: 'my_commitment' };
const EXAMPLE = {
  id: EXAMPLE_ID,
  customer: EXAMPLE_CUSTOMER,
  ...EXAMPLE_FIELDS,
  status: 'PENDING_EFFECTIVE_PERIOD',
} as const;
const EXAMPLE_ONE = { ...EXAMPLE_CONTRACT_PARAMS, commitmentId: EXAMPLE_ID };
const EXAMPLE_CANCELLATION = {
  commitmentId: EXAMPLE_ID,
  contractId: EXAMPLE_CONTRACT_ID,
  commitmentStatus: 'PENDING_EFFECTIVE_PERIOD',
  status: 'PENDING_APPROVAL',
  requestedTime: '2026-11-10T09:30:00.000Z',
  reason: 'Entered twice',
} as const;

const COMMITMENTS = '/api/provider/v1/contracts/{contractId}/customerCommitments';
const OF_CONTRACT = z.strictObject({ contractId: Id });
const ONE = z.strictObject({ contractId: Id, commitmentId: Id });
const COMMON = { function: 'commitmentsApi', tag: 'Customer Commitment' } as const;
const PROVIDER_READ = { organizationType: 'SERVICE_PROVIDER', action: 'readCommitments' } as const;
const PROVIDER_KEEP = { organizationType: 'SERVICE_PROVIDER', action: 'keepCommitments' } as const;
const VENDOR_DECIDE = { organizationType: 'VENDOR', action: 'decideCancellations' } as const;
const COMMITMENT = { status: 200, description: 'The commitment', schema: CustomerCommitment } as const;
const CANCELLATION = { status: 200, description: 'What became of it', schema: Cancellation } as const;
const DECIDE = {
  ...COMMON,
  access: VENDOR_DECIDE,
  method: 'POST',
  editable: true,
  params: ONE,
  query: NoParameters,
  body: Decided,
  answer: CANCELLATION,
} as const;
const VENDOR_ONE = '/api/vendor/v1/commitmentCancellations/{contractId}/{commitmentId}';

export const customerCommitmentRoutes = {
  listCustomerCommitments: {
    ...COMMON,
    access: PROVIDER_READ,
    published: true,
    method: 'GET',
    path: COMMITMENTS,
    summary: 'List customer commits',
    description: 'What the end customers of a SOV contract have committed to.',
    params: OF_CONTRACT,
    query: z.object(listQuery(CUSTOMER_COMMITMENT_LIST)),
    answer: {
      status: 200,
      description: 'A page of commitments',
      schema: pageOf(CustomerCommitment).meta({ id: 'PageOfCompactCustomerCommitment' }),
    },
    problems: [],
    example: {
      params: EXAMPLE_CONTRACT_PARAMS,
      query: { filter: 'name==my_*' },
      answer: { content: [EXAMPLE], total: 1 },
    },
  },
  createCustomerCommitment: {
    ...COMMON,
    access: PROVIDER_KEEP,
    published: true,
    method: 'POST',
    path: COMMITMENTS,
    summary: 'Create a customer commit',
    description:
      'An end customer of a SOV contract commits to minimum points for each month from bol to eol, which lie within the contract and in no frozen period, and overlap none of its other commitments.',
    params: OF_CONTRACT,
    query: z.object({}),
    body: CreateRequest,
    answer: COMMITMENT,
    problems: ['NOT_OF_THIS_FAMILY', 'CONTRACT_STATUS', 'CHANGED_MEANWHILE'],
    example: {
      params: EXAMPLE_CONTRACT_PARAMS,
      body: { customerId: EXAMPLE_CUSTOMER.id, ...EXAMPLE_FIELDS },
      answer: EXAMPLE,
    },
  },
  getCustomerCommitment: {
    ...COMMON,
    access: PROVIDER_READ,
    published: true,
    editable: true,
    method: 'GET',
    path: `${COMMITMENTS}/{commitmentId}`,
    summary: 'Get a customer commit',
    description: 'What an end customer has committed to.',
    params: ONE,
    query: z.object({}),
    answer: COMMITMENT,
    problems: [],
    example: { params: EXAMPLE_ONE, answer: EXAMPLE },
  },
  updateCustomerCommitment: {
    ...COMMON,
    access: PROVIDER_KEEP,
    published: true,
    editable: true,
    method: 'PATCH',
    path: `${COMMITMENTS}/{commitmentId}`,
    summary: 'Rename a customer commit',
    description: 'Nothing but the name of a commitment is ever changed.',
    params: ONE,
    query: z.object({}),
    body: UpdateRequest,
    answer: COMMITMENT,
    problems: ['CHANGED_MEANWHILE'],
    example: { params: EXAMPLE_ONE, body: { name: 'my_commitment' }, answer: EXAMPLE },
  },
  getCommitmentCancellation: {
    ...COMMON,
    access: PROVIDER_READ,
    editable: true,
    method: 'GET',
    path: `${COMMITMENTS}/{commitmentId}/cancellation`,
    summary: 'Get the cancellation of a customer commit',
    description: 'Whether somebody has asked for a commitment to be cancelled, and what the vendor said.',
    params: ONE,
    query: NoParameters,
    answer: CANCELLATION,
    problems: [],
    example: { params: EXAMPLE_ONE, answer: EXAMPLE_CANCELLATION },
  },
  getCommitmentReportingHistory: {
    ...COMMON,
    access: PROVIDER_READ,
    method: 'GET',
    path: `${COMMITMENTS}/{commitmentId}/reportingHistory`,
    summary: 'Get the reporting history of a customer commit',
    description: 'What the customer has used of what it has committed to, month by month up to the running one.',
    params: ONE,
    query: NoParameters,
    answer: { status: 200, description: 'The months', schema: ReportingHistory },
    problems: [],
    example: {
      params: EXAMPLE_ONE,
      answer: {
        months: [
          {
            usagePeriod: '2026-12',
            minimumCommit: '10',
            reported: '7.5',
            underage: '2.5',
            orderStatus: 'PENDING_SP',
          },
        ],
      },
    },
  },
  cancelCustomerCommitment: {
    ...COMMON,
    access: PROVIDER_KEEP,
    editable: true,
    method: 'POST',
    path: `${COMMITMENTS}/{commitmentId}/cancel`,
    summary: 'Ask to cancel a customer commit',
    description: 'Asks the vendor to cancel a commitment that is not billed in any month.',
    params: ONE,
    query: NoParameters,
    body: Asked,
    answer: CANCELLATION,
    problems: ['CONTRACT_STATUS', 'TRANSITION_NOT_ALLOWED', 'COMMITMENT_BILLED', 'CHANGED_MEANWHILE'],
    example: { params: EXAMPLE_ONE, body: { reason: 'Entered twice' }, answer: EXAMPLE_CANCELLATION },
  },
  listCommitmentCancellations: {
    ...COMMON,
    access: { organizationType: 'VENDOR', action: 'readCancellations' },
    method: 'GET',
    path: '/api/vendor/v1/commitmentCancellations',
    summary: 'List commits that are to be cancelled',
    description: 'Commitments of end customers whose cancellation waits for the vendor.',
    params: NoParameters,
    query: z.strictObject(listQuery(CANCELLATION_LIST)),
    answer: {
      status: 200,
      description: 'A page of commitments',
      schema: pageOf(CancellationRow).meta({ id: 'PageOfCommitmentCancellation' }),
    },
    problems: [],
    example: {
      query: { sort: '-requestedTime' },
      answer: {
        content: [
          {
            id: EXAMPLE_ID,
            contractId: EXAMPLE_CONTRACT_ID,
            contractNumber: '50000001',
            customerNumber: EXAMPLE_CUSTOMER.customerNumber,
            requestedTime: EXAMPLE_CANCELLATION.requestedTime,
          },
        ],
        total: 1,
      },
    },
  },
  approveCommitmentCancellation: {
    ...DECIDE,
    path: `${VENDOR_ONE}/approve`,
    summary: 'Approve that a customer commit is cancelled',
    description: 'Cancels a commitment as its service provider has asked, unless it was billed in between.',
    problems: ['CONTRACT_STATUS', 'TRANSITION_NOT_ALLOWED', 'COMMITMENT_BILLED', 'CHANGED_MEANWHILE'],
    example: {
      params: EXAMPLE_ONE,
      body: {},
      answer: { ...EXAMPLE_CANCELLATION, commitmentStatus: 'CANCELLED', status: 'APPROVED' },
    },
  },
  rejectCommitmentCancellation: {
    ...DECIDE,
    path: `${VENDOR_ONE}/reject`,
    summary: 'Reject that a customer commit is cancelled',
    description: 'The commitment stays as it was.',
    problems: ['TRANSITION_NOT_ALLOWED', 'CHANGED_MEANWHILE'],
    example: {
      params: EXAMPLE_ONE,
      body: { comment: 'It was agreed' },
      answer: { ...EXAMPLE_CANCELLATION, status: 'REJECTED', comment: 'It was agreed' },
    },
  },
} as const satisfies Record<string, RouteDefinition>;
