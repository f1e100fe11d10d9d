import * as z from 'zod';
import { CANCELLATION_STATUSES } from '../../domain/customer-commitment/customer-commitment.ts';
import { CUSTOMER_COMMITMENT_STATUSES } from '../../domain/customer-commitment/status.ts';
import {
  COMMITMENT_TERMS,
  PAYMENTS,
  PRODUCT_COMMITMENT_STATUSES,
} from '../../domain/product-commitment/product-commitment.ts';
import { decimal } from './common.ts';

/** What both kinds of commitments have. */
const COMMITMENT = {
  id: z.string(),
  contractId: z.string(),
  contractNumber: z.string(),
  serviceProviderId: z.string(),
  aggregatorId: z.string(),
  customerId: z.string(),
  customerNumber: z.string(),
  createdTime: z.string(),
  lastModifiedTime: z.string(),
  version: z.number().int(),
};

export const CustomerCommitmentItem = z.object({
  ...COMMITMENT,
  name: z.string(),
  from: z.string(),
  until: z.string(),
  commitment: decimal,
  minCommits: z.record(z.string(), decimal),
  status: z.enum(CUSTOMER_COMMITMENT_STATUSES),
  cancellation: z
    .object({
      status: z.enum(CANCELLATION_STATUSES),
      requesterId: z.string(),
      requestedTime: z.string(),
      reason: z.string().optional(),
      comment: z.string().optional(),
    })
    .optional(),
});

export const ProductCommitmentItem = z.object({
  ...COMMITMENT,
  product: z.object({ id: z.string(), code: z.string(), name: z.string() }),
  uom: z.string(),
  name: z.string(),
  term: z.enum(COMMITMENT_TERMS),
  payment: z.enum(PAYMENTS),
  segments: z.array(z.object({ from: z.string(), until: z.string(), quantity: decimal })),
  status: z.enum(PRODUCT_COMMITMENT_STATUSES),
  nextMonth: z.string(),
});

export const CustomerUseItem = z.object({
  contractId: z.string(),
  period: z.string(),
  used: z.array(z.object({ customerNumber: z.string(), productCode: z.string(), quantity: decimal })),
  version: z.number().int(),
});
