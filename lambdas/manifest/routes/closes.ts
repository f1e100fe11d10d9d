import * as z from 'zod';
import { RUN_STATUSES } from '../../domain/close/run.ts';
import { RUN_LIST } from '../../use-cases/lists/run-list.ts';
import { Decimal, listQuery, NoParameters, PeriodText, pageOf, RunName } from './common.ts';
import type { RouteDefinition } from './route.ts';

const Run = z.strictObject({
  name: z.string(),
  period: z.string(),
  run: z.int().meta({ description: 'Number of the run within its period' }),
  status: z.enum(RUN_STATUSES),
  dryRun: z.boolean().meta({ description: 'A dry run bills nothing and reports what would be billed' }),
  invoiceDate: z.iso.date(),
  claimedTime: z.iso.datetime(),
  finishedTime: z.iso.datetime().optional(),
  failure: z.strictObject({ code: z.string(), message: z.string() }).optional(),
});

const CloseRun = Run.meta({ id: 'CloseRun', description: 'One run of the close of a period' });

const CloseRunProgress = Run.extend({
  stages: z
    .array(z.strictObject({ stage: z.string(), total: z.int(), succeeded: z.int(), failed: z.int() }))
    .meta({ description: 'Batches of the stages that have begun, in their order' }),
}).meta({ id: 'CloseRunProgress' });

/** An order that a close has left unbilled. */
export const UnbilledOrder = z.strictObject({
  orderId: z.string(),
  contractNumber: z.string(),
  aggregatorId: z.string(),
  serviceProvider: z.string(),
  usagePeriod: z.string(),
  code: z.string(),
  reason: z.string(),
  ageDays: z.int().meta({ description: 'Days since the cutoff of its period' }),
});

const CloseReport = z
  .strictObject({
    reconciled: z.boolean().meta({ description: 'Documents, receivables and rated orders agree' }),
    contracts: z.int(),
    orders: z.int(),
    invoices: z.int(),
    nothingToBill: z.int(),
    external: z.int().meta({ description: "Closed with AWS's bill" }),
    failed: z.array(UnbilledOrder),
    totals: z.array(
      z.strictObject({
        aggregatorId: z.string(),
        aggregator: z.string(),
        currency: z.string(),
        orders: z.int().meta({ description: 'Orders billed' }),
        invoices: z.int().meta({ description: 'Documents issued for them, credit notes too' }),
        points: Decimal,
        amount: Decimal,
      }),
    ),
    undelivered: z
      .array(z.strictObject({ partyId: z.string(), stage: z.string(), code: z.string(), reason: z.string() }))
      .meta({ description: 'Parties whose statement, bill or message could not be made or sent' }),
    durationMs: z.int(),
  })
  .meta({ id: 'CloseReport', description: 'What a run did, from what is stored' });

const StartClose = z
  .strictObject({
    period: PeriodText,
    dryRun: z.boolean('must be true or false').default(false).meta({ description: 'Only report what would be billed' }),
  })
  .meta({ id: 'StartClose' });

const RUN_PARAMS = z.strictObject({ run: RunName });
const READ = { organizationType: 'VENDOR', action: 'readCloses' } as const;
const RUN = { organizationType: 'VENDOR', action: 'runCloses' } as const;

const EXAMPLE_RUN = {
  name: '2026-10-1',
  period: '2026-10',
  run: 1,
  status: 'RUNNING',
  dryRun: false,
  invoiceDate: '2026-11-10',
  claimedTime: '2026-11-10T02:00:00.000Z',
};

const COMMON = { function: 'closesApi', tag: 'Close', params: NoParameters, query: NoParameters } as const;

export const closeRoutes = {
  startClose: {
    ...COMMON,
    method: 'POST',
    path: '/api/vendor/v1/closes',
    access: RUN,
    summary: 'Start a close',
    description:
      'Claims the next run of the period and starts it. It goes on by itself; ask for the run to see how far it is.',
    body: StartClose,
    answer: { status: 202, description: 'The run has been started', schema: CloseRun },
    problems: ['CLOSE_RUNNING', 'PERIOD_NOT_CLOSABLE', 'PERIOD_ALREADY_CLOSED', 'CLOSE_INCOMPLETE'],
    example: { body: { period: '2026-10' }, answer: EXAMPLE_RUN },
  },
  listCloses: {
    ...COMMON,
    method: 'GET',
    path: '/api/vendor/v1/closes',
    access: READ,
    summary: 'List runs',
    description: 'The runs of all periods or of one, newest first.',
    query: z.strictObject({ ...listQuery(RUN_LIST), period: PeriodText.optional() }),
    answer: { status: 200, description: 'A page of runs', schema: pageOf(CloseRun).meta({ id: 'PageOfCloseRun' }) },
    problems: [],
    example: { query: { period: '2026-10' }, answer: { content: [EXAMPLE_RUN], total: 1 } },
  },
  getClose: {
    ...COMMON,
    method: 'GET',
    path: '/api/vendor/v1/closes/{run}',
    access: READ,
    summary: 'Get a run',
    description: 'A run with its progress as it is now.',
    params: RUN_PARAMS,
    answer: { status: 200, description: 'The run', schema: CloseRunProgress },
    problems: [],
    example: {
      params: { run: '2026-10-1' },
      answer: { ...EXAMPLE_RUN, stages: [{ stage: 'Rate orders', total: 80, succeeded: 31, failed: 0 }] },
    },
  },
  redriveClose: {
    ...COMMON,
    method: 'POST',
    path: '/api/vendor/v1/closes/{run}/redrive',
    access: RUN,
    summary: 'Redrive a close',
    description: "Starts the next run of the run's period: it bills what is frozen and not yet invoiced, nothing else.",
    params: RUN_PARAMS,
    answer: { status: 202, description: 'The next run has been started', schema: CloseRun },
    problems: ['CLOSE_RUNNING', 'PERIOD_NOT_CLOSABLE', 'NOTHING_TO_REDRIVE'],
    example: { params: { run: '2026-10-1' }, answer: { ...EXAMPLE_RUN, name: '2026-10-2', run: 2 } },
  },
  getCloseReport: {
    ...COMMON,
    method: 'GET',
    path: '/api/vendor/v1/closes/{run}/report',
    access: READ,
    summary: 'Get the report of a run',
    description: 'Counts, totals and what was set aside. There is none (404) before the run has ended.',
    params: RUN_PARAMS,
    answer: { status: 200, description: 'The report', schema: CloseReport },
    problems: [],
    example: {
      params: { run: '2026-10-1' },
      answer: {
        reconciled: true,
        contracts: 2,
        orders: 2,
        invoices: 1,
        nothingToBill: 1,
        external: 0,
        failed: [],
        totals: [
          {
            aggregatorId: 'AGG-0001',
            aggregator: 'Nordhandel GmbH',
            currency: 'USD',
            orders: 1,
            invoices: 1,
            points: '1830',
            amount: '1610.40',
          },
        ],
        undelivered: [],
        durationMs: 4200,
      },
    },
  },
} as const satisfies Record<string, RouteDefinition>;
