import {
  type EnvironmentKey,
  type FunctionDefinition,
  GET,
  LIST,
  MAIL,
  PUT,
  READS,
  WITH_DOCUMENTS,
} from './function.ts';

// What a function needs that only answers who is signed in.
const SIGNED_IN = ['TABLE_NAME', 'SIGNING_KEY_ID', 'PORTAL_URL'] as const satisfies readonly EnvironmentKey[];
const CHANGES = [...READS, 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:ConditionCheckItem'] as const;

/** The HTTP API, by resource. */
export const apiFunctions = {
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
    environment: SIGNED_IN,
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
    environment: SIGNED_IN,
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
    environment: SIGNED_IN,
    rights: {
      table: READS,
      signingKey: ['kms:GetPublicKey'],
    },
  },
  profileApi: {
    entry: 'lambdas/api/profile.ts',
    purpose: "The profile of the caller's organization",
    memoryMb: 512,
    timeoutSeconds: 29,
    environment: SIGNED_IN,
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
    environment: WITH_DOCUMENTS,
    rights: {
      table: READS,
      documents: [GET, LIST],
      signingKey: ['kms:GetPublicKey'],
    },
  },
  catalogueApi: {
    entry: 'lambdas/api/catalogue.ts',
    purpose: 'Product families, contract SKUs, products and price lists: read and load',
    memoryMb: 1769,
    timeoutSeconds: 29,
    environment: SIGNED_IN,
    rights: {
      table: [...CHANGES, 'dynamodb:BatchWriteItem'],
      signingKey: ['kms:GetPublicKey'],
    },
  },
  requestQueueApi: {
    entry: 'lambdas/api/request-queue.ts',
    purpose: 'Contract requests of the programme: list, approve, return, reject, stop; deactivates contracts',
    memoryMb: 1024,
    timeoutSeconds: 29,
    environment: SIGNED_IN,
    rights: {
      table: CHANGES,
      signingKey: ['kms:GetPublicKey'],
    },
  },
  contractsApi: {
    entry: 'lambdas/api/contracts.ts',
    purpose: 'Contracts, their requests, sites, timeline and prepayment: read',
    memoryMb: 1769,
    timeoutSeconds: 29,
    environment: WITH_DOCUMENTS,
    rights: {
      table: READS,
      documents: [GET, LIST],
      signingKey: ['kms:GetPublicKey'],
    },
  },
  contractChangesApi: {
    entry: 'lambdas/api/contract-changes.ts',
    purpose: 'Contracts: create, ask for changes, withdraw and resubmit requests, keep sites and tags',
    memoryMb: 1024,
    timeoutSeconds: 29,
    environment: SIGNED_IN,
    rights: {
      table: CHANGES,
      signingKey: ['kms:GetPublicKey'],
    },
  },
  billingOrdersApi: {
    entry: 'lambdas/api/billing-orders.ts',
    purpose: 'Billing orders, their usage, comments, history and estimate; tasks and forecasts: read',
    memoryMb: 1769,
    timeoutSeconds: 29,
    environment: SIGNED_IN,
    rights: {
      table: READS,
      signingKey: ['kms:GetPublicKey'],
    },
  },
  reviewApi: {
    entry: 'lambdas/api/review.ts',
    purpose: 'Reviews of billing orders: approval rules, settings, what was found, approval of many at once',
    memoryMb: 1024,
    timeoutSeconds: 29,
    environment: SIGNED_IN,
    rights: {
      table: [...READS, 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
      signingKey: ['kms:GetPublicKey'],
    },
  },
  orderDecisionsApi: {
    entry: 'lambdas/api/order-decisions.ts',
    purpose: 'Billing orders: submit, approve, send back, reject, cancel, comment',
    memoryMb: 1024,
    timeoutSeconds: 29,
    environment: SIGNED_IN,
    rights: {
      table: CHANGES,
      signingKey: ['kms:GetPublicKey'],
    },
  },
  adjustmentsApi: {
    entry: 'lambdas/api/adjustments.ts',
    purpose: 'Adjustments of billing orders, and usage that came too late for them',
    memoryMb: 1024,
    timeoutSeconds: 29,
    environment: SIGNED_IN,
    rights: {
      // A copy of the lines that were billed.
      table: [...CHANGES, 'dynamodb:BatchWriteItem'],
      signingKey: ['kms:GetPublicKey'],
    },
  },
  consolidatedBillsApi: {
    entry: 'lambdas/api/consolidated-bills.ts',
    purpose: "Service providers' consolidated bills",
    memoryMb: 1024,
    timeoutSeconds: 29,
    environment: WITH_DOCUMENTS,
    rights: {
      table: READS,
      documents: [GET, LIST],
      signingKey: ['kms:GetPublicKey'],
    },
  },
  usageLinesApi: {
    entry: 'lambdas/api/usage-lines.ts',
    purpose: 'Usage of billing orders: add, change and remove lines, report that nothing was used',
    memoryMb: 1769,
    timeoutSeconds: 29,
    environment: SIGNED_IN,
    rights: {
      table: [...CHANGES, 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'],
      signingKey: ['kms:GetPublicKey'],
    },
  },
  usageFilesApi: {
    entry: 'lambdas/api/usage-files.ts',
    purpose: 'Files of usage: announce, send, follow, apply, discard; templates',
    memoryMb: 1769,
    timeoutSeconds: 29,
    environment: [...SIGNED_IN, 'WORK_BUCKET'],
    rights: {
      table: [...CHANGES, 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'],
      work: [GET, PUT, LIST],
      signingKey: ['kms:GetPublicKey'],
    },
  },
  usageMetersApi: {
    entry: 'lambdas/api/usage-meters.ts',
    purpose: 'Usage meters, what they have reported for orders, usage reports',
    memoryMb: 1769,
    timeoutSeconds: 29,
    environment: WITH_DOCUMENTS,
    rights: {
      table: [...CHANGES, 'dynamodb:BatchWriteItem'],
      documents: [GET, LIST],
      signingKey: ['kms:GetPublicKey'],
    },
  },
  readingsApi: {
    entry: 'lambdas/api/readings.ts',
    purpose: 'Takes readings of usage meters',
    memoryMb: 1769,
    timeoutSeconds: 29,
    environment: WITH_DOCUMENTS,
    rights: {
      table: CHANGES,
      documents: [GET, PUT, LIST],
      signingKey: ['kms:GetPublicKey'],
    },
  },
} as const satisfies Record<string, FunctionDefinition>;
