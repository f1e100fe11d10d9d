import * as z from 'zod';
import { isPeriod, type PlainDate, period } from '../domain/calendar/period.ts';
import type { CloseRun } from '../domain/close/run.ts';
import { NumberedRowSchema, PlannedContractSchema, RunPartySchema } from '../use-cases/run-files.ts';

/** What the state machine passes to the tasks of the close (statemachines/billing-close.asl.json). */
export const RunSchema = z
  .object({
    name: z.string(),
    period: z.string().refine(isPeriod, 'no usage period').transform(period),
    run: z.number().int(),
    status: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED']),
    invoiceDate: z.string().transform((date) => date as PlainDate),
    dryRun: z.boolean(),
    claimedTime: z.string(),
  })
  .transform((run): CloseRun => run);

export const RunEvent = z.object({ run: RunSchema });

export const ShardEvent = z.object({ run: RunSchema, shard: z.number().int().min(0) });

const batchOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ BatchInput: z.object({ run: RunSchema }), Items: z.array(item) });

export const RateEvent = batchOf(PlannedContractSchema);
export const IssueEvent = batchOf(NumberedRowSchema);
export const PartiesEvent = batchOf(RunPartySchema);

const failure = z.object({ code: z.string(), message: z.string() });

export const FailedBatchEvent = z.discriminatedUnion('stage', [
  z.object({ stage: z.literal('Rate'), batch: RateEvent, failure }),
  z.object({ stage: z.literal('Issue'), batch: IssueEvent, failure }),
  z.object({ stage: z.literal('Settle'), batch: PartiesEvent, failure }),
  z.object({ stage: z.literal('Notify'), batch: PartiesEvent, failure }),
]);

export const FailedRunEvent = z.object({ run: RunSchema, failure });

/** The scheduler's input: the time the schedule meant, not the time it is. */
export const ScheduleEvent = z.object({ scheduledTime: z.iso.datetime() });
