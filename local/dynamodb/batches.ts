import getItem from 'dynalite/actions/getItem.js';
import type { CheckedRequest } from 'dynalite/db/index.js';
import db from 'dynalite/db/index.js';
import { itemSize } from './item-size.ts';
import { type Result, readUnits, run, stageWrite } from './items.ts';
import { apiError, checkRequest } from './requests.ts';
import { type Database, openSession, type WritableDatabase } from './session.ts';
import type { Item } from './wire.ts';

const MAX_BATCH_BYTES = 16 * 1024 * 1024;

interface WriteRequests {
  RequestItems: Record<string, Array<{ PutRequest?: { Item: Item }; DeleteRequest?: { Key: Item } }>>;
}

interface KeyRequests {
  RequestItems: Record<
    string,
    Pick<CheckedRequest, 'ConsistentRead' | '_projection' | 'AttributesToGet'> & { Keys: Item[] }
  >;
}

/** BatchWriteItem: here all of it at once, though nobody may count on that (see weather.ts). */
export async function writeBatch(database: WritableDatabase, input: object): Promise<Result> {
  const session = openSession(database);
  const { RequestItems: requests } = checkRequest<WriteRequests>('BatchWriteItem', input, session.store);
  const all = Object.entries(requests).flatMap(([TableName, ones]) => ones.map((one) => ({ TableName, ...one })));
  const seen = new Set<string>();
  for (const { TableName, PutRequest: put, DeleteRequest: remove } of all) {
    const table = database.tables.get(TableName);
    if (!table) throw apiError('ResourceNotFoundException', 'Requested resource not found');
    const source = put?.Item ?? remove!.Key;
    const key = Object.fromEntries(
      table.KeySchema.map(({ AttributeName: name }) => [name, source[name]]).filter(([, value]) => value),
    ) as Item;
    const refusal = db.validateKey(remove ? source : key, table);
    if (refusal) throw refusal;
    const place = `${TableName} ${db.createKey(key, table)}`;
    if (seen.has(place)) throw db.validationError('Provided list of item keys contains duplicates');
    seen.add(place);
    if (put) await stageWrite('PutItem', { TableName, Item: put.Item }, session, false);
    else await stageWrite('DeleteItem', { TableName, Key: remove!.Key }, session, false);
  }
  if (session.stagedBytes() > MAX_BATCH_BYTES) throw db.validationError('Batch size exceeds the limit of 16 MB');
  return { body: { UnprocessedItems: {} }, units: session.commit(database) };
}

/** BatchGetItem. Items come in the reverse order of the keys, because DynamoDB promises none; beyond 16 MB unprocessed. */
export async function readBatch(database: Database, input: object): Promise<Result> {
  const session = openSession(database);
  const { RequestItems: requests } = checkRequest<KeyRequests>('BatchGetItem', input, session.store);
  const found: Record<string, Item[]> = {};
  const unprocessed: Record<string, object> = {};
  let bytes = 0;
  let units = 0;
  for (const [TableName, request] of Object.entries(requests)) {
    const items: Item[] = [];
    const left: Item[] = [];
    for (const Key of request.Keys) {
      if (bytes > MAX_BATCH_BYTES) {
        left.push(Key);
        continue;
      }
      const { Keys: _keys, ...options } = request;
      const { Item: item } = (await run(getItem, session.store, { TableName, Key, ...options })) as { Item?: Item };
      units += readUnits(session.lastRead(), request.ConsistentRead);
      if (!item) continue;
      bytes += itemSize(session.lastRead()!);
      items.push(item);
    }
    found[TableName] = items.reverse();
    if (left.length > 0) unprocessed[TableName] = { ...plain(request), Keys: left };
  }
  return { body: { Responses: found, UnprocessedKeys: unprocessed }, units: { read: units, write: 0 } };
}

/** The request as it was sent, without the parsed expressions. */
function plain(request: object): object {
  return Object.fromEntries(Object.entries(request).filter(([name]) => !name.startsWith('_')));
}
