import { openMeteredMonths } from '../stores/metered-months.ts';
import { openMeteredOrders } from '../stores/metered-orders.ts';
import { openReadings } from '../stores/readings.ts';
import type { Table } from '../stores/table.ts';
import { openUsageMeters } from '../stores/usage-meters.ts';
import { openUsageReports } from '../stores/usage-reports.ts';
import type { Portal } from '../use-cases/ports/portal.ts';

/** Ports of usage meters that the main table stands behind: most functions don't carry them. */
export function meterPorts(
  table: Table,
): Pick<Portal, 'usageMeters' | 'meteredOrders' | 'meteredMonths' | 'readings' | 'usageReports'> {
  return {
    usageMeters: openUsageMeters(table),
    meteredOrders: openMeteredOrders(table),
    meteredMonths: openMeteredMonths(table),
    readings: openReadings(table),
    usageReports: openUsageReports(table),
  };
}
