import type { UsageReport, UsageReports } from '../use-cases/ports/usage-reports.ts';
import { duePartition } from './due.ts';
import { UsageReportItem } from './items/usage-meters.ts';
import { keys, ownerShard } from './keys.ts';
import { read, stored } from './stored.ts';
import type { Table } from './table.ts';

/** Bundles of metered usage, by organization and month: in a sparse index until they are made. */
export function openUsageReports(table: Table): UsageReports {
  return {
    get: async (serviceProviderId, period) => {
      const item = await table.get(keys.usageReport(serviceProviderId, period));
      return item && (read(UsageReportItem, item) as UsageReport);
    },

    put: async (report) => {
      const { serviceProviderId, period, status, requestedTime } = report;
      const due = {
        gsi4pk: duePartition('USAGE-REPORTS', ownerShard(serviceProviderId)),
        gsi4sk: `${requestedTime}#${serviceProviderId}#${period}`,
        row: { serviceProviderId, period },
      };
      const key = keys.usageReport(serviceProviderId, period);
      const indexes = status === 'REQUESTED' ? due : {};
      await table.putAll([stored<typeof UsageReportItem>('USAGE_REPORT', key, report, indexes)]);
    },

    due: async function* (shard) {
      for await (const item of table.query(duePartition('USAGE-REPORTS', shard), { index: 'gsi4' })) {
        yield item.row as Pick<UsageReport, 'serviceProviderId' | 'period'>;
      }
    },
  };
}
