import * as z from 'zod';

/** What lists of what has happened to a thing of several parties say of each entry. */
export const HISTORY_ENTRY = {
  time: z.iso.datetime(),
  party: z.enum(['SERVICE_PROVIDER', 'AGGREGATOR', 'VENDOR', 'SYSTEM']),
  actor: z.string().optional().meta({ description: "Id of the user, of the caller's own organization only" }),
  action: z.string(),
  from: z.string().optional(),
  to: z.string().optional(),
  reason: z.string().optional(),
};
