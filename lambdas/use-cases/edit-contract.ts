import {
  type BasicInfoAsked,
  type BasicInfoChanges,
  checkBasicInfo,
} from '../domain/contract-request/check-basic-info.ts';
import type { BasicInfo } from '../domain/contract-request/request.ts';
import { given } from './asked-change.ts';
import { contactOf } from './contact-of.ts';
import type { ContractContext } from './contract-context.ts';
import { type IfMatch, refuseOtherVersion } from './if-match.ts';
import { ownContract } from './read-contracts.ts';
import { type ChangeRequest, type CheckedChange, type RequestPortal, requestChange } from './requested-change.ts';

/** Members that weren't sent are undefined or absent. */
export type AskedEdit = { [Member in keyof BasicInfoAsked]?: BasicInfoAsked[Member] | undefined };

/**
 * Changes a contract's basic information, which acts at once. Nothing is done when nothing is to be changed.
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; CONTRACT_STATUS; BAD_REQUEST; CHANGED_MEANWHILE
 */
export async function editContract(
  portal: RequestPortal,
  change: ChangeRequest & { ifMatch: IfMatch },
  edit: AskedEdit,
): Promise<void> {
  const asked = given(edit);
  if (Object.keys(asked).length === 0) {
    const { contract } = await ownContract(portal, change.caller, 'changeContracts', change.contractId);
    return refuseOtherVersion(contract.version, change.ifMatch);
  }
  await requestChange(portal, change, 'BASIC_INFO_UPDATE', async (context) => {
    refuseOtherVersion(context.contract.version, change.ifMatch);
    return checkedEdit(portal, asked, context);
  });
}

async function checkedEdit(
  portal: RequestPortal,
  asked: BasicInfoAsked,
  { contract, today }: ContractContext,
): Promise<CheckedChange> {
  const account =
    asked.billToAccountId === undefined
      ? undefined
      : await portal.organizations.billToAccount(contract.aggregatorId, asked.billToAccountId);
  const checked = checkBasicInfo(asked, { contract, billToAccount: account });
  if (!checked.ok) return checked;
  const changes = await withContacts(portal, checked.value, contract);
  return { ok: true, value: { payload: { type: 'BASIC_INFO_UPDATE', changes }, effectiveDate: today } };
}

async function withContacts(
  portal: RequestPortal,
  { serviceProviderContact, licenseContact, aggregatorContact, ...changes }: BasicInfoChanges,
  { serviceProviderId, aggregatorId }: ContractContext['contract'],
): Promise<BasicInfo> {
  const found = async <Name extends string>(name: Name, organizationId: string, email: string | undefined) =>
    email === undefined ? {} : { [name]: await contactOf(portal, organizationId, email) };
  return {
    ...changes,
    ...(await found('serviceProviderContact', serviceProviderId, serviceProviderContact)),
    ...(await found('licenseContact', serviceProviderId, licenseContact)),
    ...(await found('aggregatorContact', aggregatorId, aggregatorContact)),
  };
}
