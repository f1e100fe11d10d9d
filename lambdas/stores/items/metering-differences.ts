import * as z from 'zod';
import { decimal } from './common.ts';

export const MeteringDifferencesItem = z.object({
  orderId: z.string(),
  contractId: z.string(),
  contractNumber: z.string(),
  serviceProviderId: z.string(),
  usagePeriod: z.string(),
  time: z.string(),
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
