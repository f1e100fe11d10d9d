import { openNumbers } from '../stores/numbers.ts';
import { openProgrammeDays } from '../stores/programme-days.ts';
import type { Table } from '../stores/table.ts';
import type { Portal } from '../use-cases/ports/portal.ts';

/** Ports of the close and the jobs alone that the main table stands behind: functions of the API don't carry them. */
export function jobPorts(table: Table): Pick<Portal, 'numbers' | 'programmeDays'> {
  return { numbers: openNumbers(table), programmeDays: openProgrammeDays(table) };
}
