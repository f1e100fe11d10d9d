import * as z from 'zod';

/** What has happened to a thing of two parties, as each of them and the vendor are told it (read-order-history.ts). */
export const History = z
  .array(
    z.strictObject({
      time: z.iso.datetime(),
      party: z.enum(['SERVICE_PROVIDER', 'AGGREGATOR', 'VENDOR', 'SYSTEM']),
      actor: z.string().optional().meta({ description: "Id of the user, of the caller's own organization only" }),
      action: z.string(),
      from: z.string().optional(),
      to: z.string().optional(),
      reason: z.string().optional(),
    }),
  )
  .meta({ description: 'What has happened to it, oldest first' });
