import * as z from 'zod';
import { decimal } from './common.ts';

export const VeloOrderItem = z.object({
  id: z.string(),
  sid: z.string(),
  orderNumber: z.string(),
  contractId: z.string(),
  contractNumber: z.string(),
  serviceProviderId: z.string(),
  aggregatorId: z.string(),
  productCode: z.string(),
  productName: z.string(),
  uom: z.string(),
  currency: z.string(),
  terms: z.array(z.object({ from: z.string(), quantity: decimal, unitPrice: decimal, discount: decimal })),
  endDate: z.string().optional(),
  createdTime: z.string(),
  lastModifiedTime: z.string(),
  version: z.number().int(),
});

/** Where the VeloCloud order of an id is. */
export const VeloOrderPlaceItem = z.object({ id: z.string(), contractId: z.string() });
