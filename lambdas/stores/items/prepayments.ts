import * as z from 'zod';
import { decimal, source } from './common.ts';

export const PrepaymentBalanceItem = z.object({
  contractId: z.string(),
  points: decimal,
  sequence: z.number().int(),
});

export const PrepaymentEntryItem = z.object({
  contractId: z.string(),
  sequence: z.number().int(),
  kind: z.enum(['CREDIT', 'DRAW', 'REVERSAL', 'FORFEIT']),
  source,
  points: decimal,
  balanceAfter: decimal,
});
