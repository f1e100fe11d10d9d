import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { openEngine } from './engine.ts';
import { type AnswerMessage, CLOSE, inBulk, type RequestMessage } from './messages.ts';
import {
  actionOf,
  type RequestHandler,
  requestHandler,
  type TextAnswer,
  textOf,
  toHttpResponse,
} from './request-handler.ts';

export interface LocalDynamoDb {
  /** For `new DynamoDBClient(clientConfig)`: answers without a socket, and needs no signatures. */
  clientConfig: DynamoDBClientConfig;
  /** The part of `clientConfig` that answers; wrap it with weather.ts or meter.ts and put the result in its place. */
  requestHandler: RequestHandler;
  /** Executes one request in its JSON form, e.g. `execute('GetItem', { TableName, Key })`; see engine.ts. */
  execute(action: string, input: object): Promise<{ status: number; body: object }>;
  /** Finishes the running write and closes the files. Requests that come later are rejected. */
  close(): Promise<void>;
}

/** Without `info`: for that the SDK would take a filtered copy of every request and answer, a tenth of its time. */
const quietLogger = { debug() {}, warn: console.warn, error() {} } as unknown as Logger;

type Logger = NonNullable<DynamoDBClientConfig['logger']>;

type ExecuteText = (action: string, input: string) => Promise<TextAnswer>;

/**
 * Starts the local DynamoDB in a thread of its own, so that the database has a processor core to itself.
 *
 * @param options.path folder of the database; absent = in memory
 * @param options.inProcess runs it in this thread, for tests: opens in a millisecond instead of a hundred
 */
export async function startDynamoDb(options: { path?: string; inProcess?: boolean } = {}): Promise<LocalDynamoDb> {
  const { inProcess = false, ...engineOptions } = options;
  const { executeText, close } = inProcess ? await openHere(engineOptions) : await openWorker(engineOptions);
  const handler = requestHandler(async (request) =>
    toHttpResponse(await executeText(actionOf(request), textOf(request))),
  );
  return {
    requestHandler: handler,
    clientConfig: {
      requestHandler: handler,
      endpoint: 'http://127.0.0.1',
      region: 'local',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      signer: { sign: async (request) => request },
      logger: quietLogger,
    },
    async execute(action, input) {
      const { status, body } = await executeText(action, JSON.stringify(input));
      return { status, body: JSON.parse(body) as object };
    },
    close,
  };
}

async function openHere(options: { path?: string }): Promise<{ executeText: ExecuteText; close(): Promise<void> }> {
  const engine = await openEngine(options);
  return {
    async executeText(action, input) {
      const answer = await engine.execute(action, JSON.parse(input));
      return { ...answer, body: JSON.stringify(answer.body) };
    },
    close: () => engine.close(),
  };
}

async function openWorker(workerData: {
  path?: string;
}): Promise<{ executeText: ExecuteText; close(): Promise<void> }> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData,
    resourceLimits: { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 512 },
  });
  await once(worker, 'message');
  const pending = new Map<number, { resolve(answer: TextAnswer): void; reject(error: Error): void }>();
  const post = inBulk<RequestMessage>((requests) => worker.postMessage(requests));
  let lastId = 0;
  let stopped: Error | undefined;

  function stop(error: Error): void {
    stopped ??= error;
    for (const { reject } of pending.values()) reject(stopped);
    pending.clear();
  }
  worker.on('message', (answers: AnswerMessage[]) => {
    for (const [id, status, body, read, write] of answers) {
      pending.get(id)?.resolve({ status, body, units: { read, write } });
      pending.delete(id);
    }
  });
  worker.on('error', (error) => stop(new Error(`The local database stopped: ${String(error)}`)));
  worker.on('exit', () => stop(new Error('The local database is closed')));

  const executeText: ExecuteText = (action, input) =>
    new Promise((resolve, reject) => {
      if (stopped) {
        reject(stopped);
        return;
      }
      const id = ++lastId;
      pending.set(id, { resolve, reject });
      post([id, action, input]);
    });

  return {
    executeText,
    async close() {
      if (stopped) return;
      await executeText(CLOSE, '');
      await worker.terminate();
    },
  };
}
