import deleteItem from 'dynalite/actions/deleteItem.js';
import getItem from 'dynalite/actions/getItem.js';
import putItem from 'dynalite/actions/putItem.js';
import query from 'dynalite/actions/query.js';
import scan from 'dynalite/actions/scan.js';
import updateItem from 'dynalite/actions/updateItem.js';
import type { ApiError, Store } from 'dynalite/db/index.js';
import { itemSize } from './item-size.ts';
import { READ_BYTES } from './pages.ts';
import { checkRequest, isApiError } from './requests.ts';
import { type Database, openSession, type Session, type WritableDatabase } from './session.ts';
import type { Item, RequestUnits } from './wire.ts';

const READ_UNIT_BYTES = 4096;

const writes = { PutItem: putItem, UpdateItem: updateItem, DeleteItem: deleteItem };
export type WriteAction = keyof typeof writes;

/** What an operation answers: the response body and what it cost. */
export interface Result {
  body: object;
  units: RequestUnits;
}

/**
 * Runs one checked PutItem, UpdateItem or DeleteItem within a session: condition, change and staging, nothing stored yet.
 * With `returnItem` a failed condition carries the item that failed it (ReturnValuesOnConditionCheckFailure).
 */
export async function stageWrite(action: WriteAction, request: object, session: Session, returnItem: boolean) {
  try {
    return await run(writes[action], session.store, request);
  } catch (error) {
    const item = session.lastRead();
    if (returnItem && item && isConditionFailure(error)) error.body.Item = item;
    throw error;
  }
}

export function isConditionFailure(error: unknown): error is ApiError {
  return isApiError(error) && error.body.__type.endsWith('#ConditionalCheckFailedException');
}

/** A single write: the item and all its index entries in one step. */
export async function writeItem(database: WritableDatabase, action: WriteAction, input: object): Promise<Result> {
  const session = openSession(database);
  const returnItem = returnsItemOnFailure(input);
  const body = await stageWrite(action, checkRequest(action, input, session.store), session, returnItem);
  return { body, units: session.commit(database) };
}

export function returnsItemOnFailure(input: object): boolean {
  return 'ReturnValuesOnConditionCheckFailure' in input && input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
}

export async function readItem(database: Database, input: object): Promise<Result> {
  const session = openSession(database);
  const request = checkRequest('GetItem', input, session.store);
  const body = await run(getItem, session.store, request);
  return { body, units: { read: readUnits(session.lastRead(), request.ConsistentRead), write: 0 } };
}

/** One page of a Query or Scan. */
export async function readPage(database: Database, action: 'Query' | 'Scan', input: object): Promise<Result> {
  const session = openSession(database);
  const request = checkRequest(action, input, session.store);
  const body = await run(action === 'Query' ? query : scan, session.store, request);
  const bytes = (body as { [READ_BYTES]?: number })[READ_BYTES] ?? 0;
  return { body, units: { read: pageUnits(bytes, request.ConsistentRead), write: 0 } };
}

/** Read units of one item: half of a unit for each 4 KB, a whole one when consistent, as if 1 byte when absent. */
export function readUnits(item: Item | undefined, consistent: boolean | undefined): number {
  return pageUnits(item ? itemSize(item) : 0, consistent);
}

function pageUnits(bytes: number, consistent: boolean | undefined): number {
  return Math.max(1, Math.ceil(bytes / READ_UNIT_BYTES)) * (consistent ? 1 : 0.5);
}

type Action = (
  store: Store,
  request: object,
  callback: (error: Error | null | undefined, body?: object) => void,
) => void;

/** Runs one of dynalite's actions. */
export function run(action: Action, store: Store, request: object): Promise<object> {
  return new Promise((resolve, reject) => {
    action(store, request, (error, body) => (error ? reject(error) : resolve(body ?? {})));
  });
}
