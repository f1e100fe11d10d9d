import { openMeteredOrders } from '../stores/metered-orders.ts';
import { openReadings } from '../stores/readings.ts';
import type { Table } from '../stores/table.ts';
import { openUsageMeters } from '../stores/usage-meters.ts';
import { openUsageReports } from '../stores/usage-reports.ts';
import { commonPorts, type TablePorts } from './table-ports.ts';

/** All ports that the main table stands behind, those of usage meters too. */
export function tablePorts(table: Table): TablePorts {
  return {
    ...commonPorts(table),
    usageMeters: openUsageMeters(table),
    meteredOrders: openMeteredOrders(table),
    readings: openReadings(table),
    usageReports: openUsageReports(table),
  };
}
