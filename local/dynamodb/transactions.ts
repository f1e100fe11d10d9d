import { hash } from 'node:crypto';
import getItem from 'dynalite/actions/getItem.js';
import type { CheckedRequest } from 'dynalite/db/index.js';
import db from 'dynalite/db/index.js';
import { itemSize } from './item-size.ts';
import {
  isConditionFailure,
  type Result,
  readUnits,
  returnsItemOnFailure,
  run,
  stageWrite,
  type WriteAction,
} from './items.ts';
import { apiError, checkRequest, isApiError } from './requests.ts';
import { type Database, openSession, type Session, type WritableDatabase, writeUnits } from './session.ts';
import type { Item } from './wire.ts';

const MAX_ACTIONS = 100;
const MAX_TRANSACTION_BYTES = 4 * 1024 * 1024;
const TOKEN_LIFE_MS = 10 * 60 * 1000;
/** Bounds memory: at 800 transactions a second this is the last minute, which is as long as clients retry. */
const MAX_TOKENS = 50_000;

const actions = { Put: 'PutItem', Update: 'UpdateItem', Delete: 'DeleteItem', ConditionCheck: 'DeleteItem' } as const;
type ActionName = keyof typeof actions;

interface Step {
  name: ActionName;
  action: WriteAction;
  request: CheckedRequest & { Item?: Item; Key?: Item };
  returnItem: boolean;
}

type Reason = { Code: string; Message?: string; Item?: Item };

/** The transactions that were committed in the last ten minutes, by client request token. */
export class CommittedTokens {
  readonly #tokens = new Map<string, { fingerprint: string; expires: number }>();

  /**
   * Whether this very transaction was committed already.
   * @throws IdempotentParameterMismatchException when the token stands for another transaction
   */
  has(token: string, fingerprint: string, now: number): boolean {
    const known = this.#tokens.get(token);
    if (!known || known.expires <= now) return false;
    if (known.fingerprint === fingerprint) return true;
    throw apiError(
      'IdempotentParameterMismatchException',
      'The request uses the same client token as a previous, but non-identical request. Do not reuse a client token ' +
        'with different requests, unless the requests are identical',
    );
  }

