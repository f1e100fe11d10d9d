import { type ContractUsage, usageReportZip } from '../documents/usage-report.ts';
import type { Period } from '../domain/calendar/period.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { formatQuantity } from '../domain/numbers/amounts.ts';
import { sha256 } from './bytes.ts';
import { type MeteredUsagePortal, meteredUsage } from './metered-usage.ts';
import type { Portal } from './ports/portal.ts';
import type { UsageReport } from './ports/usage-reports.ts';

export type UsageReportPortal = MeteredUsagePortal &
  Pick<Portal, 'clock' | 'contracts' | 'organizations' | 'usageReports'>;

/** Makes a report that was asked for: of every contract that a meter has reported for, as its readings stand now. */
export async function makeUsageReport(
  portal: UsageReportPortal,
  { serviceProviderId, period }: Pick<UsageReport, 'serviceProviderId' | 'period'>,
): Promise<boolean> {
  const report = await portal.usageReports.get(serviceProviderId, period);
  if (report?.status !== 'REQUESTED') return false;
  const rows = await portal.contracts.ofServiceProvider(serviceProviderId);
  const found = await portal.contracts.getMany(rows.map(({ id }) => id));
  const own = found.map(({ contract }) => contract).sort((a, b) => (a.contractNumber < b.contractNumber ? -1 : 1));
  const contracts: ContractUsage[] = [];
  for (const contract of own) {
    const usage = await usageOf(portal, contract, period);
    if (usage.usage.length > 0) contracts.push(usage);
  }
  const prmId = (await portal.organizations.get(serviceProviderId))?.prmId ?? '';
  const bytes = usageReportZip(period, prmId, contracts);
  const key = `usage-reports/${period}/${serviceProviderId}/${sha256(bytes)}.zip`;
  await portal.documents.putOnce(key, bytes, 'application/zip');
  await portal.usageReports.put({ ...report, status: 'READY', key, madeTime: portal.clock().toISOString() });
  return true;
}

async function usageOf(portal: UsageReportPortal, contract: Contract, period: Period): Promise<ContractUsage> {
  const { lines } = await meteredUsage(portal, contract, period);
  return {
    contractNumber: contract.contractNumber,
    usage: lines.map(({ siteId = '', quantity, ...line }) => ({ ...line, siteId, quantity: formatQuantity(quantity) })),
  };
}
