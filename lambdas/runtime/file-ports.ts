import type { Table } from '../stores/table.ts';
import { openUsageFiles } from '../stores/usage-files.ts';
import type { Portal } from '../use-cases/ports/portal.ts';

/** The port of files of usage: most functions don't carry it. */
export function filePorts(table: Table): Pick<Portal, 'usageFiles'> {
  return { usageFiles: openUsageFiles(table) };
}
