import { addMonths, dateOf, type Period, periodOf } from '../domain/calendar/period.ts';
import type { Caller } from './caller.ts';
import { PortalError } from './errors.ts';
import type { Portal } from './ports/portal.ts';
import type { UsageReport } from './ports/usage-reports.ts';

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
