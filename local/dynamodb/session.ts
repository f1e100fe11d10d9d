import type { ApiError, Level, Operation, Range, Store, Table } from 'dynalite/db/index.js';
import db from 'dynalite/db/index.js';
import { indexEntry, refuseIndexKeys } from './indexes.ts';
import { itemSize } from './item-size.ts';
import { indexKey, itemKey } from './keys.ts';
import type { Item, RequestUnits } from './wire.ts';

const MAX_ITEM_BYTES = 400 * 1024;
const WRITE_UNIT_BYTES = 1024;

export interface Database {
  level: Level;
  /** Definitions by table name, read once when the database opens. */
  tables: Map<string, Table>;
  read(key: string): unknown;
}

/** What the writer (writer.ts) gives to a write: reads see what was written before it, even if not stored yet. */
export interface WritableDatabase extends Database {
  /** Hands over what belongs together: LevelDB stores it whole or not at all. */
  write(operations: Operation[]): void;
}

interface Change {
  table: Table;
  before: Item | undefined;
  after: Item | undefined;
  bytesBefore: number;
  bytesAfter: number;
}

/** The store that dynalite's actions run on. All callbacks are synchronous, so an action is one uninterrupted step. */
export interface SessionStore extends Store {
  /** Remembers a write; answers DynamoDB's refusal when the new item breaks a limit. */
  stage(table: Table, before: Item | undefined, after: Item | undefined): ApiError | undefined;
  readRange(tableName: string, indexName: string | undefined, range: Range): ReturnType<Level['values']>;
}

/** One request's view of the database. */
export interface Session {
  store: SessionStore;
  /** The stored item that was read last, for ReturnValuesOnConditionCheckFailure and for counting units. */
  lastRead(): Item | undefined;
  /** Bytes of all items that would be stored. */
  stagedBytes(): number;
  /**
   * Hands over the staged items and their index entries, to be stored together. Answers the units it costs: each item is
   * written `itemWrites` times (twice in a transaction: to prepare and to commit), its index entries once.
   */
  commit(database: WritableDatabase, itemWrites?: number): RequestUnits;
}

export function openSession({ level, tables, read }: Database): Session {
  const changes: Change[] = [];
  const newTables: Table[] = [];
  let lastRead: Item | undefined;

  const store: SessionStore = {
    options: { maxItemSize: MAX_ITEM_BYTES, createTableMs: 0 },
    tableDb: {
      awsAccountId: '000000000000',
      awsRegion: 'local',
      lock: withoutLock,
      get: (name, callback) => callback(null, tables.get(name)),
      put: (_name, table, callback) => {
        newTables.push(table);
        callback(null);
      },
      del: (_name, callback) => callback(null),
    },
    getTable(name, checkStatus, callback) {
      const done = typeof checkStatus === 'function' ? checkStatus : callback!;
      const table = tables.get(name);
      if (table) done(null, table);
      else done(tableNotFound(name, checkStatus === false));
    },
    getItemDb: (tableName) => ({
      lock: withoutLock,
      get(key, callback) {
        lastRead = read(itemPrefix(tableName) + key) as Item | undefined;
        callback(null, lastRead);
      },
      // The write itself was staged with its index entries (see seams.ts).
      put: (_key, _item, callback) => callback(null),
      del: (_key, callback) => callback(null),
    }),
    stage(table, before, after) {
      const bytesBefore = before ? itemSize(before) : 0;
      const bytesAfter = after ? itemSize(after) : 0;
      if (bytesAfter > MAX_ITEM_BYTES) {
        return db.validationError('Item size has exceeded the maximum allowed size');
      }
      const refusal = after && refuseIndexKeys(after, table);
      if (!refusal) changes.push({ table, before, after, bytesBefore, bytesAfter });
      return refusal;
    },
    readRange(tableName, indexName, { limit, reverse, ...bounds }) {
      const prefix = indexName ? indexPrefix(tableName, indexName) : itemPrefix(tableName);
      const range: Range & { highWaterMarkBytes: number } = { highWaterMarkBytes: 1024 * 1024 };
      if (limit !== undefined) range.limit = limit;
      if (reverse) range.reverse = true;
      for (const side of ['gt', 'gte', 'lt', 'lte'] as const) {
        if (bounds[side] !== undefined) range[side] = prefix + bounds[side];
      }
      if (range.gt === undefined && range.gte === undefined) range.gte = prefix;
      if (range.lt === undefined && range.lte === undefined) range.lt = `${prefix}~`;
      return level.values(range);
    },
  };

  return {
    store,
    lastRead: () => lastRead,
    stagedBytes: () => changes.reduce((sum, { bytesBefore, bytesAfter }) => sum + (bytesAfter || bytesBefore), 0),
    commit({ write }, itemWrites = 1) {
      const operations: Operation[] = [];
      const units = { read: 0, write: 0 };
      for (const table of newTables) operations.push({ type: 'put', key: tablePrefix + table.TableName, value: table });
      for (const change of changes) units.write += pushOperations(operations, change, itemWrites);
      write(operations);
      for (const table of newTables) tables.set(table.TableName, table);
      return units;
    },
  };
}

/** Key prefix of the table definitions. */
export const tablePrefix = 'table~';

function itemPrefix(tableName: string): string {
  return `item~${tableName}~`;
}

function indexPrefix(tableName: string, indexName: string): string {
  return `index~${tableName}~${indexName}~`;
}

/** 1 KB write units of an item of the given size. */
export function writeUnits(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / WRITE_UNIT_BYTES));
}

function pushOperations(operations: Operation[], change: Change, itemWrites: number): number {
  const { table, before, after, bytesBefore, bytesAfter } = change;
  const key = itemPrefix(table.TableName) + itemKey((after ?? before)!, table);
  operations.push(after ? { type: 'put', key, value: after } : { type: 'del', key });
  let units = itemWrites * writeUnits(Math.max(bytesBefore, bytesAfter));
  for (const index of table.GlobalSecondaryIndexes ?? []) {
    const entryBefore = indexEntry(before, table, index);
    const entryAfter = indexEntry(after, table, index);
    const keyBefore = entryBefore && indexKey(entryBefore, table, index);
    const keyAfter = entryAfter && indexKey(entryAfter, table, index);
    const prefix = indexPrefix(table.TableName, index.IndexName);
    if (entryBefore && keyBefore !== keyAfter) {
      operations.push({ type: 'del', key: prefix + keyBefore });
      units += writeUnits(itemSize(entryBefore));
    }
    if (entryAfter && !(keyBefore === keyAfter && sameEntry(entryBefore!, entryAfter))) {
      operations.push({ type: 'put', key: prefix + keyAfter, value: entryAfter });
      units += writeUnits(itemSize(entryAfter));
    }
  }
  return units;
}

function sameEntry(one: Item, other: Item): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function withoutLock(_key: string, run: (release: <C>(callback: C) => C) => void): void {
  run((callback) => callback);
}

function tableNotFound(name: string, tellName: boolean): ApiError {
  const error = db.validationError(`Requested resource not found${tellName ? `: Table: ${name} not found` : ''}`);
  error.body.__type = 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException';
  return error;
}
