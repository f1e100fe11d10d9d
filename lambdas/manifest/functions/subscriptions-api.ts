import { CHANGES, type FunctionDefinition, GET, LIST, PUT, WITH_DOCUMENTS } from './function.ts';

/** The part of the HTTP API that is about cloud services: one function, as a stack has room for so many things. */
export const subscriptionsApiFunctions = {
  subscriptionsApi: {
    entry: 'lambdas/api/subscriptions.ts',
    purpose: 'Cloud services: offers, subscriptions, which contract services are charged to; takes their usage records',
    memoryMb: 1769,
    timeoutSeconds: 29,
    environment: WITH_DOCUMENTS,
    paths: ['/api/provider/v1/cloudServices', '/api/aggregator/v1/cloudServices', '/api/vendor/v1/cloudServices'],
    rights: {
      table: CHANGES,
      documents: [GET, PUT, LIST],
      signingKey: ['kms:GetPublicKey'],
    },
  },
} as const satisfies Record<string, FunctionDefinition>;
