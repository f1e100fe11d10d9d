import { SIGNED_IN } from './api.ts';
import { CHANGES, type FunctionDefinition, GET, LIST, READS, WITH_DOCUMENTS } from './function.ts';

/** The part of the HTTP API that answers what was billed. */
export const billsApiFunctions = {
  billsApi: {
    entry: 'lambdas/api/bills.ts',
    purpose: "Bills and statements of months and of runs, aggregators' accounts",
    memoryMb: 1769,
    timeoutSeconds: 29,
    environment: WITH_DOCUMENTS,
    paths: ['/api/provider/v1/consolidatedBills'],
    rights: {
      table: READS,
      documents: [GET, LIST],
      signingKey: ['kms:GetPublicKey'],
    },
  },
  paymentsApi: {
    entry: 'lambdas/api/payments.ts',
    purpose: 'Payments of invoices, open items and ageing of accounts',
    memoryMb: 1769,
    timeoutSeconds: 29,
    environment: SIGNED_IN,
    paths: [
      '/api/aggregator/v1/payments',
      '/api/aggregator/v1/receivables',
      '/api/vendor/v1/payments',
      '/api/vendor/v1/receivables',
    ],
    rights: {
      table: CHANGES,
      signingKey: ['kms:GetPublicKey'],
    },
  },
  dashboardsApi: {
    entry: 'lambdas/api/dashboards.ts',
    purpose: 'What dashboards show: usage, orders in progress, rankings, alerts, recent activity; tasks',
    memoryMb: 1769,
    timeoutSeconds: 29,
    environment: WITH_DOCUMENTS,
    paths: ['aggregator', 'provider', 'vendor'].flatMap((party) =>
      ['tasks', 'dashboard'].map((name) => `/api/${party}/v1/${name}`),
    ),
    rights: {
      table: READS,
      documents: [GET, LIST],
      signingKey: ['kms:GetPublicKey'],
    },
  },
  exportsApi: {
    entry: 'lambdas/api/exports.ts',
    purpose: 'Exports of documents: request, follow, list their files',
    memoryMb: 1024,
    timeoutSeconds: 29,
    environment: [...WITH_DOCUMENTS, 'WORK_BUCKET'],
    paths: ['/api/aggregator/v1/exports', '/api/provider/v1/exports', '/api/vendor/v1/exports'],
    rights: {
      table: [...READS, 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      documents: [GET, LIST],
      work: [GET, LIST],
      signingKey: ['kms:GetPublicKey'],
    },
  },
} as const satisfies Record<string, FunctionDefinition>;
