// The parts of dynalite 4.0.0 that the local database is built on; the package ships no types.

declare module 'dynalite/db/index.js' {
  import type { AttributeValue, Item } from './wire.ts';

  export interface KeyElement {
    AttributeName: string;
    KeyType: 'HASH' | 'RANGE';
  }

  export interface Index {
    IndexName: string;
    KeySchema: KeyElement[];
    Projection: { ProjectionType: 'ALL' | 'INCLUDE' | 'KEYS_ONLY'; NonKeyAttributes?: string[] };
    IndexStatus?: string;
  }

  export interface Table {
    TableName: string;
    TableStatus: string;
    KeySchema: KeyElement[];
    AttributeDefinitions: Array<{ AttributeName: string; AttributeType: 'S' | 'N' | 'B' }>;
    GlobalSecondaryIndexes?: Index[];
  }

  export interface ApiError extends Error {
    statusCode: number;
    body: { __type: string; message?: string; Message?: string; Item?: Item; CancellationReasons?: object[] };
  }

  export type Callback<T> = (error: Error | null | undefined, result?: T) => void;

  /** Bounds are keys in dynalite's encoding; `limit` -1 is none. */
  export interface Range {
    gt?: string;
    gte?: string;
    lt?: string;
    lte?: string;
    limit?: number;
    reverse?: boolean;
  }

  export interface SubStore<T> {
    lock(key: string, run: (release: <C>(callback: C) => C) => void): void;
    get(key: string, callback: Callback<T>): void;
    put(key: string, value: T, callback: Callback<never>): void;
    del(key: string, callback: Callback<never>): void;
  }

  export interface Store {
    options: { maxItemSize: number; createTableMs: number };
    tableDb: SubStore<Table> & { awsAccountId: string; awsRegion: string };
    getItemDb(tableName: string): SubStore<Item>;
    getTable(name: string, checkStatus: boolean | Callback<Table>, callback?: Callback<Table>): void;
  }

  export type Operation = { type: 'put'; key: string; value: unknown } | { type: 'del'; key: string };

  export interface Level {
    open(options: { maxOpenFiles: number }): Promise<void>;
    close(): Promise<void>;
    getSync(key: string): unknown;
    batch(operations: Operation[]): Promise<void>;
    values(range: Range & { highWaterMarkBytes?: number }): {
      nextv(size: number): Promise<unknown[]>;
      close(): Promise<void>;
    };
    iterator(range: Range): AsyncIterable<[string, unknown]>;
  }

  /** A checked request: as sent, with the parsed expressions under names that start with `_`. */
  export interface CheckedRequest {
    TableName: string;
    IndexName?: string;
    Limit?: number;
    Select?: string;
    ConsistentRead?: boolean;
    AttributesToGet?: string[];
    ReturnConsumedCapacity?: string;
    _filter?: { expression: object };
    _projection?: { paths: unknown[] };
  }

  export type QueryTable = (
    store: Store,
    table: Table,
    request: CheckedRequest,
    range: Range,
    isLocal: boolean | undefined,
    fetchFromItemDb: boolean,
    startKeyNames: string[],
    callback: Callback<object>,
  ) => void;

  interface Db {
    create(options: { path?: string }): { db: Level };
    hashPrefix(value: string, type: string): string;
    toRangeStr(value: AttributeValue): string;
    createKey(item: Item, table: Table, keySchema?: KeyElement[]): string;
    createIndexKey(item: Item, table: Table, keySchema: KeyElement[]): string;
    validateKey(key: Item, table: Table): ApiError | null | undefined;
    checkConditional(request: object, item: Item | undefined): ApiError | null | undefined;
    validationError(message: string): ApiError;
    matchesExprFilter(item: Item, expression: object): boolean;
    mapPaths(paths: unknown[], item: Item): Item;
    queryTable: QueryTable;
    updateIndexes(
      store: Store,
      table: Table,
      before: Item | undefined,
      after: Item | null | undefined,
      callback: Callback<never>,
    ): void;
  }

  const db: Db;
  export default db;
}

declare module 'dynalite/validations/index.js' {
  import type { Store } from 'dynalite/db/index.js';

  const validations: {
    checkTypes(request: object, types: object): object;
    checkValidations(request: object, types: object, custom: unknown, store: Store): void;
  };
  export default validations;
}

declare module 'dynalite/db/*Parser.js' {
  interface Context {
    attrNames?: Record<string, string>;
    attrVals?: Record<string, object>;
    unusedAttrNames: Record<string, unknown>;
    unusedAttrVals: Record<string, unknown>;
  }

  const parser: {
    /** Answers what is wrong with the expression as a text; throws on errors of syntax. */
    parse(text: string, options: { context: Context }): object | string;
  };
  export default parser;
}

declare module 'dynalite/validations/*.js' {
  import type { Types } from './well-formed.ts';

  const validation: { types: Types; custom?: unknown };
  export default validation;
}

declare module 'dynalite/actions/*.js' {
  import type { Callback, Store } from 'dynalite/db/index.js';

  const action: (store: Store, request: object, callback: Callback<object>) => void;
  export default action;
}
