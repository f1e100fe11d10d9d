import * as z from 'zod';
import { CONTRACT_TYPES, FAMILY_TYPES } from '../../domain/catalogue/family.ts';
import { METERING_RULES } from '../../domain/metering/rules.ts';
import { decimal } from './common.ts';

/** Which version of the catalogue is in force. */
export const CatalogueHeadItem = z.object({ load: z.string() });

export const ProductFamilyItem = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  description: z.string(),
  type: z.enum(FAMILY_TYPES),
});

/** A SKU as contract revisions keep it. */
export const SkuItem = z.object({
  code: z.string(),
  contractType: z.enum(CONTRACT_TYPES),
  family: z.enum(FAMILY_TYPES),
  minimumPoints: decimal,
});

export const OrderableSkuItem = SkuItem.extend({
  id: z.string(),
  bolDate: z.string(),
  eolDate: z.string().optional(),
  termMonths: z.number().int(),
  discount: decimal,
  commitType: z.literal('MONTHLY'),
  commitValue: z.number().int(),
});

export const ProductItem = z.object({
  id: z.string(),
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
  metering: z.enum(METERING_RULES).optional(),
  replaces: z.array(z.string()).optional(),
});

export const PriceListItem = z.object({
  currency: z.string(),
  version: z.string(),
  validFrom: z.string(),
  prices: z.record(z.string(), z.object({ listPrice: decimal, overagePrice: decimal.optional() })),
  productPrices: z.record(z.string(), decimal).optional(),
});
