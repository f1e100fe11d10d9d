import type { Period } from '../domain/calendar/period.ts';
import type { AwsAccount, CostReport } from '../domain/cost-report/cost-report.ts';
import type { Caller } from './caller.ts';
import { PortalError } from './errors.ts';
import { COST_REPORT_LIST } from './lists/cost-report-list.ts';
import type { ListQuery, Page } from './lists/definition.ts';
import { compileList } from './lists/list.ts';
import type { Portal } from './ports/portal.ts';
import { ownContract } from './read-contracts.ts';

type ReadPortal = Pick<Portal, 'contracts' | 'costReports'>;

/** The AWS account of a contract. @throws PortalError NOT_FOUND, also where it has none */
export async function findAwsAccount(portal: ReadPortal, caller: Caller, contractId: string): Promise<AwsAccount> {
  await ownContract(portal, caller, 'readCostReports', contractId);
  const account = await portal.costReports.account(contractId);
  if (!account) throw new PortalError('NOT_FOUND', 'The contract has no AWS account yet');
  return account;
}

/** Cost reports of a contract. @throws PortalError NOT_FOUND; BAD_REQUEST */
export async function listCostReports(
  portal: ReadPortal,
  caller: Caller,
  contractId: string,
  query: ListQuery,
): Promise<Page<CostReport>> {
  const page = compileList(COST_REPORT_LIST, query);
  await ownContract(portal, caller, 'readCostReports', contractId);
  return page(await portal.costReports.ofContract(contractId));
}

/** The cost report of a month. @throws PortalError NOT_FOUND */
export async function findCostReport(
  portal: ReadPortal,
  caller: Caller,
  { contractId, usagePeriod }: { contractId: string; usagePeriod: Period },
): Promise<CostReport> {
  await ownContract(portal, caller, 'readCostReports', contractId);
  const report = await portal.costReports.get(contractId, usagePeriod);
  if (!report) throw new PortalError('NOT_FOUND', `There is no cost report of ${usagePeriod} yet`);
  return report;
}
