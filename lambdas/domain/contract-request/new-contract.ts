import type { ProductFamily } from '../catalogue/family.ts';
import type { Contract, ContractContacts } from '../contract/contract.ts';
import type { BillToAccount, Organization } from '../organization/organization.ts';
import type { NewContract } from './check-create.ts';

// Months a PAY-GO contract's usage is still billed for after its end (published Contract.graceTerm).
const GRACE_MONTHS = 1;

export type ContractMaking = Pick<
  Contract,
  | 'id'
  | 'contractNumber'
  | 'businessNumber'
  | 'contractReferenceNumber'
  | 'currency'
  | 'billingOrderPreference'
  | 'vendorPurchaseOrder'
  | 'fillPurchaseOrderInMbo'
> & {
  entitlementAccount?: string;
  checked: NewContract;
  contacts: ContractContacts;
  serviceProvider: Organization;
  aggregator: Organization;
  billToAccount: BillToAccount;
  family: ProductFamily;
  now: Date;
};

/**
 * The contract that a CREATE request makes: in process, without terms until the request takes effect. The aggregator may
 * have it made anew while the vendor wants the request revised.
 */
export function newContract(making: ContractMaking): Contract {
  const { checked, contacts, serviceProvider, aggregator, billToAccount, family, now, ...kept } = making;
  const { payload, bolDate, triggerPoint, spf, threshold } = checked;
  const { sku } = payload;
  return {
    ...kept,
    contacts,
    serviceProviderId: serviceProvider.id,
    aggregatorId: aggregator.id,
    status: 'CREATE_IN_PROCESS',
    region: serviceProvider.region,
    bolDate,
    termFrom: bolDate,
    graceTermMonths: sku.contractType === 'PAY-GO' ? GRACE_MONTHS : 0,
    revision: 0,
    listing: {
      serviceProviderPrmId: serviceProvider.prmId,
      aggregatorPrmId: aggregator.prmId,
      billToAccountNumber: billToAccount.accountNumber,
      skuCode: sku.code,
      contractType: sku.contractType,
      familyType: family.type,
      familyCode: family.code,
      familyName: family.name,
      ...(sku.kind && { kind: sku.kind }),
    },
    billToAccountId: billToAccount.id,
    ...(triggerPoint === undefined ? {} : { triggerPoint }),
    ...(spf === undefined ? {} : { spf }),
    ...(threshold === undefined ? {} : { threshold }),
    tags: [],
    delinquent: false,
    requests: 0,
    version: 1,
    lastModifiedTime: now.toISOString(),
  };
}
