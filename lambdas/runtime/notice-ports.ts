import { openNotifications } from '../stores/messages.ts';
import { openNotices } from '../stores/notices.ts';
import type { Table } from '../stores/table.ts';
import type { Portal } from '../use-cases/ports/portal.ts';

/** Ports of the mail that waits to be sent: most functions of the API don't carry them. */
export function noticePorts(table: Table): Pick<Portal, 'notices' | 'notifications'> {
  return { notices: openNotices(table), notifications: openNotifications(table) };
}
