import type { OrderableSku } from '../../domain/catalogue/catalogue.ts';
import { CONTRACT_TYPES, FAMILY_TYPES, type ProductFamily } from '../../domain/catalogue/family.ts';
import type { PriceList } from '../../domain/catalogue/price-list.ts';
import type { Product } from '../../domain/catalogue/product.ts';
import { formatPoints, formatPointsPerUnit } from '../../domain/numbers/amounts.ts';
import type { ListDefinition, ListFields } from './definition.ts';

/** An entry with the code of its product family. */
export type OfFamily = { familyCode: string };

const FAMILY_FIELDS: ListFields<ProductFamily> = {
  code: { type: 'text', of: (family) => family.code },
  name: { type: 'text', of: (family) => family.name },
  type: { type: 'enum', values: FAMILY_TYPES, of: (family) => family.type },
};

/** Product families. */
export const FAMILY_LIST: ListDefinition<ProductFamily> = {
  selectors: FAMILY_FIELDS,
  sortable: FAMILY_FIELDS,
  id: (family) => family.code,
  defaultSort: 'code',
};

const SKU_FIELDS: ListFields<OrderableSku> = {
  code: { type: 'text', of: (sku) => sku.code },
  contractType: { type: 'enum', values: CONTRACT_TYPES, of: (sku) => sku.contractType },
  bolDate: { type: 'month', of: (sku) => sku.bolDate },
  eolDate: { type: 'month', of: (sku) => sku.eolDate },
  minCommit: { type: 'number', of: (sku) => formatPoints(sku.minimumPoints) },
};

/** Contract SKUs of one family. */
export const SKU_LIST: ListDefinition<OrderableSku> = {
  selectors: SKU_FIELDS,
  sortable: SKU_FIELDS,
  id: (sku) => sku.code,
  defaultSort: 'code',
};

const OF_FAMILY: ListFields<OfFamily> = { family: { type: 'text', of: ({ familyCode }) => familyCode } };

/** Contract SKUs of all families. */
export const CATALOGUE_SKU_LIST: ListDefinition<OrderableSku & OfFamily> = {
  selectors: { ...SKU_FIELDS, ...OF_FAMILY },
  sortable: { ...SKU_FIELDS, ...OF_FAMILY },
  id: (sku) => sku.code,
  defaultSort: 'code',
};

const PRODUCT_FIELDS: ListFields<Product> = {
  code: { type: 'text', of: (product) => product.code },
  name: { type: 'text', of: (product) => product.name },
  category: { type: 'text', of: (product) => product.category },
  uom: { type: 'text', of: (product) => product.uom },
  ppu: { type: 'number', of: (product) => formatPointsPerUnit(product.pointsPerUnit) },
};

/** Products of all families. */
export const CATALOGUE_PRODUCT_LIST: ListDefinition<Product & OfFamily> = {
  selectors: { ...PRODUCT_FIELDS, ...OF_FAMILY },
  sortable: { ...PRODUCT_FIELDS, ...OF_FAMILY },
  id: (product) => product.code,
  defaultSort: 'code',
};

const CONTRACT_PRODUCT_FIELDS: ListFields<Product> = {
  'product.code': { type: 'text', of: (product) => product.code },
  'product.name': { type: 'text', of: (product) => product.name },
  uom: { type: 'text', of: (product) => product.uom },
};

/** Products of a contract, by their published names. */
export const CONTRACT_PRODUCT_LIST: ListDefinition<Product> = {
  selectors: CONTRACT_PRODUCT_FIELDS,
  sortable: CONTRACT_PRODUCT_FIELDS,
  id: (product) => product.code,
  defaultSort: 'product.code',
};

const PRICE_LIST_FIELDS: ListFields<PriceList> = {
  currency: { type: 'text', of: (list) => list.currency },
  version: { type: 'text', of: (list) => list.version },
  validFrom: { type: 'month', of: (list) => list.validFrom },
};

/** Versions of price lists. */
export const PRICE_LIST_LIST: ListDefinition<PriceList> = {
  selectors: PRICE_LIST_FIELDS,
  sortable: PRICE_LIST_FIELDS,
  id: (list) => `${list.currency}#${list.version}`,
  defaultSort: 'currency,-validFrom,-version',
};
