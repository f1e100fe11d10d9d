import * as z from 'zod';
import { decimal } from './common.ts';

export const MeteredOrderItem = z.object({
  orderId: z.string(),
  contractId: z.string(),
  contractNumber: z.string(),
  serviceProviderId: z.string(),
  usagePeriod: z.string(),
  time: z.string(),
  /** JSON of what each meter has reported, zipped: thousands of lines stay far below the 400 KB of an item. */
  meters: z.base64(),
  differences: z.array(
    z.object({
      lineId: z.string(),
      productCode: z.string(),
      siteName: z.string(),
      customerNumber: z.string(),
      metered: decimal,
      reported: decimal,
    }),
  ),
});
