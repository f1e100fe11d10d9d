import { openMailChoices } from '../stores/mail-choices.ts';
import type { Table } from '../stores/table.ts';
import type { Portal } from '../use-cases/ports/portal.ts';

/** The port of what mail users have chosen: most functions of the API don't carry it. */
export function mailPorts(table: Table): Pick<Portal, 'mailChoices'> {
  return { mailChoices: openMailChoices(table) };
}
