import type { Item, Key, Table, TableChange } from './table.ts';

/**
 * Puts an item that counts its writes in place of the one of the version before, or where there is none as the first.
 * @param version the one that it makes
 */
export function putInPlace(table: Table, describes: string, item: Item & Key, version: number): TableChange {
  return version === 1 ? table.putNew(describes, item) : table.putOver(describes, item, version - 1);
}
