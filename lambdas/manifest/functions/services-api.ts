import { SIGNED_IN } from './api.ts';
import { CHANGES, type FunctionDefinition } from './function.ts';

/** The HTTP API of the records that the vendor keeps of usage. */
export const servicesApiFunctions = {
  feedRecordsApi: {
    entry: 'lambdas/api/feed-records.ts',
    purpose: 'Services delivered: enter, accept, dispute, settle, list; VeloCloud orders: enter, change, end, list',
    memoryMb: 1769,
    timeoutSeconds: 29,
    environment: SIGNED_IN,
    paths: [
      '/api/aggregator/v1/serviceDeliveries',
      '/api/provider/v1/serviceDeliveries',
      '/api/vendor/v1/serviceDeliveries',
      '/api/aggregator/v1/veloOrders',
      '/api/provider/v1/veloOrders',
      '/api/vendor/v1/veloOrders',
    ],
    rights: {
      table: [...CHANGES, 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'],
      signingKey: ['kms:GetPublicKey'],
    },
  },
} as const satisfies Record<string, FunctionDefinition>;
