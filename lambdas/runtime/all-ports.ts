import type { Table } from '../stores/table.ts';
import { commitmentPorts } from './commitment-ports.ts';
import { costReportPorts } from './cost-report-ports.ts';
import { dealPorts } from './deal-ports.ts';
import { exportPorts } from './export-ports.ts';
import { filePorts } from './file-ports.ts';
import { jobPorts } from './job-ports.ts';
import { mailPorts } from './mail-ports.ts';
import { meterPorts } from './meter-ports.ts';
import { oneOffPorts } from './one-off-ports.ts';
import { paymentPorts } from './payment-ports.ts';
import { reviewPorts } from './review-ports.ts';
import { servicePorts } from './service-ports.ts';
import { subscriptionPorts } from './subscription-ports.ts';
import { apiPorts, type TablePorts } from './table-ports.ts';
import { webhookPorts } from './webhook-ports.ts';

/** Ports that the main table stands behind, beside those that every function has: for the close, the jobs, one machine. */
export function furtherPorts(table: Table) {
  return {
    ...dealPorts(table),
    ...commitmentPorts(table),
    ...costReportPorts(table),
    ...exportPorts(table),
    ...filePorts(table),
    ...jobPorts(table),
    ...mailPorts(table),
    ...meterPorts(table),
    ...oneOffPorts(table),
    ...paymentPorts(table),
    ...reviewPorts(table),
    ...subscriptionPorts(table),
    ...servicePorts(table),
    ...webhookPorts(table),
  };
}

/** All ports that the main table stands behind. */
export function tablePorts(table: Table): TablePorts {
  return { ...apiPorts(table), ...furtherPorts(table) };
}
