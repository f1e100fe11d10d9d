import { openNotices } from '../stores/notices.ts';
import { openOneOffOrders } from '../stores/one-off-orders.ts';
import type { Table } from '../stores/table.ts';
import type { Portal } from '../use-cases/ports/portal.ts';

/** Ports of one-off orders and of what their parties are told: most functions don't carry them. */
export function oneOffPorts(table: Table): Pick<Portal, 'oneOffOrders' | 'notices'> {
  return { oneOffOrders: openOneOffOrders(table), notices: openNotices(table) };
}
