/** The thread that writes documents (see document-thread.ts). */
import { parentPort, workerData } from 'node:worker_threads';
import { createPdfRenderer } from '../lambdas/documents/pdf-renderer.ts';
import { loadFonts } from '../lambdas/runtime/fonts.ts';
import { writeDocument } from '../lambdas/stores/document-writer.ts';
import { TerminalError } from '../lambdas/use-cases/errors.ts';
import type { WriteAnswer, WriteRequest } from './document-thread.ts';
import { openFolderObjects } from './folder-objects.ts';

const renderer = createPdfRenderer(loadFonts());
const documents = openFolderObjects(workerData);
const decoder = new TextDecoder();

async function answer({ id, kind, key, json }: WriteRequest): Promise<WriteAnswer> {
  try {
    const document = JSON.parse(decoder.decode(json));
    return { id, hashes: await writeDocument(documents, renderer, { kind, key, document, json }) };
  } catch (error) {
    if (error instanceof TerminalError) return { id, error: error.message, isTerminal: true };
    const message = error instanceof Error ? error.message : String(error);
    return { id, error: `${key} could not be written: ${message}`, isTerminal: false };
  }
}

parentPort?.on('message', async (request: WriteRequest) => {
  parentPort?.postMessage(await answer(request));
});
