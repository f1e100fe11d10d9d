import type { Period } from '../domain/calendar/period.ts';
import type { CostReport } from '../domain/cost-report/cost-report.ts';
import type { Caller } from './caller.ts';
import { type FileBody, fileContent } from './file-body.ts';
import { costReportKept, expectedReport, type KeepPortal, readReport } from './keep-cost-report.ts';
import { ownResellContract } from './own-resell-contract.ts';
import type { Portal } from './ports/portal.ts';

export type CostReportOf = { caller: Caller; contractId: string; usagePeriod: Period; now: Date };

/**
 * Takes what AWS says of a contract's month, in place of what it has said before: from here on the month's usage is that, on its
 * own order or as arrears, which a job sees to within a minute. The same file again changes nothing.
 *
 * @throws PortalError NOT_FOUND; CONTRACT_STATUS for another family; AWS_ACCOUNT_NEEDED; BAD_REQUEST for a month that the
 *   contract has no order of, or naming all that is wrong with the file: then nothing is taken; USAGE_TOO_OLD; BODY_TOO_LARGE;
 *   CHANGED_MEANWHILE
 */
export async function takeCostReport(
  portal: KeepPortal & Pick<Portal, 'contracts'>,
  { caller, contractId, usagePeriod, now }: CostReportOf,
  body: FileBody,
): Promise<CostReport> {
  const contract = await ownResellContract(portal, caller, 'takeCostReports', contractId);
  const month = { contract, usagePeriod, now };
  const expected = await expectedReport(portal, month);
  const read = await readReport(fileContent(body), expected);
  return costReportKept(portal, month, { ...caller, accountId: expected.accountId }, read);
}
