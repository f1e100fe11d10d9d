import { SIGNED_IN } from './api.ts';
import { CHANGES, type FunctionDefinition } from './function.ts';

/** The HTTP API of end customers, of where they are served, and of what they commit to. */
export const customerApiFunctions = {
  customersApi: {
    entry: 'lambdas/api/customers.ts',
    purpose: 'Of contracts: end customers, labels of usage meters, SISO; usage sites',
    memoryMb: 1024,
    timeoutSeconds: 29,
    environment: SIGNED_IN,
    paths: [
      '/api/provider/v1/contracts/{contractId}/customers',
      '/api/provider/v1/contracts/{contractId}/endCustomers',
      '/api/provider/v1/contracts/{contractId}/usageSites',
      '/api/aggregator/v1/contracts/{contractId}/usageSites',
    ],
    rights: {
      table: CHANGES,
      signingKey: ['kms:GetPublicKey'],
    },
  },
  commitmentsApi: {
    entry: 'lambdas/api/commitments.ts',
    purpose:
      'Commitments of end customers, to points and to products: make, list, rename, cancel, renew; what was used of them',
    memoryMb: 1024,
    timeoutSeconds: 29,
    environment: SIGNED_IN,
    paths: [
      '/api/provider/v1/contracts/{contractId}/customerCommitments',
      '/api/provider/v1/contracts/{contractId}/productCommitments',
      '/api/vendor/v1/commitmentCancellations',
      '/api/vendor/v1/contracts/{contractId}/customerUse',
    ],
    rights: {
      table: CHANGES,
      signingKey: ['kms:GetPublicKey'],
    },
  },
} as const satisfies Record<string, FunctionDefinition>;
