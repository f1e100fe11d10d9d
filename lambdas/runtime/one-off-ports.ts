import { openOneOffOrders } from '../stores/one-off-orders.ts';
import type { Table } from '../stores/table.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import { noticePorts } from './notice-ports.ts';

/** Ports of one-off orders and of what their parties are told: most functions of the API don't carry them. */
export function oneOffPorts(table: Table): Pick<Portal, 'oneOffOrders' | 'notices' | 'notifications'> {
  return { oneOffOrders: openOneOffOrders(table), ...noticePorts(table) };
}
