/** What a load brings, as texts in the terms of the API; absent and empty are the same. `family` is a family's code. */
export type FamilyEntry = {
  id?: string | undefined;
  code: string;
  name: string;
  description?: string | undefined;
  type: string;
};

export type SkuEntry = {
  id?: string | undefined;
  code: string;
  family: string;
  contractType: string;
  bolDate: string;
  eolDate?: string | undefined;
  /** Months. */
  term: string;
  minCommit?: string | undefined;
  discount?: string | undefined;
  commitType?: string | undefined;
  commitValue?: string | undefined;
};

export type TierEntry = { from: string; to?: string | undefined; ppu: string; split?: string | undefined };

export type ProductEntry = {
  id?: string | undefined;
  code: string;
  name: string;
  category: string;
  family: string;
  uom: string;
  ppu?: string | undefined;
  minQuantity?: string | undefined;
  tiers?: readonly TierEntry[] | undefined;
  metering?: string | undefined;
  replaces?: readonly string[] | undefined;
};

/** The price of a SKU's point, or of a unit of a money family's product: exactly one of the two is named. */
export type PriceEntry = {
  sku?: string | undefined;
  product?: string | undefined;
  listPrice: string;
  overagePrice?: string | undefined;
};
export type PriceListEntry = { currency: string; version: string; validFrom: string; prices: readonly PriceEntry[] };

/** Additions and changes to a catalogue; what it doesn't name stays as it is. */
export type CatalogueLoad = {
  families: readonly FamilyEntry[];
  skus: readonly SkuEntry[];
  products: readonly ProductEntry[];
  priceLists: readonly PriceListEntry[];
};

export const LOAD_KINDS = ['families', 'skus', 'products', 'priceLists'] as const satisfies (keyof CatalogueLoad)[];
export type LoadKind = (typeof LOAD_KINDS)[number];

/** Where in a load something is wrong: ['products', 3, 'tiers', 0, 'from']. */
export type LoadPath = readonly [LoadKind, number, ...(string | number)[]];

/** Why something that could be loaded into another catalogue can't be into this one. */
export type LoadConflict = 'CATALOGUE_ENTRY_FIXED' | 'PRICE_LIST_EXISTS' | 'PERIOD_FROZEN';

export type LoadFault = { path: LoadPath; message: string; conflict?: LoadConflict };

/** How many entries of a kind a load brings new, changes, and finds as they are. */
export type LoadCounts = { created: number; changed: number; unchanged: number };
