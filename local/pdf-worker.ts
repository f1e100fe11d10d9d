/** The thread that renders PDFs (see pdf-thread.ts). */
import { parentPort } from 'node:worker_threads';
import { createPdfRenderer } from '../lambdas/documents/pdf-renderer.ts';
import { loadFonts } from '../lambdas/runtime/fonts.ts';
import type { RenderAnswer, RenderRequest } from './pdf-thread.ts';

const renderer = createPdfRenderer(loadFonts());

async function answer({ id, kind, document }: RenderRequest): Promise<RenderAnswer> {
  try {
    return { id, pdf: await renderer[kind](document as never) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on('message', async (request: RenderRequest) => {
  parentPort?.postMessage(await answer(request));
});
