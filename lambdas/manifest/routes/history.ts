import * as z from 'zod';
import { HISTORY_ENTRY } from './history-entry.ts';

/** What has happened to a thing of two parties, as each of them and the vendor are told it (read-order-history.ts). */
export const History = z
  .array(z.strictObject(HISTORY_ENTRY))
  .meta({ description: 'What has happened to it, oldest first' });
