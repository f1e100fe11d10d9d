import { SIGNED_IN } from './api.ts';
import { CHANGES, type FunctionDefinition } from './function.ts';

const RIGHTS = {
  table: [...CHANGES, 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'],
  signingKey: ['kms:GetPublicKey'],
} as const;

/** The HTTP API of the records that the vendor keeps of usage. */
export const servicesApiFunctions = {
  serviceDeliveriesApi: {
    entry: 'lambdas/api/service-deliveries.ts',
    purpose: 'Services delivered: enter, accept, dispute, settle, list',
    memoryMb: 1769,
    timeoutSeconds: 29,
    environment: SIGNED_IN,
    paths: [
      '/api/aggregator/v1/serviceDeliveries',
      '/api/provider/v1/serviceDeliveries',
      '/api/vendor/v1/serviceDeliveries',
    ],
    rights: RIGHTS,
  },
  veloOrdersApi: {
    entry: 'lambdas/api/velo-orders.ts',
    purpose: 'VeloCloud orders: enter, change, end, list',
    memoryMb: 1769,
    timeoutSeconds: 29,
    environment: SIGNED_IN,
    paths: ['/api/aggregator/v1/veloOrders', '/api/provider/v1/veloOrders', '/api/vendor/v1/veloOrders'],
    rights: RIGHTS,
  },
} as const satisfies Record<string, FunctionDefinition>;
