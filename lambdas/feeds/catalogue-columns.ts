import type { LoadKind } from '../domain/catalogue/load.ts';

/** Columns of a CSV file of one kind: those it must have, and those it may. */
export const CATALOGUE_COLUMNS: Readonly<Record<LoadKind, { needed: readonly string[]; optional: readonly string[] }>> =
  {
    families: { needed: ['code', 'name', 'type'], optional: ['id', 'description'] },
    skus: {
      needed: ['code', 'family', 'contractType', 'bolDate', 'term'],
      optional: ['id', 'eolDate', 'minCommit', 'discount', 'commitType', 'commitValue'],
    },
    products: {
      needed: ['code', 'name', 'category', 'family', 'uom'],
      optional: ['id', 'ppu', 'minQuantity', 'tiers', 'metering', 'replaces'],
    },
    priceLists: {
      needed: ['currency', 'version', 'validFrom', 'listPrice'],
      optional: ['sku', 'product', 'overagePrice'],
    },
  };
