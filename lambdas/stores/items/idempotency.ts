import * as z from 'zod';

export const IdempotencyItem = z.object({
  state: z.enum(['STARTED', 'COMMITTED', 'ENDED']),
  fingerprint: z.string(),
  claimant: z.string(),
  /** Until then the claimant may still be at work; milliseconds. */
  heldUntil: z.number().int(),
  /** From then on the item is as if it were not there; seconds, for the table's time to live. */
  expiresAt: z.number().int(),
  answer: z
    .object({ status: z.number().int(), headers: z.record(z.string(), z.string()), body: z.string().optional() })
    .optional(),
});
