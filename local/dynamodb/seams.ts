import db from 'dynalite/db/index.js';
import { rememberExpressions } from './expressions.ts';
import { indexKey, itemKey, spread } from './keys.ts';
import { queryTable } from './pages.ts';
import type { SessionStore } from './session.ts';

/**
 * dynalite's actions reach these functions through its modules, which makes them the places to put our own:
 * pages are read without streams, index entries are written together with their item at commit, keys are cheap, and an
 * index key is unique for its item (dynalite tells items of equal index keys apart by 24 bits of a hash only).
 */
export function useSeams(): void {
  rememberExpressions();
  db.queryTable = queryTable;
  db.hashPrefix = (value, type) => spread(db.toRangeStr({ [type]: value }));
  db.createKey = itemKey;
  db.createIndexKey = (item, table, keySchema) => indexKey(item, table, { KeySchema: keySchema });
  db.updateIndexes = (store, table, before, after, callback) => {
    callback((before || after) && (store as SessionStore).stage(table, before, after ?? undefined));
  };
}
