import * as z from 'zod';
import { MONTH_OUTCOMES, MONTH_REASONS } from '../../domain/metering/month-outcome.ts';

export const MeteredOrderItem = z.object({
  orderId: z.string(),
  contractId: z.string(),
  contractNumber: z.string(),
  serviceProviderId: z.string(),
  usagePeriod: z.string(),
  time: z.string(),
  /** JSON of what each meter has reported, zipped: the first 2,500, which stay below half of the 400 KB of an item. */
  meters: z.base64(),
  /** JSON of the differences, zipped too, the first 2,500, and how many there are in all. */
  differences: z.base64(),
  differing: z.number().int(),
});

/** The next 2,500 of each, as far as there are more; of another time it is of what was said before. */
export const MeteredOrderPartItem = z.object({ time: z.string(), meters: z.base64(), differences: z.base64() });

/** Something since which a month of a contract has to be compared with what meters say of it. */
export const MeteredMonthDueItem = z.object({
  kind: z.enum(['METER', 'ORDER', 'CONTRACT', 'FEED']),
  id: z.string(),
  token: z.string(),
});

/** What came of it last. */
export const MeteredMonthItem = z.object({
  outcome: z.enum(MONTH_OUTCOMES),
  reason: z.enum(MONTH_REASONS).optional(),
  time: z.string(),
});
