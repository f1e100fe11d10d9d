import type { Contract } from '../contract/contract.ts';
import type { BillToAccount } from '../organization/organization.ts';
import { hasLicenseContact } from './check-create.ts';
import { type Checked, checkEmail, checkText, Faults } from './checks.ts';

/** AggContractUpdateRequest as it came; absent members stay as they are. */
export type BasicInfoAsked = {
  serviceProviderContact?: string;
  licenseContact?: string;
  aggregatorContact?: string;
  billingOrderPreference?: string;
  vendorPurchaseOrder?: string;
  fillPurchaseOrderInMbo?: boolean;
  billToAccountId?: string;
  entitlementAccount?: string;
};

/** What of it takes effect; contacts are still addresses, the account is the one the id leads to. */
export type BasicInfoChanges = Omit<BasicInfoAsked, 'billingOrderPreference' | 'billToAccountId'> & {
  billingOrderPreference?: 'ONLINE' | 'EDI';
  billToAccount?: { id: string; accountNumber: string };
};

/**
 * Checks a change of a contract's basic information. A licence contact counts for RENTAL, SOV and LPCAAS and is ignored for
 * other families; another bill-to account has the contract's currency (AggContractUpdateRequest).
 *
 * @param facts.billToAccount the account of the request, undefined where the aggregator has none of that id
 */
export function checkBasicInfo(
  asked: BasicInfoAsked,
  facts: { contract: Contract; billToAccount: BillToAccount | undefined },
): Checked<BasicInfoChanges> {
  const faults = new Faults();
  const { contract, billToAccount } = facts;
  const { billingOrderPreference: preference, billToAccountId, licenseContact, ...rest } = asked;
  const licensed = hasLicenseContact(contract.listing.familyType) && licenseContact !== undefined;
  if (asked.serviceProviderContact !== undefined) {
    checkEmail(faults, 'serviceProviderContact', asked.serviceProviderContact);
  }
  if (licensed) checkEmail(faults, 'licenseContact', licenseContact);
  if (asked.aggregatorContact !== undefined) checkEmail(faults, 'aggregatorContact', asked.aggregatorContact);
  if (preference !== undefined && preference !== 'ONLINE' && preference !== 'EDI') {
    faults.add('billingOrderPreference', 'must be ONLINE or EDI');
  }
  if (asked.vendorPurchaseOrder !== undefined) checkText(faults, 'vmwarePurchaseOrder', asked.vendorPurchaseOrder);
  if (billToAccountId !== undefined) checkAccount(faults, billToAccount, contract);
  if (asked.entitlementAccount !== undefined) checkText(faults, 'entitlementAccount', asked.entitlementAccount);
  return faults.answer({
    ...rest,
    ...(licensed ? { licenseContact } : {}),
    ...(preference === 'ONLINE' || preference === 'EDI' ? { billingOrderPreference: preference } : {}),
    ...(billToAccountId !== undefined && billToAccount
      ? { billToAccount: { id: billToAccount.id, accountNumber: billToAccount.accountNumber } }
      : {}),
  });
}

function checkAccount(faults: Faults, account: BillToAccount | undefined, { currency }: Contract): void {
  const field = 'billToAccountId';
  if (!account?.active) faults.add(field, 'must be an active bill-to account of the aggregator');
  else if (account.currency !== currency) faults.add(field, `must have the contract's currency, ${currency}`);
}
