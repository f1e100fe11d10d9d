import * as z from 'zod';
import { COMMITMENT_PAYMENTS } from '../../domain/subscription/host-commitment.ts';
import { PRICE_SOURCES } from '../../domain/usage/usage-line.ts';
import { decimal } from './common.ts';

export const SubscriptionItem = z.object({
  id: z.string(),
  subscriptionNumber: z.string(),
  contractId: z.string(),
  contractNumber: z.string(),
  serviceProviderId: z.string(),
  aggregatorId: z.string(),
  customerNumber: z.string(),
  customerName: z.string(),
  productCode: z.string(),
  productName: z.string(),
  uom: z.string(),
  quantity: decimal,
  from: z.string(),
  until: z.string().optional(),
  cancelled: z.boolean(),
  commitments: z.array(
    z.object({
      id: z.string(),
      years: z.union([z.literal(1), z.literal(3)]),
      payment: z.enum(COMMITMENT_PAYMENTS),
      first: z.string(),
      quantity: decimal,
      price: z.object({ unitPrice: decimal, discount: decimal, currency: z.string(), from: z.enum(PRICE_SOURCES) }),
    }),
  ),
  createdTime: z.string(),
  lastModifiedTime: z.string(),
  version: z.number().int(),
});

export const ServiceContractsItem = z.object({
  serviceProviderId: z.string(),
  contracts: z.record(z.string(), z.string()),
  version: z.number().int(),
});

export const UsageRecordBatchItem = z.object({
  period: z.string(),
  hash: z.string(),
  key: z.string(),
  records: z.number().int(),
  time: z.string(),
});
