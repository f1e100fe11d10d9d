import * as z from 'zod';
import { CANCELLATION_STATUSES } from '../../domain/customer-commitment/customer-commitment.ts';
import { CUSTOMER_COMMITMENT_STATUSES } from '../../domain/customer-commitment/status.ts';
import { decimal } from './common.ts';

export const CustomerCommitmentItem = z.object({
  id: z.string(),
  contractId: z.string(),
  contractNumber: z.string(),
  serviceProviderId: z.string(),
  aggregatorId: z.string(),
  customerId: z.string(),
  customerNumber: z.string(),
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
  createdTime: z.string(),
  lastModifiedTime: z.string(),
  version: z.number().int(),
});
