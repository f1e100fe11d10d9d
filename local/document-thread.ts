import { Worker } from 'node:worker_threads';
import type { DocumentKind } from '../lambdas/documents/forms.ts';
import { documentWriter } from '../lambdas/stores/document-writer.ts';
import { TerminalError } from '../lambdas/use-cases/errors.ts';
import type { DocumentWriter, FormHashes } from '../lambdas/use-cases/ports/document-writer.ts';

/** A document goes over as its canonical JSON, of which its other forms are made: that is less work than to clone it. */
export type WriteRequest = { id: number; kind: DocumentKind; key: string; json: Uint8Array<ArrayBuffer> };
export type WriteAnswer = { id: number; hashes: FormHashes } | { id: number; error: string; isTerminal: boolean };

/**
 * Renders documents and writes them into a folder in a thread of its own, so that a close on this machine uses the cores it
 * has. Once it is closed nothing more is written: what is under way fails, and so does what is asked for later.
 */
export function openDocumentThread(folder: string): { writer: DocumentWriter; close(): Promise<void> } {
  let worker: Worker | undefined;
  let isClosed = false;
  let requests = 0;
  const waiting = new Map<number, { resolve(hashes: FormHashes): void; reject(error: Error): void }>();

  const failAll = (error: Error): void => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    worker = undefined;
  };

  /** The thread starts with the first document: a portal that only answers questions never loads the fonts. */
  function thread(): Worker {
    if (worker) return worker;
    worker = new Worker(new URL('./document-worker.ts', import.meta.url), {
      workerData: folder,
      resourceLimits: { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 512 },
    });
    worker.unref();
    worker.on('message', (answer: WriteAnswer) => {
      const request = waiting.get(answer.id);
      waiting.delete(answer.id);
      if ('hashes' in answer) request?.resolve(answer.hashes);
      else request?.reject(answer.isTerminal ? new TerminalError(answer.error) : new Error(answer.error));
      if (waiting.size === 0) worker?.unref();
    });
    worker.on('error', failAll);
    return worker;
  }

  const writer = documentWriter(
    ({ kind, key, json }) =>
      new Promise<FormHashes>((resolve, reject) => {
        if (isClosed) throw closed();
        const id = requests++;
        waiting.set(id, { resolve, reject });
        const to = thread();
        to.ref();
        const bytes = new Uint8Array(json);
        to.postMessage({ id, kind, key, json: bytes } satisfies WriteRequest, [bytes.buffer]);
      }),
  );

  return {
    writer,
    close: async () => {
      isClosed = true;
      const ended = worker?.terminate();
      failAll(closed());
      await ended;
    },
  };
}

const closed = (): Error => new Error('the portal is being closed: no more documents are written');
