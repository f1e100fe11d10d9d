import { openDeals } from '../stores/deals.ts';
import { openRebateSheets } from '../stores/rebate-sheets.ts';
import type { Table } from '../stores/table.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import { noticePorts } from './notice-ports.ts';

/** Ports of deals and rebates, and of what their parties are told: most functions of the API don't carry them. */
export function dealPorts(table: Table): Pick<Portal, 'deals' | 'rebateSheets' | 'notices' | 'notifications'> {
  return { deals: openDeals(table), rebateSheets: openRebateSheets(table), ...noticePorts(table) };
}
