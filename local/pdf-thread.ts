import { Worker } from 'node:worker_threads';
import type { PdfRenderer } from '../lambdas/documents/pdf-renderer.ts';

export type RenderRequest = { id: number; kind: keyof PdfRenderer; document: unknown };
export type RenderAnswer = { id: number; pdf: Uint8Array } | { id: number; error: string };

/** Renders PDFs in a thread of its own, so that a close on this machine uses the cores it has. */
export function openPdfThread(): { renderer: PdfRenderer; close(): Promise<void> } {
  let worker: Worker | undefined;
  let requests = 0;
  const waiting = new Map<number, { resolve(pdf: Uint8Array): void; reject(error: Error): void }>();

  const failAll = (error: Error): void => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    worker = undefined;
  };

  /** The thread starts with the first document: a portal that only answers questions never loads the fonts. */
  function thread(): Worker {
    if (worker) return worker;
    worker = new Worker(new URL('./pdf-worker.ts', import.meta.url), {
      resourceLimits: { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 512 },
    });
    worker.unref();
    worker.on('message', (answer: RenderAnswer) => {
      const request = waiting.get(answer.id);
      waiting.delete(answer.id);
      if ('pdf' in answer) request?.resolve(answer.pdf);
      else request?.reject(new Error(`the PDF could not be rendered: ${answer.error}`));
      if (waiting.size === 0) worker?.unref();
    });
    worker.on('error', failAll);
    return worker;
  }

  const render = (kind: keyof PdfRenderer) => (document: unknown) =>
    new Promise<Uint8Array>((resolve, reject) => {
      const id = requests++;
      waiting.set(id, { resolve, reject });
      const to = thread();
      to.ref();
      to.postMessage({ id, kind, document } satisfies RenderRequest);
    });

  return {
    renderer: {
      invoice: render('invoice'),
      statement: render('statement'),
      consolidatedBill: render('consolidatedBill'),
    },
    close: async () => {
      await worker?.terminate();
      worker = undefined;
    },
  };
}
