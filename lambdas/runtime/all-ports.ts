import type { Table } from '../stores/table.ts';
import { exportPorts } from './export-ports.ts';
import { filePorts } from './file-ports.ts';
import { jobPorts } from './job-ports.ts';
import { meterPorts } from './meter-ports.ts';
import { reviewPorts } from './review-ports.ts';
import { apiPorts, type TablePorts } from './table-ports.ts';

/** All ports that the main table stands behind. */
export function tablePorts(table: Table): TablePorts {
  return {
    ...apiPorts(table),
    ...exportPorts(table),
    ...filePorts(table),
    ...jobPorts(table),
    ...meterPorts(table),
    ...reviewPorts(table),
  };
}
