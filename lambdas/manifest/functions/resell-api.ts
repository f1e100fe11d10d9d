import { SIGNED_IN } from './api.ts';
import { CHANGES, type FunctionDefinition, PUT } from './function.ts';

/** The part of the HTTP API about what AWS bills. */
export const resellApiFunctions = {
  costReportsApi: {
    entry: 'lambdas/api/cost-reports.ts',
    purpose: 'Cost reports of AWS Resell contracts: take, list; the AWS accounts they are of',
    memoryMb: 1769,
    timeoutSeconds: 29,
    environment: [...SIGNED_IN, 'WORK_BUCKET'],
    paths: ['/api/aggregator/v1/costReports', '/api/provider/v1/costReports', '/api/vendor/v1/costReports'],
    rights: {
      table: [...CHANGES, 'dynamodb:DeleteItem'],
      // What a link to upload may do is what whoever signs it may.
      work: [PUT],
      signingKey: ['kms:GetPublicKey'],
    },
  },
} as const satisfies Record<string, FunctionDefinition>;
