import { openDocumentExports } from '../stores/document-exports.ts';
import type { Table } from '../stores/table.ts';
import type { Portal } from '../use-cases/ports/portal.ts';

/** The port of exports of documents: most functions don't carry it. */
export function exportPorts(table: Table): Pick<Portal, 'documentExports'> {
  return { documentExports: openDocumentExports(table) };
}
