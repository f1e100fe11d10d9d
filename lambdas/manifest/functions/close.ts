import { CHANGES, COMMON, type FunctionDefinition, GET, LIST, PUT, READS } from './function.ts';

/** Tasks of the close. */
export const closeFunctions = {
  startClose: {
    entry: 'lambdas/close/start-close.ts',
    purpose: 'Claims the next run of a period and starts its execution',
    memoryMb: 512,
    timeoutSeconds: 30,
    environment: ['TABLE_NAME', 'STATE_MACHINE_ARN'],
    rights: {
      table: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      executions: ['states:StartExecution', 'states:DescribeExecution'],
    },
  },
  bringContractsUp: {
    entry: 'lambdas/close/bring-contracts-up.ts',
    purpose: 'Does what is due on a shard of the contracts up to the end of the period',
    memoryMb: 1769,
    timeoutSeconds: 600,
    environment: COMMON,
    rights: {
      table: [...CHANGES, 'dynamodb:DeleteItem'],
      documents: [GET, PUT, LIST],
      work: [GET, PUT, LIST],
    },
    fonts: true,
  },
  freezePeriod: {
    entry: 'lambdas/close/freeze-period.ts',
    purpose: 'Makes what orders of a period are missing, and closes every shard of its roster',
    memoryMb: 1769,
    timeoutSeconds: 600,
    environment: ['TABLE_NAME'],
    rights: {
      table: CHANGES,
    },
  },
  planRun: {
    entry: 'lambdas/close/plan-run.ts',
    purpose: 'Fixes the terms of every order and lists what the run bills',
    memoryMb: 3008,
    timeoutSeconds: 600,
    environment: ['TABLE_NAME', 'WORK_BUCKET'],
    rights: { table: READS, work: [GET, PUT, LIST] },
  },
  rateBatch: {
    entry: 'lambdas/close/rate-batch.ts',
    purpose: 'Seals and rates a batch of orders',
    memoryMb: 1769,
    timeoutSeconds: 240,
    environment: COMMON,
    rights: {
      // Condition checks and batches: what the cutoff holds back goes on a later order.
      table: [...CHANGES, 'dynamodb:BatchWriteItem'],
      // What is printed of the months whose arrears an order carries.
      documents: [GET, LIST],
      work: [GET, PUT, LIST],
    },
  },
  setBatchAside: {
    entry: 'lambdas/close/set-batch-aside.ts',
    purpose: 'Records that a whole batch has failed',
    memoryMb: 512,
    timeoutSeconds: 30,
    environment: ['WORK_BUCKET'],
    rights: { work: [GET, PUT, LIST] },
  },
  numberDocuments: {
    entry: 'lambdas/close/number-documents.ts',
    purpose: 'Reserves numbers for everything that was rated',
    memoryMb: 3008,
    timeoutSeconds: 600,
    environment: ['TABLE_NAME', 'WORK_BUCKET'],
    rights: {
      table: [
        'dynamodb:GetItem',
        'dynamodb:Query',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'dynamodb:ConditionCheckItem',
      ],
      work: [GET, PUT, LIST],
    },
  },
  issueBatch: {
    entry: 'lambdas/close/issue-batch.ts',
    purpose: 'Writes the documents of a batch and makes its invoices visible',
    memoryMb: 1769,
    timeoutSeconds: 240,
    environment: COMMON,
    rights: {
      table: [
        'dynamodb:GetItem',
        'dynamodb:BatchGetItem',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'dynamodb:DeleteItem',
      ],
      documents: [GET, PUT, LIST],
      work: [GET, PUT, LIST],
    },
    fonts: true,
  },
  reconcileRun: {
    entry: 'lambdas/close/reconcile-run.ts',
    purpose: 'Compares what is stored: numbers, documents, receivables, rated orders',
    memoryMb: 3008,
    timeoutSeconds: 840,
    environment: COMMON,
    rights: {
      table: [...READS, 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:ConditionCheckItem'],
      documents: [GET, LIST],
      work: [GET, PUT, LIST],
    },
  },
  settleBatch: {
    entry: 'lambdas/close/settle-batch.ts',
    purpose: 'Writes aggregator statements and consolidated bills',
    memoryMb: 1769,
    timeoutSeconds: 240,
    environment: COMMON,
    rights: {
      table: [...READS, 'dynamodb:BatchWriteItem'],
      documents: [GET, PUT, LIST],
      work: [GET, PUT, LIST],
    },
    fonts: true,
  },
  notifyBatch: {
    entry: 'lambdas/close/notify-batch.ts',
    purpose: 'Sends each party of a run its message',
    memoryMb: 1024,
    timeoutSeconds: 240,
    environment: [...COMMON, 'SENDER_ADDRESS', 'MAIL_CONFIGURATION_SET', 'PORTAL_URL'],
    rights: {
      table: [...READS, 'dynamodb:UpdateItem'],
      documents: [GET, LIST],
      work: [GET, PUT, LIST],
      mail: ['ses:SendEmail', 'ses:SendRawEmail'],
    },
  },
  reportRun: {
    entry: 'lambdas/close/report-run.ts',
    purpose: 'Writes the report of a run and ends it',
    memoryMb: 3008,
    timeoutSeconds: 300,
    environment: COMMON,
    rights: {
      table: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      documents: [GET, PUT, LIST],
      work: [GET, PUT, LIST],
    },
  },
  failRun: {
    entry: 'lambdas/close/fail-run.ts',
    purpose: 'Records why a run has failed',
    memoryMb: 512,
    timeoutSeconds: 30,
    environment: ['TABLE_NAME'],
    rights: { table: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'] },
  },
} as const satisfies Record<string, FunctionDefinition>;
