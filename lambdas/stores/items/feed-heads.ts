import * as z from 'zod';

export const FeedHeadItem = z.object({ contractId: z.string(), version: z.number().int() });
