import { crc32 } from 'node:zlib';
import type { Index, KeyElement, Table } from 'dynalite/db/index.js';
import db from 'dynalite/db/index.js';
import type { Item } from './wire.ts';

/**
 * Key of an item in LevelDB, in the form dynalite's queries expect: `hash/partition/sort/`. The pieces are hexadecimal,
 * so that they sort as DynamoDB sorts them; the hash only spreads the partitions, as a scan on AWS finds no order.
 */
export function itemKey(item: Item, table: Table, keySchema: KeyElement[] = table.KeySchema): string {
  let key = '';
  for (const { AttributeName: name, KeyType: type } of keySchema) {
    const piece = db.toRangeStr(item[name]!);
    key += type === 'HASH' ? `${spread(piece)}/${piece}/` : `${piece}/`;
  }
  return key;
}

/** Key of an item in an index: index keys for the order, then the item's own key so that no two items share an entry. */
export function indexKey(item: Item, table: Table, { KeySchema: keySchema }: Pick<Index, 'KeySchema'>): string {
  return itemKey(item, table, keySchema) + itemKey(item, table);
}

/** Six hexadecimal digits of the text's CRC-32. */
export const spread = (text: string): string => crc32(text).toString(16).padStart(8, '0').slice(-6);
