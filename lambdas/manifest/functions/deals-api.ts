import { CHANGES, type FunctionDefinition, GET, LIST, WITH_DOCUMENTS } from './function.ts';

/** The part of the HTTP API that aggregators register deals at, and what those earn. */
export const dealsApiFunctions = {
  dealsApi: {
    entry: 'lambdas/api/deals.ts',
    purpose: 'Deals: register, submit, approve, extend, close; rebate sheets and rebates',
    memoryMb: 1024,
    timeoutSeconds: 29,
    environment: WITH_DOCUMENTS,
    paths: [
      '/api/aggregator/v1/deals',
      '/api/aggregator/v1/rebateSheets',
      '/api/aggregator/v1/rebates',
      '/api/vendor/v1/deals',
      '/api/vendor/v1/rebateSheets',
      '/api/vendor/v1/rebates',
    ],
    rights: {
      table: CHANGES,
      documents: [GET, LIST],
      signingKey: ['kms:GetPublicKey'],
    },
  },
} as const satisfies Record<string, FunctionDefinition>;
