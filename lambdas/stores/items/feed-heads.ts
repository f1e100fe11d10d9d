import * as z from 'zod';

/** How often what a contract's feed is made of has changed. */
export const FeedHeadItem = z.object({ contractId: z.string(), version: z.number().int() });