  add(token: string, fingerprint: string, now: number): void {
    this.#tokens.delete(token);
    this.#tokens.set(token, { fingerprint, expires: now + TOKEN_LIFE_MS });
    for (const [old, { expires }] of this.#tokens) {
      if (expires > now && this.#tokens.size <= MAX_TOKENS) break;
      this.#tokens.delete(old);
    }
  }
}

// Every item of a transaction is written twice, once to prepare and once to commit; index entries follow the commit.
const WRITES_PER_ITEM = 2;

/**
 * TransactWriteItems: all of it in one LevelDB batch, or a TransactionCanceledException with a reason for each action.
 * The caller sees to it that no other write runs meanwhile.
 */
export async function writeTransaction(
  database: WritableDatabase,
  tokens: CommittedTokens,
  now: number,
  input: { TransactItems?: object[]; ClientRequestToken?: string },
): Promise<Result> {
  const { TransactItems: items, ClientRequestToken: token } = input;
  const fingerprint = token ? hash('sha1', JSON.stringify(items)) : '';
  if (token && tokens.has(token, fingerprint, now)) return { body: {}, units: { read: 0, write: 0 } };
  const session = openSession(database);
  const steps = checkCount(items).map((item, index) => toStep(item, index, session));
  refuseRepeatedItems(steps, database);

  const { reasons, checkedUnits, checkedBytes } = await runSteps(steps, session);
  if (reasons.some((reason) => reason.Code !== 'None')) throw cancelled(reasons);
  if (session.stagedBytes() + checkedBytes > MAX_TRANSACTION_BYTES) {
    throw db.validationError('The aggregate size of the items in the transaction exceeds 4 MB');
  }
  const { write } = session.commit(database, WRITES_PER_ITEM);
  if (token) tokens.add(token, fingerprint, now);
  return { body: {}, units: { read: 0, write: write + WRITES_PER_ITEM * checkedUnits } };
}

async function runSteps(steps: Step[], session: Session) {
  const reasons: Reason[] = [];
  let checkedUnits = 0;
  let checkedBytes = 0;
  for (const step of steps) {
    try {
      if (step.name === 'ConditionCheck') {
        const bytes = await checkCondition(step, session);
        checkedBytes += bytes;
        checkedUnits += writeUnits(bytes);
      } else {
        await stageWrite(step.action, step.request, session, step.returnItem);
      }
      reasons.push({ Code: 'None' });
    } catch (error) {
      reasons.push(toReason(error));
    }
  }
  return { reasons, checkedUnits, checkedBytes };
}

/** TransactGetItems: all items as of one moment. The caller sees to it that no write runs meanwhile. */
export async function readTransaction(database: Database, input: { TransactItems?: object[] }): Promise<Result> {
  const session = openSession(database);
  const requests = checkCount(input.TransactItems).map((item, index) => {
    if (!('Get' in item && isObject(item.Get))) throw missingMember(index, 'get');
    return checkRequest<CheckedRequest>('GetItem', item.Get, session.store);
  });
  const responses: object[] = [];
  let units = 0;
  for (const request of requests) {
    responses.push(await run(getItem, session.store, request));
    units += 2 * readUnits(session.lastRead(), true);
  }
  return { body: { Responses: responses }, units: { read: units, write: 0 } };
}

function checkCount(items: object[] | undefined): object[] {
  if (items && !(Array.isArray(items) && items.every(isObject))) throw notAnObject();
  if (items && items.length > 0 && items.length <= MAX_ACTIONS) return items;
  const constraint =
    items && items.length > 0
      ? `Member must have length less than or equal to ${MAX_ACTIONS}`
      : 'Member must have length greater than or equal to 1';
  throw db.validationError(
    `1 validation error detected: Value at 'transactItems' failed to satisfy constraint: ${constraint}`,
  );
}

function toStep(item: object, index: number, session: Session): Step {
  const names = Object.keys(item).filter((name): name is ActionName => name in actions);
  const name = names[0];
  if (!name) throw missingMember(index, 'put, update, delete or conditionCheck');
  if (names.length > 1) {
    throw db.validationError(
      'TransactItems can only contain one of Check, Put, Update or Delete in each of its members',
    );
  }
  const input = (item as Record<ActionName, object>)[name];
  if (!isObject(input)) throw notAnObject();
  const action = actions[name];
  const returnItem = returnsItemOnFailure(input);
  const request = checkRequest<Step['request']>(action, input, session.store);
  if (name === 'ConditionCheck' && !('_condition' in request)) throw missingMember(index, 'conditionExpression');
  if (name === 'Update' && !('_updates' in request)) throw missingMember(index, 'updateExpression');
  return { name, action, request, returnItem };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function notAnObject() {
  return apiError('SerializationException', 'Start of structure or map expected where something else was found');
}

function missingMember(index: number, member: string) {
  return db.validationError(
    `1 validation error detected: Value null at 'transactItems.${index + 1}.member.${member}' failed to satisfy ` +
      'constraint: Member must not be null',
  );
}

function refuseRepeatedItems(steps: Step[], { tables }: Database): void {
  const seen = new Set<string>();
  for (const { request } of steps) {
    const table = tables.get(request.TableName);
    if (!table) throw apiError('ResourceNotFoundException', 'Requested resource not found');
    const source = request.Key ?? request.Item!;
    // A key of the wrong shape is that action's own validation error.
    const key = table.KeySchema.map(({ AttributeName }) => JSON.stringify(source[AttributeName])).join();
    const place = `${request.TableName} ${key}`;
    if (seen.has(place)) {
      throw db.validationError('Transaction request cannot include multiple operations on one item');
    }
    seen.add(place);
  }
}

/** Tests a ConditionCheck's condition and answers the size in bytes of the item it looked at. */
async function checkCondition({ request, returnItem }: Step, session: Session): Promise<number> {
  const { TableName, Key } = request;
  await run(getItem, session.store, { TableName, Key });
  const item = session.lastRead();
  const failure = db.checkConditional(request, item);
  if (failure) {
    if (returnItem && item) failure.body.Item = item;
    throw failure;
  }
  return item ? itemSize(item) : 0;
}

function toReason(error: unknown): Reason {
  if (!isApiError(error)) throw error;
  const { message, Item: item } = error.body;
  const reason: Reason = { Code: isConditionFailure(error) ? 'ConditionalCheckFailed' : 'ValidationError' };
  if (message !== undefined) reason.Message = message;
  if (item) reason.Item = item;
  return reason;
}

/** A TransactionCanceledException with the given reasons, in the order of the transaction's actions. */
function cancelled(reasons: Reason[]) {
  const codes = reasons.map((reason) => reason.Code).join(', ');
  const text = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
  const error = apiError('TransactionCanceledException', text);
  error.body = { __type: error.body.__type, Message: text, CancellationReasons: reasons };
  return error;
}
