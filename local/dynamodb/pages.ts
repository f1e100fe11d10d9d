import type { CheckedRequest, QueryTable, Range, Table } from 'dynalite/db/index.js';
import db from 'dynalite/db/index.js';
import { projectedAttributes } from './indexes.ts';
import { itemSize } from './item-size.ts';
import type { SessionStore } from './session.ts';
import type { Item } from './wire.ts';

const MAX_PAGE_BYTES = 1024 * 1024;
/** Items fetched from LevelDB at a time; most pages need one fetch. */
const FETCH_ITEMS = 100;

/** Bytes a page was made from, before filter and projection: what its read units are counted by. */
export const READ_BYTES = Symbol('bytes read');

interface Page {
  Count: number;
  ScannedCount: number;
  Items?: Item[];
  LastEvaluatedKey?: Item;
  [READ_BYTES]: number;
}

/**
 * Reads one page of a Query or Scan: up to Limit items or 1 MB, then the filter, then the projection, as DynamoDB does.
 * Stands in for dynalite's own function of this name and shape, which streams each item through several timers.
 */
export const queryTable: QueryTable = (store, table, request, range, isLocal, _fetch, startKeyNames, callback) => {
  if (isLocal) {
    callback(db.validationError('The local database has no local secondary indexes'));
    return;
  }
  const refusal = refuseProjection(table, request);
  if (refusal) {
    callback(refusal);
    return;
  }
  readPage(store as SessionStore, request, range, startKeyNames).then(
    (page) => callback(null, page),
    (error: Error) => callback(error),
  );
};

async function readPage(store: SessionStore, request: CheckedRequest, range: Range, startKeyNames: string[]) {
  const limit = request.Limit ?? Number.POSITIVE_INFINITY;
  const { items: read, bytes } = await readItems(store, request, range, limit);
  const page: Page = { Count: 0, ScannedCount: read.length, [READ_BYTES]: bytes };
  const last = read.at(-1);
  if (last && (read.length >= limit || bytes >= MAX_PAGE_BYTES)) {
    page.LastEvaluatedKey = Object.fromEntries(startKeyNames.map((name) => [name, last[name]!]));
  }
  const { _filter: filter, _projection: projection } = request;
  let items = filter ? read.filter((item) => db.matchesExprFilter(item, filter.expression)) : read;
  page.Count = items.length;
  const paths = projection?.paths ?? request.AttributesToGet;
  if (paths) items = items.map((item) => db.mapPaths(paths, item));
  if (request.Select !== 'COUNT') page.Items = items;
  return page;
}

async function readItems(store: SessionStore, request: CheckedRequest, range: Range, limit: number) {
  const iterator = store.readRange(request.TableName, request.IndexName, range);
  const items: Item[] = [];
  let bytes = 0;
  try {
    while (items.length < limit && bytes < MAX_PAGE_BYTES) {
      const fetched = (await iterator.nextv(Math.min(limit - items.length, FETCH_ITEMS))) as Item[];
      if (fetched.length === 0) break;
      for (const item of fetched) {
        items.push(item);
        bytes += itemSize(item);
        if (bytes >= MAX_PAGE_BYTES) break;
      }
    }
  } finally {
    await iterator.close();
  }
  return { items, bytes };
}

function refuseProjection(table: Table, request: CheckedRequest) {
  const index = table.GlobalSecondaryIndexes?.find((one) => one.IndexName === request.IndexName);
  const projected = index && projectedAttributes(table, index);
  const paths = request._projection?.paths ?? request.AttributesToGet ?? [];
  const missing = projected
    ? paths.map((path) => String(Array.isArray(path) ? path[0] : path)).filter((name) => !projected.includes(name))
    : [];
  return missing.length === 0
    ? undefined
    : db.validationError(
        'One or more parameter values were invalid: ' +
          `Global secondary index ${request.IndexName} does not project [${missing.join(', ')}]`,
      );
}
