import * as z from 'zod';
import { FAMILY_TYPES } from '../../domain/catalogue/family.ts';
import { decimal } from './common.ts';

export const ApprovalRuleItem = z.object({
  id: z.string(),
  aggregatorId: z.string(),
  name: z.string(),
  active: z.boolean(),
  withoutEdits: z.boolean(),
  maxVariance: decimal.optional(),
  maxTotal: z.object({ amount: decimal, currency: z.string() }).optional(),
  families: z.array(z.enum(FAMILY_TYPES)).readonly(),
  serviceProviderIds: z.array(z.string()).readonly(),
  vendorPurchaseOrder: z.string().optional(),
  version: z.number().int(),
});

export const ReviewSettingsItem = z.object({
  aggregatorId: z.string(),
  variancePercent: decimal,
  version: z.number().int(),
});
