import * as z from 'zod';
import { ONE_OFF_ORDER_KINDS } from '../../domain/one-off-order/one-off-order.ts';
import { ONE_OFF_ORDER_STATUSES } from '../../domain/one-off-order/status.ts';
import { decimal } from './common.ts';

export const OneOffOrderItem = z.object({
  id: z.string(),
  orderNumber: z.string(),
  contractId: z.string(),
  contractNumber: z.string(),
  serviceProviderId: z.string(),
  aggregatorId: z.string(),
  kind: z.enum(ONE_OFF_ORDER_KINDS),
  status: z.enum(ONE_OFF_ORDER_STATUSES),
  description: z.string(),
  licenses: z.array(z.object({ productCode: z.string(), productName: z.string(), quantity: decimal })),
  requesterId: z.string(),
  createdTime: z.string(),
  comment: z.string().optional(),
  licenseKeys: z.number().int().optional(),
  lastModifiedTime: z.string(),
  version: z.number().int(),
});

export const LicenseKeysItem = z.object({ orderId: z.string(), wrappedKey: z.string(), sealed: z.string() });
