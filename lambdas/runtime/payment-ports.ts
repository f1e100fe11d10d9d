import { openPayments } from '../stores/payments.ts';
import type { Table } from '../stores/table.ts';
import type { Portal } from '../use-cases/ports/portal.ts';

/** The port of payments: most functions don't carry it. */
export function paymentPorts(table: Table): Pick<Portal, 'payments'> {
  return { payments: openPayments(table) };
}
