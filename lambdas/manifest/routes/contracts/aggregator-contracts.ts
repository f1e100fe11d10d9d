import * as z from 'zod';
import { AGGREGATOR_CONTRACT_LIST } from '../../../use-cases/lists/contract-list.ts';
import { listQuery, NoParameters } from '../common.ts';
import type { RouteDefinition } from '../route.ts';
import { Id } from '../text.ts';
import {
  AmendBody,
  CreateBody,
  DowngradeBody,
  PrepayAmendBody,
  RenewBody,
  TerminateBody,
  ThresholdBody,
  TopUpBody,
  UpdateBody,
  UpgradeBody,
} from './bodies.ts';
import { EXAMPLE_CONTRACT_PARAMS } from './example-ids.ts';
import { EXAMPLE_AGGREGATOR_CONTRACT, EXAMPLE_CREATE, exampleRequest } from './examples.ts';
import { AggregatorContract, BriefRequest, PageOfContract, TopUpBriefRequest } from './structures.ts';

const TAG = { tag: 'Contract' } as const;
const READ = {
  ...TAG,
  method: 'GET',
  function: 'contractsApi',
  access: { organizationType: 'AGGREGATOR', action: 'readContracts' },
  published: true,
  problems: [],
} as const;
const WRITE = {
  ...TAG,
  function: 'contractChangesApi',
  access: { organizationType: 'AGGREGATOR', action: 'changeContracts' },
} as const;

const OF_CONTRACT = z.strictObject({ contractId: Id });
const REQUESTED = { status: 200, description: 'The request', schema: BriefRequest } as const;

const ASK = {
  ...WRITE,
  method: 'POST',
  params: OF_CONTRACT,
  answer: REQUESTED,
  problems: ['CONTRACT_STATUS', 'REQUEST_OPEN', 'CHANGED_MEANWHILE'],
} as const;
const PUBLISHED_ASK = { ...ASK, published: true, query: z.object({}) } as const;
const ADDED_ASK = { ...ASK, query: NoParameters } as const;

