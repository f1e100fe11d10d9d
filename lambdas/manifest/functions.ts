/**
 * Every function of the portal: where its code is, what it needs and what it may do. The infrastructure, the local
 * portal and the tests of rights are all made from this table.
 */

/** Environment of a function, named as the configuration reads it. */
export type EnvironmentKey =
  | 'TABLE_NAME'
  | 'DOCUMENTS_BUCKET'
  | 'WORK_BUCKET'
  | 'EVENT_BUS_NAME'
  | 'STATE_MACHINE_ARN'
  | 'SENDER_ADDRESS'
  | 'MAIL_CONFIGURATION_SET'
  | 'PORTAL_URL'
  | 'SIGNING_KEY_ID'
  | 'TRUSTED_ISSUER'
  | 'TRUSTED_CLIENT_ID'
  | 'MAILED_CODES';

/** AWS actions a function may call, by the thing it calls them on. */
export type Rights = {
  table?: readonly string[];
  documents?: readonly string[];
  work?: readonly string[];
  eventBus?: readonly string[];
  mail?: readonly string[];
  executions?: readonly string[];
  signingKey?: readonly string[];
};

export type FunctionDefinition = {
  /** Module whose `handler` is the function. */
  entry: string;
  purpose: string;
  memoryMb: number;
  timeoutSeconds: number;
  environment: readonly EnvironmentKey[];
  rights: Rights;
  /** Whether the function renders PDFs and therefore carries the fonts. */
  fonts?: boolean;
};

const GET = 's3:GetObject';
const PUT = 's3:PutObject';
// Without it S3 answers 403, not 404, for an object that isn't there.
const LIST = 's3:ListBucket';
const COMMON = ['TABLE_NAME', 'DOCUMENTS_BUCKET', 'WORK_BUCKET'] as const satisfies readonly EnvironmentKey[];
/** What a function needs to send mail, beside the portal's address. */
const MAIL = ['SENDER_ADDRESS', 'MAIL_CONFIGURATION_SET'] as const satisfies readonly EnvironmentKey[];

