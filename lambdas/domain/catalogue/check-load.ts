import type { Period } from '../calendar/period.ts';
import type { CatalogueContent } from './catalogue.ts';
import { type FamilyTypes, readFamily, readProduct, readSku } from './check-entries.ts';
import { checkPriceLists } from './check-price-lists.ts';
import { isPointsFamily, type ProductFamily } from './family.ts';
import type { CatalogueLoad, LoadCounts, LoadFault, LoadKind } from './load.ts';
import { mergeEntries } from './merge-entries.ts';
import type { PriceList } from './price-list.ts';

/** What a load is checked against. */
export type LoadSetting = {
  content: CatalogueContent;
  priceLists: readonly PriceList[];
  /** The latest period a close was started for. */
  lastFrozen: Period | undefined;
  /** Gives an entry that is new and has no id of its own a UUID. */
  newId: () => string;
};

export type CheckedLoad = {
  /** The catalogue with the load in it. */
  content: CatalogueContent;
  /** Price lists that are new. */
  priceLists: PriceList[];
  counts: Record<LoadKind, LoadCounts>;
};

/** Checks a load as a whole: the catalogue it makes, or everything that is wrong with it. */
export function checkLoad(
  load: CatalogueLoad,
  { content, priceLists, lastFrozen, newId }: LoadSetting,
): { ok: true; checked: CheckedLoad } | { ok: false; faults: LoadFault[] } {
  const faults: LoadFault[] = [];
  const common = { newId, faults };
  const families = mergeEntries({
    ...common,
    kind: 'families',
    entries: load.families,
    existing: content.families,
    read: (entry, path) => readFamily(entry, path, faults),
    fixed: { id: 'id', type: 'type' },
  });
  refuseSecondOfType(load, families.merged, faults);
  const types = typesOf(load, families.merged);
  const skus = mergeEntries({
    ...common,
    kind: 'skus',
    entries: load.skus,
    existing: content.skus,
    read: (entry, path) => readSku(entry, path, types, faults),
    fixed: {
      id: 'id',
      family: 'family',
      contractType: 'contractType',
      minimumPoints: 'minCommit',
      commitValue: 'commitValue',
    },
  });
  const products = mergeEntries({
    ...common,
    kind: 'products',
    entries: load.products,
    existing: content.products,
    read: (entry, path) => readProduct(entry, path, types, faults),
    fixed: {
      id: 'id',
      family: 'family',
      uom: 'uom',
      pointsPerUnit: 'ppu',
      minQuantity: 'minQuantity',
      tiers: 'tiers',
    },
    fixedOnceTold: { metering: 'metering' },
  });
  const skuCodes = new Set([...skus.merged, ...load.skus].map(({ code }) => code));
  const inMoney = products.merged.filter(({ family }) => !isPointsFamily(family));
  const priced = { skus: skuCodes, products: new Set(inMoney.map(({ code }) => code)) };
  const lists = checkPriceLists(load.priceLists, priceLists, priced, lastFrozen, faults);
  refuseTooMany({ skus: skus.merged, products: products.merged, priceLists: lists.created }, faults);
  if (faults.length > 0) return { ok: false, faults };
  return {
    ok: true,
    checked: {
      content: { families: families.merged, skus: skus.merged, products: products.merged },
      priceLists: lists.created,
      counts: { families: families.counts, skus: skus.counts, products: products.counts, priceLists: lists.counts },
    },
  };
}

// A catalogue is read and written whole: 20,000 products of some 300 bytes are 6 MB. New price lists go in one transaction
// of 100 actions at most.
const MOST = { skus: 5_000, products: 20_000, priceLists: 50 };

function refuseTooMany(lists: Record<keyof typeof MOST, readonly unknown[]>, faults: LoadFault[]): void {
  for (const [kind, most] of Object.entries(MOST) as [keyof typeof MOST, number][]) {
    const { length } = lists[kind];
    if (length > most) faults.push({ path: [kind, most], message: `would be ${length}: at most ${most} are taken` });
  }
}

/** One family of a type: SKUs, products and contracts name the type alone. */
function refuseSecondOfType(load: CatalogueLoad, merged: readonly ProductFamily[], faults: LoadFault[]): void {
  load.families.forEach(({ code, type }, index) => {
    const other = merged.find((family) => family.type === type && family.code !== code);
    if (other)
      faults.push({ path: ['families', index, 'type'], message: `is that of ${other.code}: a type has one family` });
  });
}

function typesOf(load: CatalogueLoad, merged: readonly ProductFamily[]): FamilyTypes {
  return new Map([
    ...load.families.map(({ code }) => [code, undefined] as const),
    ...merged.map(({ code, type }) => [code, type] as const),
  ]);
}