export const aggregatorContractRoutes = {
  listAggregatorContracts: {
    ...READ,
    path: '/api/aggregator/v1/contracts',
    summary: 'List contracts',
    description: "The contracts of the caller's organization.",
    params: NoParameters,
    query: z.object(listQuery(AGGREGATOR_CONTRACT_LIST)),
    answer: { status: 200, description: 'A page of contracts', schema: PageOfContract },
    example: {
      query: { filter: 'status==ACTIVE;contractSKU.productFamily.type==RENTAL', sort: '-bolDate' },
      answer: { content: [EXAMPLE_AGGREGATOR_CONTRACT], total: 1 },
    },
  },
  getAggregatorContract: {
    ...READ,
    path: '/api/aggregator/v1/contracts/{contractId}',
    editable: true,
    summary: 'Get a contract',
    description: 'A contract as it is now.',
    params: OF_CONTRACT,
    query: z.object({}),
    answer: { status: 200, description: 'The contract', schema: AggregatorContract },
    example: { params: EXAMPLE_CONTRACT_PARAMS, answer: EXAMPLE_AGGREGATOR_CONTRACT },
  },
  createContract: {
    ...PUBLISHED_ASK,
    path: '/api/aggregator/v1/contracts',
    summary: 'Create a contract',
    description:
      'Makes a contract and the request for it. CUSTOM and PRE-PAY need approval; PAY-GO is active from its first day on. What a contract type does not need is ignored.',
    params: NoParameters,
    body: CreateBody,
    problems: ['CHANGED_MEANWHILE'],
    example: { body: EXAMPLE_CREATE, answer: exampleRequest('CREATE', 'PENDING_EFFECTIVE_DATE') },
  },
  changeContract: {
    ...WRITE,
    method: 'PATCH',
    path: '/api/aggregator/v1/contracts/{contractId}',
    published: true,
    editable: true,
    summary: "Change a contract's basic information",
    description: 'Acts at once; what is not given stays.',
    params: OF_CONTRACT,
    query: z.object({}),
    body: UpdateBody,
    answer: { status: 200, description: 'The contract as it is now', schema: AggregatorContract },
    problems: ['CONTRACT_STATUS', 'CHANGED_MEANWHILE'],
    example: {
      params: EXAMPLE_CONTRACT_PARAMS,
      body: { vmwarePurchaseOrder: 'PO-100000' },
      answer: EXAMPLE_AGGREGATOR_CONTRACT,
    },
  },
  upgradeContract: {
    ...PUBLISHED_ASK,
    path: '/api/aggregator/v1/contracts/{contractId}/upgrade',
    summary: 'Upgrade a contract',
    description:
      'To a PAY-GO SKU with a higher minimum, from the 1st of a month on. From CUSTOM and PRE-PAY it needs approval.',
    body: UpgradeBody,
    example: {
      params: EXAMPLE_CONTRACT_PARAMS,
      body: { contractSKUId: EXAMPLE_CREATE.contractSKUId, effectiveDate: '2026-12-01', comment: 'More customers' },
      answer: exampleRequest('UPGRADE', 'PENDING_EFFECTIVE_DATE'),
    },
  },
  downgradeContract: {
    ...PUBLISHED_ASK,
    path: '/api/aggregator/v1/contracts/{contractId}/downgrade',
    summary: 'Downgrade a contract',
    description: 'To a PAY-GO SKU with a lower minimum, from the 1st of a month on, with approval.',
    body: DowngradeBody,
    example: {
      params: EXAMPLE_CONTRACT_PARAMS,
      body: { contractSKUId: EXAMPLE_CREATE.contractSKUId, effectiveDate: '2026-12-01', comment: 'Fewer customers' },
      answer: exampleRequest('DOWNGRADE', 'PENDING_APPROVAL'),
    },
  },
  topUpContract: {
    ...PUBLISHED_ASK,
    path: '/api/aggregator/v1/contracts/{contractId}/topup',
    summary: 'Top up a contract',
    description:
      'Adds to the prepayment of a PRE-PAY contract, with approval. The schedule is that of the whole term; months that have ended stay as they are.',
    body: TopUpBody,
    answer: { status: 200, description: 'The request', schema: TopUpBriefRequest },
    example: {
      params: EXAMPLE_CONTRACT_PARAMS,
      body: { prepayment: 240, term: 3, burnDownSchedule: [10, 130, 130], vmwarePurchaseOrder: 'PO-100000' },
      answer: {
        ...exampleRequest('TOPUP', 'PENDING_APPROVAL'),
        vmwarePurchaseOrder: 'PO-100000',
        term: 3,
        prepayment: 240,
        burnDownSchedule: [10, 130, 130],
      },
    },
  },
  terminateContract: {
    ...PUBLISHED_ASK,
    path: '/api/aggregator/v1/contracts/{contractId}/terminate',
    summary: 'Terminate a contract',
    description: 'With approval. The last active day is the day before the effective date.',
    body: TerminateBody,
    example: {
      params: EXAMPLE_CONTRACT_PARAMS,
      body: { effectiveDate: '2027-01-01', comment: 'Merged with Other Corp', reason: 'Merger and Acquisition' },
      answer: exampleRequest('TERMINATE', 'PENDING_APPROVAL'),
    },
  },
  renewContract: {
    ...ADDED_ASK,
    path: '/api/aggregator/v1/contracts/{contractId}/renew',
    summary: 'Renew a contract',
    description:
      'For another term with the SKU it has, with approval: from the day after its end, or in grace from today on. CUSTOM and PRE-PAY take what a new contract takes. A prepaid balance is carried over.',
    body: RenewBody,
    example: {
      params: EXAMPLE_CONTRACT_PARAMS,
      body: { term: 12 },
      answer: exampleRequest('RENEW', 'PENDING_APPROVAL'),
    },
  },
  amendContract: {
    ...ADDED_ASK,
    path: '/api/aggregator/v1/contracts/{contractId}/amend',
    summary: 'Amend a CUSTOM contract',
    description: 'Another schedule, longer term or discount from the 1st of a month on, with approval.',
    body: AmendBody,
    example: {
      params: EXAMPLE_CONTRACT_PARAMS,
      body: { effectiveDate: '2026-12-01', discount: 22.5 },
      answer: exampleRequest('AMEND', 'PENDING_APPROVAL'),
    },
  },
  amendPrepayment: {
    ...ADDED_ASK,
    path: '/api/aggregator/v1/contracts/{contractId}/prepayAmend',
    summary: 'Amend a PRE-PAY contract',
    description: 'Another schedule, longer term or trigger point without new money, with approval.',
    body: PrepayAmendBody,
    example: {
      params: EXAMPLE_CONTRACT_PARAMS,
      body: { effectiveDate: '2026-12-01', triggerPoint: 50 },
      answer: exampleRequest('PREPAY_AMEND', 'PENDING_APPROVAL'),
    },
  },
  updateThreshold: {
    ...ADDED_ASK,
    path: '/api/aggregator/v1/contracts/{contractId}/thresholdUpdate',
    summary: 'Change the usage threshold of an MSP contract',
    description: 'With approval, from today or a later day on.',
    body: ThresholdBody,
    example: {
      params: EXAMPLE_CONTRACT_PARAMS,
      body: { threshold: 900 },
      answer: exampleRequest('THRESHOLD_UPDATE', 'PENDING_APPROVAL'),
    },
  },
} as const satisfies Record<string, RouteDefinition>;
