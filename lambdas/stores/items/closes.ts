import * as z from 'zod';
import { decimal } from './common.ts';

export const PeriodCloseItem = z.object({
  period: z.string(),
  state: z.enum(['RUNNING', 'COMPLETE', 'INCOMPLETE']),
  currentRun: z.number().int(),
});

const unbilled = z.object({
  orderId: z.string(),
  contractNumber: z.string(),
  aggregatorId: z.string(),
  serviceProvider: z.string(),
  usagePeriod: z.string(),
  code: z.string(),
  reason: z.string(),
  ageDays: z.number().int(),
});

const runKey = z.object({ period: z.string(), name: z.string() });

export const LastClaimedItem = runKey;

export const RunPlaceItem = z.object({ previous: runKey.optional(), reconciled: z.boolean() });

export const CloseRunItem = z.object({
  name: z.string(),
  period: z.string(),
  run: z.number().int(),
  status: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED']),
  invoiceDate: z.string(),
  dryRun: z.boolean(),
  claimedTime: z.string(),
  finishedTime: z.string().optional(),
  failure: z.object({ code: z.string(), message: z.string() }).optional(),
  report: z
    .object({
      reconciled: z.boolean(),
      contracts: z.number().int(),
      orders: z.number().int(),
      invoices: z.number().int(),
      nothingToBill: z.number().int(),
      external: z.number().int(),
      failed: z.array(unbilled),
      totals: z.array(
        z.object({
          aggregatorId: z.string(),
          aggregator: z.string(),
          currency: z.string(),
          orders: z.number().int(),
          invoices: z.number().int(),
          points: decimal,
          amount: decimal,
        }),
      ),
      undelivered: z.array(z.object({ partyId: z.string(), stage: z.string(), code: z.string(), reason: z.string() })),
      durationMs: z.number().int(),
    })
    .optional(),
});

/** A contract that isn't billed for a period until what was due on it is done. */
export const AsideContractItem = z.object({
  period: z.string(),
  contractId: z.string(),
  run: z.string(),
  reason: z.string(),
});
