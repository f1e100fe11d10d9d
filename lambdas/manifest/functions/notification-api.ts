import { SIGNED_IN } from './api.ts';
import { type FunctionDefinition, READS } from './function.ts';

/** The HTTP API of what organizations and users are told. */
export const notificationApiFunctions = {
  webhooksApi: {
    entry: 'lambdas/api/webhooks.ts',
    purpose: 'Webhooks: create, list, change, delete, rotate secrets, replay dead letters',
    memoryMb: 1024,
    timeoutSeconds: 29,
    environment: [...SIGNED_IN, 'SECRETS_KEY_ID'],
    paths: ['/api/aggregator/v1/webhooks', '/api/provider/v1/webhooks', '/api/vendor/v1/webhooks'],
    rights: {
      table: [...READS, 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
      signingKey: ['kms:GetPublicKey'],
      secretsKey: ['kms:GenerateDataKey', 'kms:Decrypt'],
    },
  },
  mailPreferencesApi: {
    entry: 'lambdas/api/mail-preferences.ts',
    purpose: 'Which mails users get: read and choose',
    memoryMb: 512,
    timeoutSeconds: 29,
    environment: SIGNED_IN,
    paths: ['/api/aggregator/v1/mailPreferences', '/api/provider/v1/mailPreferences', '/api/vendor/v1/mailPreferences'],
    rights: {
      table: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      signingKey: ['kms:GetPublicKey'],
    },
  },
} as const satisfies Record<string, FunctionDefinition>;
