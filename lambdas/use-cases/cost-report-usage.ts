import type { Period } from '../domain/calendar/period.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { costLines } from '../domain/cost-report/cost-lines.ts';
import type { FedUsage } from '../domain/usage/account-usage.ts';
import type { Portal } from './ports/portal.ts';

/** What AWS says of a contract's month: nothing before its first report. */
export async function costReportUsage(
  portal: Pick<Portal, 'costReports'>,
  contract: Contract,
  of: Period,
): Promise<FedUsage[]> {
  const report = await portal.costReports.get(contract.id, of);
  return report ? costLines(report) : [];
}
