import * as z from 'zod';
import { MONTH_OUTCOMES, MONTH_REASONS } from '../../domain/metering/month-outcome.ts';

export const MeteredOrderItem = z.object({
  orderId: z.string(),
  contractId: z.string(),
  contractNumber: z.string(),
  serviceProviderId: z.string(),
  usagePeriod: z.string(),
  time: z.string(),
  /** JSON of what each meter has reported, zipped: thousands of lines stay far below the 400 KB of an item. */
  meters: z.base64(),
  /** JSON of the differences, zipped too, and how many there are. */
  differences: z.base64(),
  differing: z.number().int(),
});

/** Something since which a month of a contract has to be compared with what meters say of it. */
export const MeteredMonthDueItem = z.object({
  kind: z.enum(['METER', 'ORDER', 'FEED']),
  id: z.string(),
  token: z.string(),
});

/** What came of it last. */
export const MeteredMonthItem = z.object({
  outcome: z.enum(MONTH_OUTCOMES),
  reason: z.enum(MONTH_REASONS).optional(),
  time: z.string(),
});
