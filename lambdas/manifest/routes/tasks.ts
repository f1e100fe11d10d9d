import * as z from 'zod';
import { TASK_LIST, TASK_STATUSES, TASK_TYPES } from '../../use-cases/lists/task-list.ts';
import { EXAMPLE_ORDER_ID } from './billing-orders/examples.ts';
import { listQuery, NoParameters, pageOf } from './common.ts';
import { EXAMPLE_CONTRACT_ID } from './contracts/example-ids.ts';
import type { RouteDefinition } from './route.ts';

const Task = z
  .strictObject({
    id: z.string().meta({ description: 'The same as long as it waits' }),
    type: z.enum(TASK_TYPES).meta({
      description:
        'An order to report or to review, an adjustment, a contract request, a one-off order; an order of which meters tell ' +
        'otherwise than a person has written, or less than was submitted; services delivered in a month, to accept, or ' +
        'disputed, to settle; a deal; a customer commit that is asked to be cancelled',
    }),
    contractId: z.string(),
    contractNumber: z.string().optional(),
    contractReferenceNumber: z.string().optional(),
    usagePeriod: z.string().optional(),
    orderId: z.string().optional().meta({ description: 'The billing order that it is about' }),
    requestId: z.string().optional().meta({ description: 'The contract request that it is about' }),
    token: z.string().optional().meta({ description: 'Number of the contract request, for people' }),
    oneOffOrderId: z.string().optional().meta({ description: 'The one-off order that it is about' }),
    orderNumber: z.string().optional().meta({ description: 'Number of the one-off order, for people' }),
    dealId: z.string().optional().meta({ description: 'The deal that it is about' }),
    dealNumber: z.string().optional().meta({ description: 'Number of the deal, for people' }),
    commitmentId: z.string().optional().meta({ description: 'The customer commit that it is about' }),
    customerNumber: z.string().optional().meta({ description: 'The end customer whose commit it is' }),
    status: z
      .enum(TASK_STATUSES)
      .optional()
      .meta({
        description:
          'PENDING_APPROVAL: the one-off order is to be approved; APPROVED: to be fulfilled. PENDING_APPROVE: the deal is to be ' +
          'approved; PENDING_REVISION: to be revised; PENDING_EXTENSION: to be extended or not',
      }),
    differences: z.int().optional().meta({ description: 'How many usages of the order differ from what meters tell' }),
    deliveries: z.int().optional().meta({ description: 'How many deliveries of the month there are to decide of' }),
    dueDate: z.iso.date().optional().meta({ description: 'Last day on which it is in time' }),
    overdue: z.boolean(),
  })
  .meta({
    id: 'Task',
    description: 'Something that waits for an organization; gone when it is done, wherever that was',
  });

const COUNT = { count: z.int(), overdue: z.int() };
const TaskCounts = z
  .strictObject({ ...COUNT, byType: z.array(z.strictObject({ type: z.enum(TASK_TYPES), ...COUNT })) })
  .meta({
    id: 'TaskCounts',
    description: 'How much waits, and how much of it is overdue; kinds with nothing are left out',
  });

const READ = {
  method: 'GET',
  function: 'dashboardsApi',
  tag: 'Tasks',
  params: NoParameters,
  problems: [],
} as const;
const LIST = {
  ...READ,
  summary: 'List tasks',
  query: z.strictObject(listQuery(TASK_LIST)),
  answer: {
    status: 200,
    description: 'A page of tasks, the most urgent first',
    schema: pageOf(Task).meta({ id: 'PageOfTask' }),
  },
  example: {
    query: { filter: 'overdue==true' },
    answer: {
      content: [
        {
          id: `REPORT#${EXAMPLE_ORDER_ID}`,
          type: 'REPORT',
          contractId: EXAMPLE_CONTRACT_ID,
          contractNumber: '50000001',
          contractReferenceNumber: 'AMER500001RENTAL',
          usagePeriod: '2026-10',
          orderId: EXAMPLE_ORDER_ID,
          dueDate: '2026-11-05',
          overdue: true,
        },
      ],
      total: 1,
    },
  },
} as const;
const COUNTS = {
  ...READ,
  summary: 'Count tasks',
  description: "How much waits for the caller's organization, by kind.",
  query: NoParameters,
  answer: { status: 200, description: 'The counts', schema: TaskCounts },
  example: { answer: { count: 3, overdue: 1, byType: [{ type: 'REPORT', count: 3, overdue: 1 }] } },
} as const;

const VENDOR = { organizationType: 'VENDOR', action: 'readTasks' } as const;
const AGGREGATOR = { organizationType: 'AGGREGATOR', action: 'readTasks' } as const;
const PROVIDER = { organizationType: 'SERVICE_PROVIDER', action: 'readTasks' } as const;

export const taskRoutes = {
  listProviderTasks: {
    ...LIST,
    path: '/api/provider/v1/tasks',
    access: PROVIDER,
    description: 'Orders and adjustments to report, services delivered to accept.',
  },
  countProviderTasks: { ...COUNTS, path: '/api/provider/v1/tasks/counts', access: PROVIDER },
  listAggregatorTasks: {
    ...LIST,
    path: '/api/aggregator/v1/tasks',
    access: AGGREGATOR,
    description:
      'Orders and adjustments to review, contract requests and deals to revise; of each what the roles of the caller may read.',
  },
  countAggregatorTasks: { ...COUNTS, path: '/api/aggregator/v1/tasks/counts', access: AGGREGATOR },
  listVendorTasks: {
    ...LIST,
    path: '/api/vendor/v1/tasks',
    access: VENDOR,
    description:
      'Contract requests and adjustments to approve, one-off orders to approve and to fulfil, disputed deliveries to settle, ' +
      'deals and their extensions to approve, cancellations of customer commits to decide.',
  },
  countVendorTasks: { ...COUNTS, path: '/api/vendor/v1/tasks/counts', access: VENDOR },
} as const satisfies Record<string, RouteDefinition>;
