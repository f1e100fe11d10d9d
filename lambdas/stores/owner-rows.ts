import type * as z from 'zod';
import { OWNER_SHARDS } from './keys.ts';
import { read } from './stored.ts';
import type { IndexName, Item, Table } from './table.ts';

/**
 * All entries of an owner in an index: its partitions `<prefix>#<shard>`, read at once, in no particular order.
 * @param after only sort keys greater than this
 */
export async function ownerEntries(
  table: Table,
  index: IndexName,
  partitionPrefix: string,
  after?: string,
): Promise<Item[]> {
  const shards = Array.from({ length: OWNER_SHARDS }, (_, shard) =>
    Array.fromAsync(table.query(`${partitionPrefix}#${shard}`, { index, ...(after !== undefined && { after }) })),
  );
  return (await Promise.all(shards)).flat();
}

const caches = new WeakMap<Table, RowCache>();

/**
 * The rows of an owner in an index whose sort keys begin with the time of the last change: `<lastModifiedTime>#<id>`.
 * They are kept in memory, and only what has changed is read anew (docs/data-model.md "Lists"). They lag behind as
 * indexes do; a row that leaves the owner, by deletion or by moving to another, may be seen for five minutes more.
 *
 * @example
 * const rows = await ownerRows(table, 'gsi2', `AGGREGATOR#${id}#CONTRACTS`, ContractRow);
 */
export function ownerRows<Row>(
  table: Table,
  index: IndexName,
  partitionPrefix: string,
  rowSchema: z.ZodType<Row>,
): Promise<readonly Row[]> {
  let cache = caches.get(table);
  if (!cache) {
    cache = openRowCache(table);
    caches.set(table, cache);
  }
  return cache.rows(index, partitionPrefix, rowSchema);
}

/** Rows that a process keeps, of all owners together: about 150 MB, at 700 bytes for a row of 14 fields. */
const MOST_ROWS = 200_000;
/** How far an entry may come to be seen behind its time: lag of the index, clocks that differ, slow commits. */
const WINDOW_MS = 60_000;
const READ_ANEW_MS = 300_000;

type RowCache = {
  rows<Row>(index: IndexName, partitionPrefix: string, schema: z.ZodType<Row>): Promise<readonly Row[]>;
};

type Entry = { place: string; row: unknown };
/** What a process knows of one owner. */
type Owned = {
  /** By primary key. */
  entries: ReadonlyMap<string, Entry>;
  rows: readonly unknown[];
  /** Sort key of the entry changed last, and since when it has been so, in ms of the process. */
  newest: string;
  newestSince: number;
  /** When all entries were read, in ms of the process. */
  readAnew: number;
  /** After this sort key there may be what hasn't been seen yet; none: anywhere. */
  settled: string | undefined;
};

/**
 * The cache behind ownerRows. Each owner is a key of its own: its index and partitions. The owners not asked for longest
 * give way when there are too many rows.
 * @param elapsed milliseconds on a clock that only goes forward
 */
export function openRowCache(table: Table, mostRows = MOST_ROWS, elapsed = () => performance.now()): RowCache {
  const owners = new Map<string, Owned>();
  const underway = new Map<string, Promise<Owned>>();

  async function refreshed(index: IndexName, partitionPrefix: string, schema: z.ZodType, known: Owned | undefined) {
    const now = elapsed();
    const before = known && now - known.readAnew < READ_ANEW_MS ? known : undefined;
    const after = before?.settled;
    const items = await ownerEntries(table, index, partitionPrefix, after);
    const entries = mergedEntries(before, after, index, schema, items);
    const newest = entries.values().reduce((latest, { place }) => (latest < place ? place : latest), '');
    const newestSince = known?.newest === newest ? known.newestSince : now;
    return {
      entries,
      rows: Array.from(entries.values(), ({ row }) => row),
      newest,
      newestSince,
      readAnew: before?.readAnew ?? now,
      settled: settledPlace(newest, now - newestSince),
    };
  }

  function kept(key: string, owned: Owned): Owned {
    owners.delete(key);
    owners.set(key, owned);
    let rows = owners.values().reduce((sum, each) => sum + each.rows.length, 0);
    for (const [oldest, each] of owners) {
      if (rows <= mostRows) break;
      owners.delete(oldest);
      rows -= each.rows.length;
    }
    return owned;
  }

  return {
    rows: async <Row>(index: IndexName, partitionPrefix: string, schema: z.ZodType<Row>) => {
      const key = `${index} ${partitionPrefix}`;
      let reading = underway.get(key);
      if (!reading) {
        reading = refreshed(index, partitionPrefix, schema, owners.get(key))
          .then((owned) => kept(key, owned))
          .finally(() => underway.delete(key));
        underway.set(key, reading);
      }
      return (await reading).rows as readonly Row[];
    },
  };
}

/** What was known up to a place, and what was read after it: an entry that isn't there any more has moved. */
function mergedEntries(
  before: Owned | undefined,
  after: string | undefined,
  index: IndexName,
  schema: z.ZodType,
  items: readonly Item[],
): ReadonlyMap<string, Entry> {
  if (before && items.length === 0 && before.newest === after) return before.entries;
  const entries = new Map<string, Entry>();
  if (before && after !== undefined) {
    for (const [id, entry] of before.entries) if (entry.place <= after) entries.set(id, entry);
  }
  for (const item of items) {
    const id = `${item.pk}\n${item.sk}`;
    const place = String(item[`${index}sk`]);
    // An index may show an entry at its old and its new place for a moment.
    if (place <= (entries.get(id)?.place ?? '')) continue;
    entries.set(id, { place, row: read(schema, item.row as Item) });
  }
  return entries;
}

/**
 * The place up to which all is known after a reading: the newest one, when it had been seen for longer than anything
 * takes to be seen; else the beginning of the window before its time.
 */
function settledPlace(newest: string, seenForMs: number): string | undefined {
  if (newest === '') return undefined;
  if (seenForMs > WINDOW_MS) return newest;
  const time = Date.parse(newest.slice(0, newest.indexOf('#')));
  if (Number.isNaN(time)) throw new RangeError(`the sort key ${newest} doesn't begin with the time of the last change`);
  return new Date(time - WINDOW_MS).toISOString();
}
