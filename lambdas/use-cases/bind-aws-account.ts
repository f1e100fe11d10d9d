import type { AwsAccount } from '../domain/cost-report/cost-report.ts';
import { audited } from './audited.ts';
import type { Caller } from './caller.ts';
import { changedMeanwhile } from './changed-meanwhile.ts';
import { PortalError } from './errors.ts';
import { type IfMatch, refuseOtherVersion } from './if-match.ts';
import { costReportSubject, ownResellContract } from './own-resell-contract.ts';
import type { Portal } from './ports/portal.ts';

type BindPortal = Pick<Portal, 'units' | 'audit' | 'contracts' | 'costReports'>;

/**
 * The vendor says which AWS account a contract is billed for: cost reports of another are refused. Binding the account it has
 * changes nothing.
 *
 * @throws PortalError NOT_FOUND; CONTRACT_STATUS for another family; VERSION_MISMATCH; AWS_ACCOUNT_TAKEN where another
 *   contract has the account; CHANGED_MEANWHILE
 */
export async function bindAwsAccount(
  portal: BindPortal,
  { caller, contractId, now, ifMatch }: { caller: Caller; contractId: string; now: Date; ifMatch: IfMatch },
  accountId: string,
): Promise<AwsAccount> {
  const { serviceProviderId, aggregatorId } = await ownResellContract(portal, caller, 'takeCostReports', contractId);
  const before = await portal.costReports.account(contractId);
  refuseOtherVersion(before?.version ?? 0, ifMatch);
  if (before?.accountId === accountId) return before;
  const version = (before?.version ?? 0) + 1;
  const account: AwsAccount = { contractId, serviceProviderId, aggregatorId, accountId, version };
  const entry = audited(portal, {
    organizationId: caller.organizationId,
    subject: costReportSubject(contractId),
    version,
    now,
    actor: caller.userId,
    action: 'bindAwsAccount',
    ...(before && { from: before.accountId }),
    to: accountId,
  });
  const result = await portal.units.commit([...portal.costReports.accountBound(account, before), entry]);
  if (result.ok) return account;
  const stands = await portal.costReports.account(contractId);
  if (stands?.version !== before?.version) throw changedMeanwhile('The AWS account of the contract');
  throw new PortalError('AWS_ACCOUNT_TAKEN', `AWS account ${accountId} belongs to another contract`);
}
