import { type ContractUsage, usageReportZip } from '../documents/usage-report.ts';
import { addMonths, dateOf, type Period, periodOf } from '../domain/calendar/period.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { formatQuantity } from '../domain/numbers/amounts.ts';
import { sha256 } from './bytes.ts';
import type { Caller } from './caller.ts';
import { PortalError } from './errors.ts';
import { type MeteredUsagePortal, meteredUsage } from './metered-usage.ts';
import type { Portal } from './ports/portal.ts';
import type { UsageReport } from './ports/usage-reports.ts';

export type UsageReportPortal = MeteredUsagePortal &
  Pick<Portal, 'clock' | 'contracts' | 'organizations' | 'usageReports'>;

/** Months back that reports are made for. */
const MONTHS_KEPT = 36;

/**
 * Asks for the bundle of a month; it is made within minutes, anew each time it is asked for.
 * @throws PortalError BAD_REQUEST for a month that hasn't begun, or is more than 36 months back
 */
export async function requestUsageReport(
  portal: Pick<Portal, 'usageReports'>,
  { organizationId }: Caller,
  period: Period,
  now: Date,
): Promise<UsageReport> {
  const running = periodOf(dateOf(now));
  if (period > running || period < addMonths(running, -MONTHS_KEPT)) {
    const message = `must be a month from ${addMonths(running, -MONTHS_KEPT)} to ${running}`;
    throw new PortalError('BAD_REQUEST', `usagePeriod ${message}`, [{ field: 'usagePeriod', message }]);
  }
  const before = await portal.usageReports.get(organizationId, period);
  if (before?.status === 'REQUESTED') return before;
  const report: UsageReport = {
    serviceProviderId: organizationId,
    period,
    status: 'REQUESTED',
    requestedTime: now.toISOString(),
  };
  await portal.usageReports.put(report);
  return report;
}

/** @throws PortalError NOT_FOUND when it was never asked for */
export async function findUsageReport(
  portal: Pick<Portal, 'usageReports'>,
  { organizationId }: Caller,
  period: Period,
): Promise<UsageReport> {
  const report = await portal.usageReports.get(organizationId, period);
  if (report) return report;
  throw new PortalError('NOT_FOUND', `No usage report of ${period} was asked for`);
}

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
  const lines = await meteredUsage(portal, contract, period);
  return {
    contractNumber: contract.contractNumber,
    usage: lines.map(({ siteId = '', quantity, ...line }) => ({ ...line, siteId, quantity: formatQuantity(quantity) })),
  };
}
