import { COMMON, type FunctionDefinition, GET, LIST, PUT } from './function.ts';

/** What the schedule starts beside the close. */
export const jobsFunctions = {
  relayOutbox: {
    entry: 'lambdas/jobs/relay-outbox.ts',
    purpose: 'Publishes waiting events on the bus',
    memoryMb: 512,
    timeoutSeconds: 120,
    environment: ['TABLE_NAME', 'EVENT_BUS_NAME'],
    rights: {
      table: ['dynamodb:Query', 'dynamodb:BatchGetItem', 'dynamodb:BatchWriteItem'],
      eventBus: ['events:PutEvents'],
    },
  },
  contractDay: {
    entry: 'lambdas/jobs/contract-day.ts',
    purpose: 'Does what is due on contracts: effects, expiry, prepayment invoices and credit notes, mails',
    memoryMb: 1769,
    timeoutSeconds: 600,
    environment: [...COMMON, 'SENDER_ADDRESS', 'MAIL_CONFIGURATION_SET', 'PORTAL_URL'],
    rights: {
      table: [
        'dynamodb:GetItem',
        'dynamodb:BatchGetItem',
        'dynamodb:Query',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'dynamodb:DeleteItem',
        'dynamodb:BatchWriteItem',
        'dynamodb:ConditionCheckItem',
      ],
      documents: [GET, PUT, LIST],
      work: [GET, PUT, LIST],
      mail: ['ses:SendEmail', 'ses:SendRawEmail'],
    },
    fonts: true,
  },
  programmeDay: {
    entry: 'lambdas/jobs/programme-day.ts',
    purpose: 'Begins periods: makes and opens billing orders, checks that none is missing, reminds their parties',
    memoryMb: 1769,
    timeoutSeconds: 600,
    environment: ['TABLE_NAME'],
    rights: {
      table: [
        'dynamodb:GetItem',
        'dynamodb:BatchGetItem',
        'dynamodb:Query',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'dynamodb:ConditionCheckItem',
      ],
    },
  },
  usageFiles: {
    entry: 'lambdas/jobs/usage-files.ts',
    purpose: 'Validates uploaded files of usage, takes up those that wait',
    memoryMb: 1769,
    timeoutSeconds: 300,
    environment: ['TABLE_NAME', 'WORK_BUCKET'],
    rights: {
      table: [
        'dynamodb:GetItem',
        'dynamodb:BatchGetItem',
        'dynamodb:Query',
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
    environment: ['TABLE_NAME', 'WORK_BUCKET'],
    rights: {
      table: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:DeleteItem'],
      work: [GET, PUT, LIST],
    },
  },
  meterDay: {
    entry: 'lambdas/jobs/meter-day.ts',
    purpose: 'Brings orders up to date with readings of usage meters, tells of silent meters, makes usage reports',
    memoryMb: 3008,
    timeoutSeconds: 600,
    environment: [...COMMON, 'PORTAL_URL'],
    rights: {
      table: [
        'dynamodb:GetItem',
        'dynamodb:BatchGetItem',
        'dynamodb:Query',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'dynamodb:DeleteItem',
        'dynamodb:BatchWriteItem',
        'dynamodb:ConditionCheckItem',
      ],
      documents: [GET, PUT, LIST],
    },
  },
} as const satisfies Record<string, FunctionDefinition>;
