import * as z from 'zod';
import { DELIVERY_MEASURES } from '../../domain/service-delivery/service-delivery.ts';
import { SERVICE_DELIVERY_STATUSES } from '../../domain/service-delivery/status.ts';
import { decimal } from './common.ts';

export const ServiceDeliveryItem = z.object({
  number: z.string(),
  contractId: z.string(),
  contractNumber: z.string(),
  serviceProviderId: z.string(),
  aggregatorId: z.string(),
  status: z.enum(SERVICE_DELIVERY_STATUSES),
  productCode: z.string(),
  productName: z.string(),
  measure: z.enum(DELIVERY_MEASURES),
  quantity: decimal,
  uom: z.string(),
  pointsPerUnit: decimal,
  deliveryDate: z.string(),
  description: z.string(),
  comment: z.string().optional(),
  createdTime: z.string(),
  lastModifiedTime: z.string(),
  version: z.number().int(),
});

/** Where the delivery of a number is. */
export const DeliveryNumberItem = z.object({ number: z.string(), contractId: z.string(), period: z.string() });
