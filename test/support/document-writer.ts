import { createPdfRenderer } from '../../lambdas/documents/pdf-renderer.ts';
import { loadFonts } from '../../lambdas/runtime/fonts.ts';
import { openDocumentWriter } from '../../lambdas/stores/document-writer.ts';
import type { Portal } from '../../lambdas/use-cases/ports/portal.ts';

/** Writes documents as the close does, where the portal keeps them when they are written. */
export const writerInto = (portal: Pick<Portal, 'documents'>) =>
  openDocumentWriter(portal, createPdfRenderer(loadFonts()));
