import { openCostReports } from '../stores/cost-reports.ts';
import { openFeedHeads } from '../stores/feed-heads.ts';
import { openMeteredMonths } from '../stores/metered-months.ts';
import type { Table } from '../stores/table.ts';
import type { Portal } from '../use-cases/ports/portal.ts';

/** Ports of cost reports that the main table stands behind: most functions don't carry them. */
export function costReportPorts(table: Table): Pick<Portal, 'costReports' | 'feedHeads' | 'meteredMonths'> {
  return {
    costReports: openCostReports(table),
    feedHeads: openFeedHeads(table),
    meteredMonths: openMeteredMonths(table),
  };
}
