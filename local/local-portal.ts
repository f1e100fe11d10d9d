import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { toMime } from '../lambdas/documents/mail/mime.ts';
import { task as usageFiles } from '../lambdas/jobs/usage-files.ts';
import { tablePorts } from '../lambdas/runtime/all-ports.ts';
import { messageIdOf } from '../lambdas/stores/ses-mailer.ts';
import { openTable } from '../lambdas/stores/table.ts';
import { openWebhookSender } from '../lambdas/stores/webhook-sender.ts';
import type { EventBus, Mailer } from '../lambdas/use-cases/ports/messages.ts';
import type { Portal } from '../lambdas/use-cases/ports/portal.ts';
import { openCloseMachine } from './close-machine.ts';
import { openDocumentThread } from './document-thread.ts';
import { openLocalClient } from './dynamodb/client.ts';
import type { RequestHandler } from './dynamodb/request-handler.ts';
import type { LocalDynamoDb } from './dynamodb/server.ts';
import { tableInput } from './dynamodb/table-input.ts';
import { openDatabase } from './folder-database.ts';
import { openFolderObjects } from './folder-objects.ts';
import { openLocalExecutions } from './local-executions.ts';
import { LOCAL_PORT } from './local-port.ts';
import { openLocalSecrets } from './local-secrets.ts';
import { openLocalSigner } from './local-signer.ts';
import { LOCAL_SETTINGS } from './settings.ts';
import { openSignedLinks, type SignedLinks } from './signed-links.ts';
import { createExecutions, type Executions } from './state-machine/executions.ts';
import { systemClock } from './state-machine/system-clock.ts';
import type { ExecutionEvent } from './state-machine/types.ts';
import { type LocalUploads, openLocalUploads } from './upload-links.ts';

export type LocalPortal = {
  portal: Portal;
  executions: Executions;
  links: SignedLinks;
  uploads: LocalUploads;
  folders: { documents: string; mail: string };
  close(): Promise<void>;
};

/**
 * Opens the portal of a data folder: everything a stage on AWS has, on this machine.
 *
 * @param options.clock what time the portal believes it is
 * @param options.around is put around the database's request handler, to count requests
 * @param options.onEvent is told what happens in the executions of the close
 */
export async function openLocalPortal(options: {
  folder: string;
  baseUrl?: string;
  clock?: () => Date;
  around?: (handler: RequestHandler) => RequestHandler;
  onEvent?: (name: string, event: ExecutionEvent) => void;
}): Promise<LocalPortal> {
  const { folder, clock = () => new Date(), baseUrl = `http://127.0.0.1:${LOCAL_PORT}` } = options;
  await mkdir(folder, { recursive: true });
  const folders = { documents: join(folder, 'documents'), mail: join(folder, 'mail') };
  const database = await openDatabase(folder);
  await createTable(database);
  const requestHandler = options.around?.(database.requestHandler) ?? database.requestHandler;
  const table = openTable(openLocalClient(requestHandler), TABLE_NAME);
  const documents = openDocumentThread(folders.documents);
  const links = await openSignedLinks(folder, baseUrl);
  const uploads = await openLocalUploads({
    dataFolder: folder,
    workFolder: join(folder, 'work'),
    baseUrl,
    onCreated: async (key) => void (await usageFiles(portal, { detail: { object: { key } } })),
  });
  const later: { executions?: Executions } = {};
  const portal: Portal = {
    settings: { ...LOCAL_SETTINGS, portalUrl: baseUrl },
    clock,
    newId: randomUUID,
    ...tablePorts(table),
    documents: {
      ...openFolderObjects(folders.documents),
      link: async (key, fileName, now) => links.make(key, fileName, now),
    },
    documentWriter: documents.writer,
    workFiles: openFolderObjects(join(folder, 'work')),
    uploads,
    executions: openLocalExecutions(() => later.executions as Executions),
    eventBus: eventFile(join(folder, 'events.jsonl')),
    webhookSender: openWebhookSender({ toThisMachine: true }),
    mailer: mailFolder(folders.mail, clock),
    signer: await openLocalSigner(folder, baseUrl),
    secrets: await openLocalSecrets(folder),
    // Nobody else vouches for people on this machine: codes are mailed to them.
    identities: { addressOf: async () => undefined },
  };
  const runner = openCloseMachine(portal, { clock: systemClock, random: Math.random });
  later.executions = createExecutions({
    folder: join(folder, 'executions'),
    runner,
    clock: systemClock,
    ...(options.onEvent && { onEvent: options.onEvent }),
  });
  const close = async () => {
    await uploads.settled();
    // Who has the database has the folder: it is let go of when nothing more is written there.
    await documents.close();
    await database.close();
  };
  return { portal, executions: later.executions, links, uploads, folders, close };
}

const TABLE_NAME = 'commerce-portal';

async function createTable(database: LocalDynamoDb): Promise<void> {
  const { status } = await database.execute('DescribeTable', { TableName: TABLE_NAME });
  if (status !== 200) await database.execute('CreateTable', tableInput(TABLE_NAME));
}

/** The event bus as a file: one event a line. */
function eventFile(path: string): EventBus {
  return {
    publish: async (events) => {
      await appendFile(path, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
      return [];
    },
  };
}

/** Mail as files in a folder, each message a file that mail programs open; written at once, as documents are. */
function mailFolder(folder: string, clock: () => Date): Mailer {
  return {
    send: async (message, reference) => {
      mkdirSync(folder, { recursive: true });
      const date = clock();
      const mime = await toMime(message, { date, messageId: messageIdOf(reference, message.from.address) });
      const name = `${date.toISOString().replace(/[:.]/g, '-')}-${reference.replace(/[^\w-]/g, '_')}-${randomUUID().slice(0, 8)}`;
      writeFileSync(join(folder, `${name}.eml`), mime, { flag: 'wx' });
    },
  };
}
