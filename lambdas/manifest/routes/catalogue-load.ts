import * as z from 'zod';

const text = () => z.string().max(500);
const wholeNumber = () => z.int().min(0).transform(String);

const familyEntry = z.strictObject({
  id: text().optional(),
  code: text(),
  name: text(),
  description: text().optional(),
  type: text(),
});

const skuEntry = z.strictObject({
  id: text().optional(),
  code: text(),
  family: text(),
  contractType: text(),
  bolDate: text(),
  eolDate: text().optional(),
  term: wholeNumber(),
  minCommit: wholeNumber().optional(),
  discount: text().optional(),
  commitType: text().optional(),
  commitValue: wholeNumber().optional(),
});

const tierEntry = z.strictObject({ from: text(), to: text().optional(), ppu: text(), split: text().optional() });

const productEntry = z.strictObject({
  id: text().optional(),
  code: text(),
  name: text(),
  category: text(),
  family: text(),
  uom: text(),
  ppu: text().optional(),
  minQuantity: text().optional(),
  tiers: z.array(tierEntry).optional(),
  metering: text().optional(),
  replaces: z.array(text()).max(50).optional(),
});

const priceEntry = z.strictObject({
  sku: text().optional(),
  product: text().optional(),
  listPrice: text(),
  overagePrice: text().optional(),
});

const priceListEntry = z.strictObject({
  currency: text(),
  version: text(),
  validFrom: text(),
  prices: z.array(priceEntry),
});

/** A load as JSON: its form only; what it says is checked with the catalogue, all of it at once. */
export const CatalogueLoadBody = z
  .strictObject({
    families: z.array(familyEntry).default([]),
    skus: z.array(skuEntry).default([]),
    products: z.array(productEntry).default([]),
    priceLists: z.array(priceListEntry).default([]),
  })
  .meta({ id: 'CatalogueLoad', description: 'Additions and changes to the catalogue; decimals are written as text' });