export const functions = {
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
  freezePeriod: {
    entry: 'lambdas/close/freeze-period.ts',
    purpose: 'Closes every shard of the roster of a period',
    memoryMb: 512,
    timeoutSeconds: 120,
    environment: ['TABLE_NAME'],
    rights: { table: ['dynamodb:UpdateItem'] },
  },
  planRun: {
    entry: 'lambdas/close/plan-run.ts',
    purpose: 'Fixes the terms of every order and lists what the run bills',
    memoryMb: 3008,
    timeoutSeconds: 600,
    environment: ['TABLE_NAME', 'WORK_BUCKET'],
    rights: { table: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'], work: [GET, PUT, LIST] },
  },
  rateBatch: {
    entry: 'lambdas/close/rate-batch.ts',
    purpose: 'Seals and rates a batch of orders',
    memoryMb: 1769,
    timeoutSeconds: 240,
    environment: ['TABLE_NAME', 'WORK_BUCKET'],
    rights: {
      table: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
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
      table: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
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
      table: [
        'dynamodb:GetItem',
        'dynamodb:BatchGetItem',
        'dynamodb:Query',
        'dynamodb:UpdateItem',
        'dynamodb:DeleteItem',
        'dynamodb:ConditionCheckItem',
      ],
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
      table: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:BatchWriteItem'],
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
      table: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:UpdateItem'],
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
  relayOutbox: {
    entry: 'lambdas/jobs/relay-outbox.ts',
    purpose: 'Publishes waiting events on the bus',
    memoryMb: 512,
    timeoutSeconds: 120,
    environment: ['TABLE_NAME', 'EVENT_BUS_NAME'],
    rights: {
      table: ['dynamodb:Query', 'dynamodb:BatchGetItem', 'dynamodb:BatchWriteItem'],
      eventBus: ['events:PutEvents'],
    },
  },
  contractDay: {
    entry: 'lambdas/jobs/contract-day.ts',
    purpose: 'Does what is due on contracts: effects, expiry, prepayment invoices and credit notes, mails',
    memoryMb: 1769,
    timeoutSeconds: 600,
    environment: [...COMMON, 'SENDER_ADDRESS', 'MAIL_CONFIGURATION_SET', 'PORTAL_URL'],
    rights: {
      table: [
        'dynamodb:GetItem',
        'dynamodb:BatchGetItem',
        'dynamodb:Query',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'dynamodb:DeleteItem',
        'dynamodb:BatchWriteItem',
        'dynamodb:ConditionCheckItem',
      ],
      documents: [GET, PUT, LIST],
      work: [GET, PUT, LIST],
      mail: ['ses:SendEmail', 'ses:SendRawEmail'],
    },
    fonts: true,
  },
  authApi: {
    entry: 'lambdas/api/auth.ts',
    purpose: 'Exchanges API tokens, mailed codes and id tokens for bearer tokens; mails codes; accepts invitations',
    memoryMb: 1024,
    timeoutSeconds: 29,
    environment: [
      'TABLE_NAME',
      'SIGNING_KEY_ID',
      'PORTAL_URL',
      'TRUSTED_ISSUER',
      'TRUSTED_CLIENT_ID',
      'MAILED_CODES',
      ...MAIL,
    ],
    rights: {
      table: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      mail: ['ses:SendEmail'],
      signingKey: ['kms:Sign', 'kms:GetPublicKey'],
    },
  },
  usersApi: {
    entry: 'lambdas/api/users.ts',
    purpose: 'Users and roles: list, invite, change, lock, unlock, delete',
    memoryMb: 1024,
    timeoutSeconds: 29,
    environment: ['TABLE_NAME', 'SIGNING_KEY_ID', 'PORTAL_URL', ...MAIL],
    rights: {
      table: [
        'dynamodb:GetItem',
        'dynamodb:BatchGetItem',
        'dynamodb:Query',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'dynamodb:DeleteItem',
      ],
      mail: ['ses:SendEmail'],
      signingKey: ['kms:GetPublicKey'],
    },
  },
  apiTokensApi: {
    entry: 'lambdas/api/tokens.ts',
    purpose: 'API tokens: create, list, change expiry, revoke',
    memoryMb: 1024,
    timeoutSeconds: 29,
    environment: ['TABLE_NAME', 'SIGNING_KEY_ID', 'PORTAL_URL'],
    rights: {
      table: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      signingKey: ['kms:GetPublicKey'],
    },
  },
  organizationsApi: {
    entry: 'lambdas/api/organizations.ts',
    purpose: 'Organizations and bill-to accounts: create, list, change, deactivate',
    memoryMb: 1024,
    timeoutSeconds: 29,
    environment: ['TABLE_NAME', 'SIGNING_KEY_ID', 'PORTAL_URL'],
    rights: {
      table: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      signingKey: ['kms:GetPublicKey'],
    },
  },
  auditTrailApi: {
    entry: 'lambdas/api/audit.ts',
    purpose: 'The audit trail of an organization',
    memoryMb: 1024,
    timeoutSeconds: 29,
    environment: ['TABLE_NAME', 'SIGNING_KEY_ID', 'PORTAL_URL'],
    rights: {
      table: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'],
      signingKey: ['kms:GetPublicKey'],
    },
  },
  profileApi: {
    entry: 'lambdas/api/profile.ts',
    purpose: "The profile of the caller's organization",
    memoryMb: 512,
    timeoutSeconds: 29,
    environment: ['TABLE_NAME', 'SIGNING_KEY_ID', 'PORTAL_URL'],
    rights: { table: ['dynamodb:GetItem'], signingKey: ['kms:GetPublicKey'] },
  },
  healthApi: {
    entry: 'lambdas/api/health.ts',
    purpose: 'Says that the portal is up',
    memoryMb: 512,
    timeoutSeconds: 29,
    environment: ['TABLE_NAME'],
    rights: { table: ['dynamodb:GetItem'] },
  },
  closesApi: {
    entry: 'lambdas/api/closes.ts',
    purpose: 'Closes of the vendor: start, dry run, redrive, list, progress',
    memoryMb: 1024,
    timeoutSeconds: 29,
    environment: ['TABLE_NAME', 'STATE_MACHINE_ARN', 'SIGNING_KEY_ID', 'PORTAL_URL'],
    rights: {
      table: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      executions: ['states:StartExecution', 'states:DescribeExecution', 'states:ListMapRuns', 'states:DescribeMapRun'],
      signingKey: ['kms:GetPublicKey'],
    },
  },
  invoicesApi: {
    entry: 'lambdas/api/invoices.ts',
    purpose: 'Invoices, credit notes and their documents',
    memoryMb: 1024,
    timeoutSeconds: 29,
    environment: ['TABLE_NAME', 'DOCUMENTS_BUCKET', 'SIGNING_KEY_ID', 'PORTAL_URL'],
    rights: {
      table: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'],
      documents: [GET, LIST],
      signingKey: ['kms:GetPublicKey'],
    },
  },
  catalogueApi: {
    entry: 'lambdas/api/catalogue.ts',
    purpose: 'Product families, contract SKUs, products and price lists: read and load',
    memoryMb: 1769,
    timeoutSeconds: 29,
    environment: ['TABLE_NAME', 'SIGNING_KEY_ID', 'PORTAL_URL'],
    rights: {
      table: [
        'dynamodb:GetItem',
        'dynamodb:BatchGetItem',
        'dynamodb:Query',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'dynamodb:BatchWriteItem',
        'dynamodb:ConditionCheckItem',
      ],
      signingKey: ['kms:GetPublicKey'],
    },
  },
  requestQueueApi: {
    entry: 'lambdas/api/request-queue.ts',
    purpose: 'Contract requests of the programme: list, approve, return, reject, stop; deactivates contracts',
    memoryMb: 1024,
    timeoutSeconds: 29,
    environment: ['TABLE_NAME', 'SIGNING_KEY_ID', 'PORTAL_URL'],
    rights: {
      table: [
        'dynamodb:GetItem',
        'dynamodb:BatchGetItem',
        'dynamodb:Query',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'dynamodb:ConditionCheckItem',
      ],
      signingKey: ['kms:GetPublicKey'],
    },
  },
  contractsApi: {
    entry: 'lambdas/api/contracts.ts',
    purpose: 'Contracts, their requests, sites, timeline and prepayment: read',
    memoryMb: 1769,
    timeoutSeconds: 29,
    environment: ['TABLE_NAME', 'DOCUMENTS_BUCKET', 'SIGNING_KEY_ID', 'PORTAL_URL'],
    rights: {
      table: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'],
      documents: [GET, LIST],
      signingKey: ['kms:GetPublicKey'],
    },
  },
  contractChangesApi: {
    entry: 'lambdas/api/contract-changes.ts',
    purpose: 'Contracts: create, ask for changes, withdraw and resubmit requests, keep sites and tags',
    memoryMb: 1024,
    timeoutSeconds: 29,
    environment: ['TABLE_NAME', 'SIGNING_KEY_ID', 'PORTAL_URL'],
    rights: {
      table: [
        'dynamodb:GetItem',
        'dynamodb:BatchGetItem',
        'dynamodb:Query',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'dynamodb:ConditionCheckItem',
      ],
      signingKey: ['kms:GetPublicKey'],
    },
  },
  consolidatedBillsApi: {
    entry: 'lambdas/api/consolidated-bills.ts',
    purpose: "Service providers' consolidated bills",
    memoryMb: 1024,
    timeoutSeconds: 29,
    environment: ['TABLE_NAME', 'DOCUMENTS_BUCKET', 'SIGNING_KEY_ID', 'PORTAL_URL'],
    rights: {
      table: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'],
      documents: [GET, LIST],
      signingKey: ['kms:GetPublicKey'],
    },
  },
} as const satisfies Record<string, FunctionDefinition>;

export type FunctionName = keyof typeof functions;
