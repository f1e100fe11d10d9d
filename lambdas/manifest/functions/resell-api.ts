import { SIGNED_IN } from './api.ts';
import { CHANGES, type FunctionDefinition } from './function.ts';

/** The part of the HTTP API about what AWS bills. */
export const resellApiFunctions = {
  costReportsApi: {
    entry: 'lambdas/api/cost-reports.ts',
    purpose: 'Cost reports of AWS Resell contracts: take, list; the AWS accounts they are of',
    memoryMb: 1769,
    timeoutSeconds: 29,
    environment: SIGNED_IN,
    paths: ['/api/aggregator/v1/costReports', '/api/provider/v1/costReports', '/api/vendor/v1/costReports'],
    rights: {
      table: [...CHANGES, 'dynamodb:DeleteItem'],
      signingKey: ['kms:GetPublicKey'],
    },
  },
} as const satisfies Record<string, FunctionDefinition>;
