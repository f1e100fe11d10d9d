import {
  type AttributeValue,
  BatchGetItemCommand,
  type BatchGetItemCommandOutput,
  BatchWriteItemCommand,
  type BatchWriteItemCommandOutput,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  type QueryCommandOutput,
  TransactionCanceledException,
  TransactionConflictException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { RetryableError } from '../use-cases/errors.ts';
import { inParallel } from '../use-cases/in-parallel.ts';
import type { Change, CommitResult } from '../use-cases/ports/changes.ts';

export type Item = Record<string, unknown>;
export type Key = { pk: string; sk: string };

/** A prepared write: an action of a transaction. Only stores make and read these. */
export type TableChange = Change & { readonly action: TransactWriteItem };

export type IndexName = 'gsi1' | 'gsi2' | 'gsi3' | 'gsi4';

export type QueryOptions = {
  /** Only sort keys that begin with this. */
  prefix?: string;
  /** Only sort keys greater than this; not together with a prefix. */
  after?: string;
  /** Only sort keys up to this, itself included; not together with the others. */
  upTo?: string;
  index?: IndexName;
  newestFirst?: boolean;
  limit?: number;
};

export type UpdateOptions = {
  expression: string;
  condition?: string;
  names?: Record<string, string>;
  values?: Record<string, unknown>;
};

const BATCH_GET = 100;
// Most of the time a page is waited for: its items are read while the next ones come.
const GETS_AT_ONCE = 4;
const BATCH_WRITE = 25;
// Thousands of lines are written as sets of their own: one batch after the other would be waiting for the most part.
const WRITES_AT_ONCE = 4;
const ATTEMPTS = 8;

/** The main table, as the stores use it: items in plain values, conditions in DynamoDB's own expressions. */
export type Table = ReturnType<typeof openTable>;

export function openTable(
  client: DynamoDBClient,
  tableName: string,
  pause: (attempt: number) => Promise<void> = jitteredPause,
) {
  const keyOf = (key: Key) => marshall(key);

  async function get(key: Key): Promise<Item | undefined> {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: tableName, Key: keyOf(key), ConsistentRead: true }),
    );
    return Item && unmarshall(Item);
  }

  /** Items of the keys that exist, in no particular order; strongly consistent. */
  async function batchGet(keys: readonly Key[]): Promise<Item[]> {
    const starts = Array.from({ length: Math.ceil(keys.length / BATCH_GET) }, (_, index) => index * BATCH_GET);
    const pages = await inParallel(starts, GETS_AT_ONCE, (start) => getPage(keys.slice(start, start + BATCH_GET)));
    return pages.flat();
  }

  async function getPage(keys: readonly Key[]): Promise<Item[]> {
    const items: Item[] = [];
    let left: Record<string, AttributeValue>[] | undefined = keys.map(keyOf);
    for (let attempt = 0; left?.length; attempt++) {
      if (attempt === ATTEMPTS) throw new RetryableError('the database did not answer for all keys asked for');
      if (attempt > 0) await pause(attempt);
      const answer: BatchGetItemCommandOutput = await client.send(
        new BatchGetItemCommand({ RequestItems: { [tableName]: { Keys: left, ConsistentRead: true } } }),
      );
      for (const item of answer.Responses?.[tableName] ?? []) items.push(unmarshall(item));
      left = answer.UnprocessedKeys?.[tableName]?.Keys;
    }
    return items;
  }

  /** Items of a partition in sort-key order, page by page; strongly consistent but on an index. */
  async function* query(pk: string, options: QueryOptions = {}): AsyncGenerator<Item> {
    const { index, limit } = options;
    const [pkName, skName] = index ? [`${index}pk`, `${index}sk`] : ['pk', 'sk'];
    const range = rangeOf(options);
    let start: Record<string, AttributeValue> | undefined;
    let given = 0;
    do {
      const page: QueryCommandOutput = await client.send(
        new QueryCommand({
          TableName: tableName,
          IndexName: index,
          ConsistentRead: !index,
          KeyConditionExpression: range ? `#pk = :pk AND ${range.condition}` : '#pk = :pk',
          ExpressionAttributeNames: range ? { '#pk': pkName, '#sk': skName } : { '#pk': pkName },
          ExpressionAttributeValues: range ? { ':pk': { S: pk }, ':sk': { S: range.bound } } : { ':pk': { S: pk } },
          ScanIndexForward: !options.newestFirst,
          Limit: limit === undefined ? undefined : limit - given,
          ExclusiveStartKey: start,
        }),
      );
      for (const item of page.Items ?? []) {
        yield unmarshall(item);
        given++;
        if (given === limit) return;
      }
      start = page.LastEvaluatedKey;
    } while (start);
  }

  /** Updates one item; answers it as it is after, or (refused) as it was, undefined when there was none. */
  async function update(
    key: Key,
    options: UpdateOptions,
  ): Promise<{ ok: true; item: Item } | { ok: false; item: Item | undefined }> {
    const command = new UpdateItemCommand({
      ...updateInput(key, options),
      ReturnValues: 'ALL_NEW',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    for (let attempt = 1; ; attempt++) {
      try {
        const { Attributes } = await client.send(command);
        return { ok: true, item: unmarshall(Attributes ?? {}) };
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException)
          return { ok: false, item: error.Item && unmarshall(error.Item) };
        if (!(error instanceof TransactionConflictException) || attempt === ATTEMPTS) throw error;
        await pause(attempt);
      }
    }
  }

  function updateInput(key: Key, options: UpdateOptions) {
    return {
      TableName: tableName,
      Key: keyOf(key),
      UpdateExpression: options.expression,
      ConditionExpression: options.condition,
      ExpressionAttributeNames: options.names,
      ExpressionAttributeValues: options.values && marshall(options.values, { removeUndefinedValues: true }),
    } satisfies UpdateItemCommandInput;
  }

  /** Writes items that nobody else writes, without conditions; order doesn't matter. */
  async function putAll(items: readonly (Item & Key)[]): Promise<void> {
    await batchWrite(items, (item) => ({ PutRequest: { Item: marshall(item, { removeUndefinedValues: true }) } }));
  }

  async function deleteAll(keys: readonly Key[]): Promise<void> {
    await batchWrite(keys, (key) => ({ DeleteRequest: { Key: keyOf(key) } }));
  }

  async function batchWrite<Of>(all: readonly Of[], requestOf: (of: Of) => WriteRequest): Promise<void> {
    const starts = Array.from({ length: Math.ceil(all.length / BATCH_WRITE) }, (_, batch) => batch * BATCH_WRITE);
    await inParallel(starts, WRITES_AT_ONCE, async (start) => {
      let left: WriteRequest[] | undefined = all.slice(start, start + BATCH_WRITE).map(requestOf);
      for (let attempt = 0; left?.length; attempt++) {
        if (attempt === ATTEMPTS) throw new RetryableError('the database did not take all items');
        if (attempt > 0) await pause(attempt);
        const answer: BatchWriteItemCommandOutput = await client.send(
          new BatchWriteItemCommand({ RequestItems: { [tableName]: left } }),
        );
        left = answer.UnprocessedItems?.[tableName];
      }
    });
  }

  const put = (describes: string, item: Item & Key, condition?: Omit<UpdateOptions, 'expression'>): TableChange => ({
    describes,
    action: {
      Put: {
        TableName: tableName,
        Item: marshall(item, { removeUndefinedValues: true }),
        ConditionExpression: condition?.condition,
        ExpressionAttributeNames: condition?.names,
        ExpressionAttributeValues: condition?.values && marshall(condition.values),
      },
    },
  });

  const putNew = (describes: string, item: Item & Key): TableChange =>
    put(describes, item, { condition: 'attribute_not_exists(pk)' });

  /** Puts an item in place of the one of that version; refused when another change came first. */
  const putOver = (describes: string, item: Item & Key, version: number): TableChange =>
    put(describes, item, {
      condition: '#version = :before',
      names: { '#version': 'version' },
      values: { ':before': version },
    });

  const updated = (describes: string, key: Key, options: UpdateOptions): TableChange => ({
    describes,
    action: { Update: updateInput(key, options) },
  });

  const deleted = (describes: string, key: Key, condition?: Omit<UpdateOptions, 'expression'>): TableChange => ({
    describes,
    action: {
      Delete: {
        TableName: tableName,
        Key: keyOf(key),
        ConditionExpression: condition?.condition,
        ExpressionAttributeNames: condition?.names,
        ExpressionAttributeValues: condition?.values && marshall(condition.values),
      },
    },
  });

  const checked = (describes: string, key: Key, condition: Omit<UpdateOptions, 'expression'>): TableChange => ({
    describes,
    action: {
      ConditionCheck: {
        TableName: tableName,
        Key: keyOf(key),
        ConditionExpression: condition.condition,
        ExpressionAttributeNames: condition.names,
        ExpressionAttributeValues: condition.values && marshall(condition.values),
      },
    },
  });

  /** One transaction; see UnitOfWork. */
  async function commit(changes: readonly Change[]): Promise<CommitResult> {
    const actions = (changes as readonly TableChange[]).map((change) => change.action);
    for (let attempt = 1; ; attempt++) {
      try {
        await client.send(new TransactWriteItemsCommand({ TransactItems: actions }));
        return { ok: true };
      } catch (error) {
        if (!(error instanceof TransactionCanceledException)) throw error;
        const reasons = error.CancellationReasons ?? [];
        const refused = changes.filter((_, index) => reasons[index]?.Code === 'ConditionalCheckFailed');
        if (refused.length > 0) return { ok: false, refused };
        if (attempt === ATTEMPTS || !reasons.some((reason) => PASSING.has(reason.Code ?? ''))) {
          throw new RetryableError(
            `the database cancelled the transaction: ${reasons.map((reason) => reason.Code).join(', ')}`,
          );
        }
        await pause(attempt);
      }
    }
  }

  return {
    get,
    batchGet,
    query,
    update,
    putAll,
    deleteAll,
    put,
    putNew,
    putOver,
    updated,
    deleted,
    checked,
    commit,
    /** Waits before another attempt, longer after each. */
    pause,
  };
}

/** The condition on sort keys that a query's options ask for. */
function rangeOf({ prefix, after, upTo }: QueryOptions): { condition: string; bound: string } | undefined {
  if (prefix) return { condition: 'begins_with(#sk, :sk)', bound: prefix };
  if (after) return { condition: '#sk > :sk', bound: after };
  if (upTo) return { condition: '#sk <= :sk', bound: upTo };
  return undefined;
}

const PASSING = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

/** Full jitter: up to 25, 50, 100 … 1,600 ms. */
function jitteredPause(attempt: number): Promise<void> {
  const most = 25 * 2 ** Math.min(attempt - 1, 6);
  return new Promise((resolve) => setTimeout(resolve, Math.random() * most));
}
