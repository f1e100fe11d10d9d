import { CHANGES, type FunctionDefinition, GET, LIST, PUT, WITH_DOCUMENTS } from './function.ts';

/** The part of the HTTP API that is about cloud services. */
export const subscriptionsApiFunctions = {
  subscriptionsApi: {
    entry: 'lambdas/api/subscriptions.ts',
    purpose: 'Cloud services: offers, subscriptions, which contract services are charged to',
    memoryMb: 1024,
    timeoutSeconds: 29,
    environment: WITH_DOCUMENTS,
    paths: [
      '/api/provider/v1/serviceContracts',
      '/api/provider/v1/subscriptions',
      '/api/aggregator/v1/subscriptions',
      '/api/vendor/v1/subscriptions',
    ],
    rights: {
      table: CHANGES,
      documents: [GET, LIST],
      signingKey: ['kms:GetPublicKey'],
    },
  },
  usageRecordsApi: {
    entry: 'lambdas/api/usage-records.ts',
    purpose: 'Takes usage records of cloud subscriptions',
    memoryMb: 1769,
    timeoutSeconds: 29,
    environment: WITH_DOCUMENTS,
    paths: ['/api/vendor/v1/usageRecords'],
    rights: {
      table: CHANGES,
      documents: [GET, PUT, LIST],
      signingKey: ['kms:GetPublicKey'],
    },
  },
} as const satisfies Record<string, FunctionDefinition>;
