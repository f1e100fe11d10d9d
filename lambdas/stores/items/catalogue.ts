import * as z from 'zod';
import { CONTRACT_TYPES, FAMILY_TYPES } from '../../domain/catalogue/family.ts';
import { decimal } from './common.ts';

export const SkuItem = z.object({
  code: z.string(),
  contractType: z.enum(CONTRACT_TYPES),
  family: z.enum(FAMILY_TYPES),
  minimumPoints: decimal,
});

export const ProductItem = z.object({
  code: z.string(),
  name: z.string(),
  category: z.string(),
  family: z.enum(FAMILY_TYPES),
  uom: z.string(),
  pointsPerUnit: decimal,
  tiers: z
    .array(z.object({ from: decimal, to: decimal.optional(), pointsPerUnit: decimal, split: decimal }))
    .optional(),
  minQuantity: decimal.optional(),
});

export const PriceListItem = z.object({
  currency: z.string(),
  version: z.string(),
  validFrom: z.string(),
  prices: z.record(z.string(), z.object({ listPrice: decimal, overagePrice: decimal.optional() })),
});
