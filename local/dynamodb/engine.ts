import createTable from 'dynalite/actions/createTable.js';
import describeTable from 'dynalite/actions/describeTable.js';
import type { Table } from 'dynalite/db/index.js';
import db from 'dynalite/db/index.js';
import { readBatch, writeBatch } from './batches.ts';
import { isConditionFailure, type Result, readItem, readPage, run, writeItem } from './items.ts';
import { apiError, checkRequest, errorAnswer } from './requests.ts';
import { useSeams } from './seams.ts';
import { type Database, openSession, tablePrefix, type WritableDatabase } from './session.ts';
import { CommittedTokens, readTransaction, writeTransaction } from './transactions.ts';
import type { Answer } from './wire.ts';
import { openWriter } from './writer.ts';

useSeams();

const NO_UNITS = { read: 0, write: 0 };
// LevelDB maps each of its 2 MB files that is open into memory, by default up to a thousand of them.
const MOST_OPEN_FILES = 64;

export interface Engine {
  /**
   * Executes one DynamoDB request given as its JSON form, e.g. `execute('GetItem', { TableName, Key })`. Never rejects:
   * refusals answer 400, unexpected errors 500. The input is used up (unknown members are removed from it).
   */
  execute(action: string, input: object): Promise<Answer>;
  /** Waits for the running requests and closes the files. */
  close(): Promise<void>;
}

/**
 * Opens the local DynamoDB: dynalite's rules over LevelDB, with transactions.
 * A write that was answered survives the kill of the process, and is there with all its index entries or not at all.
 * Items do not expire by their time to live, as a reader must check expiry itself on AWS too.
 *
 * @param options.path folder of the database; absent = in memory
 * @param options.now clock in epoch milliseconds, for the ten minutes a client request token is remembered
 */
export async function openEngine(options: { path?: string; now?: () => number } = {}): Promise<Engine> {
  const { path, now = Date.now } = options;
  const database = await openDatabase(path);
  const write = openWriter(database);
  const tokens = new CommittedTokens();
  const operations: Record<string, (input: object) => Promise<Result>> = {
    BatchGetItem: (input) => readBatch(database, input),
    BatchWriteItem: (input) => write((group) => writeBatch(group, input)),
    CreateTable: (input) => write((group) => addTable(group, input)),
    DeleteItem: (input) => write((group) => writeItem(group, 'DeleteItem', input)),
    DescribeTable: (input) => tellTable(database, input),
    GetItem: (input) => readItem(database, input),
    PutItem: (input) => write((group) => writeItem(group, 'PutItem', input)),
    Query: (input) => readPage(database, 'Query', input),
    Scan: (input) => readPage(database, 'Scan', input),
    TransactGetItems: (input) => write((group) => readTransaction(group, input)),
    TransactWriteItems: (input) => write((group) => writeTransaction(group, tokens, now(), input)),
    UpdateItem: (input) => write((group) => writeItem(group, 'UpdateItem', input)),
  };
  const running = new Set<Promise<Answer>>();

  async function answer(action: string, input: object): Promise<Answer> {
    try {
      const operation = operations[action];
      if (!operation) throw apiError('UnknownOperationException', `The local database does not support ${action}`);
      if (typeof input !== 'object' || input === null) throw apiError('SerializationException', 'Expected an object');
      const { body, units } = await operation(input);
      return { status: 200, body, units };
    } catch (error) {
      return errorAnswer(error, isConditionFailure(error) ? { read: 0, write: 1 } : NO_UNITS);
    }
  }

  return {
    execute(action, input) {
      const request = answer(action, input).finally(() => running.delete(request));
      running.add(request);
      return request;
    },
    async close() {
      await Promise.all(running);
      await database.level.close();
    },
  };
}

async function openDatabase(path: string | undefined): Promise<Database> {
  const { db: level } = db.create(path === undefined ? {} : { path });
  await level.open({ maxOpenFiles: MOST_OPEN_FILES });
  const tables = new Map<string, Table>();
  for await (const [, value] of level.iterator({ gte: tablePrefix, lt: `${tablePrefix}~` })) {
    const table = value as Table;
    tables.set(table.TableName, table);
  }
  return { level, tables, read: (key) => level.getSync(key) };
}

/** CreateTable; the table is active at once. */
async function addTable(database: WritableDatabase, input: object): Promise<Result> {
  const session = openSession(database);
  const request = checkRequest<Table & { LocalSecondaryIndexes?: object[] }>('CreateTable', input, session.store);
  if (request.LocalSecondaryIndexes) {
    throw db.validationError('The local database has no local secondary indexes: use a global one');
  }
  const body = (await run(createTable, session.store, request)) as { TableDescription: Table };
  body.TableDescription.TableStatus = 'ACTIVE';
  for (const index of body.TableDescription.GlobalSecondaryIndexes ?? []) index.IndexStatus = 'ACTIVE';
  session.commit(database);
  return { body, units: NO_UNITS };
}

async function tellTable(database: Database, input: object): Promise<Result> {
  const { store } = openSession(database);
  return { body: await run(describeTable, store, checkRequest('DescribeTable', input, store)), units: NO_UNITS };
}
