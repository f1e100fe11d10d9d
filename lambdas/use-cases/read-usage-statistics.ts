import { ConsolidatedBillSchema } from '../documents/statement.ts';
import { type UsageStatistics, usageStatistics } from '../documents/usage-statistics.ts';
import { addMonths, dateOf, type Period, periodOf, periodsFromTo } from '../domain/calendar/period.ts';
import { getExisting, parseJson } from './bytes.ts';
import type { Caller } from './caller.ts';
import { inParallel } from './in-parallel.ts';
import type { PeriodPortal } from './read-period-documents.ts';

const MONTHS = 12;
const READS_AT_ONCE = 8;

/**
 * What a service provider was billed of the last 12 months, by contract and by product: from the consolidated bills of the runs
 * that billed something of them, one a month as a rule.
 */
export async function readUsageStatistics(
  portal: PeriodPortal,
  { organizationId }: Caller,
  now: Date,
): Promise<UsageStatistics & { months: Period[] }> {
  const running = periodOf(dateOf(now));
  const months = periodsFromTo(addMonths(running, -MONTHS), addMonths(running, -1));
  const within = (usagePeriod: string) => (months as string[]).includes(usagePeriod);
  const documents = (await portal.partyDocuments.of(organizationId)).filter(({ months: of }) =>
    of.some(({ usagePeriod }) => within(usagePeriod)),
  );
  const bills = await inParallel(documents, READS_AT_ONCE, async ({ key }) =>
    parseJson(ConsolidatedBillSchema, await getExisting(portal.documents, `${key}.json`)),
  );
  return { months, ...usageStatistics(bills, within) };
}
