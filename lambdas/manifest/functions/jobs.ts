import { CHANGES, COMMON, type FunctionDefinition, GET, LIST, PUT, READS } from './function.ts';

/** What the schedule starts beside the close. */
export const jobsFunctions = {
  relayOutbox: {
    entry: 'lambdas/jobs/relay-outbox.ts',
    purpose: 'Publishes waiting events on the bus, queues them for webhooks',
    memoryMb: 512,
    timeoutSeconds: 120,
    environment: ['TABLE_NAME', 'EVENT_BUS_NAME'],
    rights: {
      table: [...READS, 'dynamodb:PutItem', 'dynamodb:BatchWriteItem'],
      eventBus: ['events:PutEvents'],
    },
  },
  deliverWebhooks: {
    entry: 'lambdas/jobs/deliver-webhooks.ts',
    purpose: 'Sends events to the webhooks of organizations',
    memoryMb: 512,
    // What was read in 45 seconds: 1,600 at most, 16 at once, of which a few an endpoint may take 5 seconds.
    timeoutSeconds: 300,
    environment: ['TABLE_NAME', 'SECRETS_KEY_ID'],
    rights: {
      table: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      secretsKey: ['kms:Decrypt'],
    },
  },
  contractDay: {
    entry: 'lambdas/jobs/contract-day.ts',
    purpose: 'Does what is due on contracts: effects, expiry, prepayment invoices and credit notes, mails',
    memoryMb: 1769,
    timeoutSeconds: 600,
    environment: [...COMMON, 'SENDER_ADDRESS', 'MAIL_CONFIGURATION_SET', 'PORTAL_URL', 'SECRETS_KEY_ID'],
    rights: {
      table: [...CHANGES, 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'],
      documents: [GET, PUT, LIST],
      work: [GET, PUT, LIST],
      secretsKey: ['kms:Decrypt'],
      mail: ['ses:SendEmail', 'ses:SendRawEmail'],
    },
    fonts: true,
  },
  dealDay: {
    entry: 'lambdas/jobs/deal-day.ts',
    purpose: 'Closes deals whose days are over or whose contract has ended',
    memoryMb: 1024,
    timeoutSeconds: 300,
    environment: ['TABLE_NAME'],
    rights: {
      table: [...READS, 'dynamodb:PutItem'],
    },
  },
  programmeDay: {
    entry: 'lambdas/jobs/programme-day.ts',
    purpose: 'Begins periods: makes and opens billing orders, checks that none is missing, reminds their parties',
    memoryMb: 1769,
    timeoutSeconds: 600,
    environment: ['TABLE_NAME'],
    rights: {
      table: CHANGES,
    },
  },
  usageFiles: {
    entry: 'lambdas/jobs/usage-files.ts',
    purpose: 'Validates uploaded files of usage, takes up those that wait; takes uploaded cost reports',
    memoryMb: 1769,
    timeoutSeconds: 300,
    environment: ['TABLE_NAME', 'WORK_BUCKET'],
    rights: {
      table: [
        ...READS,
        'dynamodb:PutItem',
        'dynamodb:DeleteItem',
        'dynamodb:BatchWriteItem',
        'dynamodb:ConditionCheckItem',
      ],
      work: [GET, PUT, LIST],
    },
  },
  exports: {
    entry: 'lambdas/jobs/exports.ts',
    purpose: 'Goes on with exports of documents that were asked for',
    memoryMb: 1769,
    timeoutSeconds: 300,
    environment: COMMON,
    rights: {
      table: [...READS, 'dynamodb:PutItem', 'dynamodb:DeleteItem'],
      documents: [GET, LIST],
      rendered: [PUT],
      work: [GET, PUT, LIST],
    },
  },
  meterDay: {
    entry: 'lambdas/jobs/meter-day.ts',
    purpose:
      'Brings orders up to date with usage meters and feeds, tells of silent meters, makes usage reports, accepts what was billed undisputed',
    memoryMb: 3008,
    timeoutSeconds: 600,
    environment: [...COMMON, 'PORTAL_URL'],
    rights: {
      table: [...CHANGES, 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'],
      documents: [GET, PUT, LIST],
    },
  },
} as const satisfies Record<string, FunctionDefinition>;
