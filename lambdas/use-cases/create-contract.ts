import type { ProductFamily } from '../domain/catalogue/family.ts';
import type { Contract, ContractContacts } from '../domain/contract/contract.ts';
import { contractNumbers } from '../domain/contract/numbering.ts';
import { applyRequest } from '../domain/contract-request/apply.ts';
import {
  type CreateAsked,
  checkCreate,
  hasLicenseContact,
  type NewContract,
} from '../domain/contract-request/check-create.ts';
import { newContract } from '../domain/contract-request/new-contract.ts';
import type { ContractRequest } from '../domain/contract-request/request.ts';
import { isDue } from '../domain/contract-request/rules.ts';
import type { BillToAccount, Organization } from '../domain/organization/organization.ts';
import { given, skuOf } from './asked-change.ts';
import { committed, type Decided } from './committed.ts';
import { contactOf } from './contact-of.ts';
import { type ProgrammeFacts, programmeFacts } from './contract-context.ts';
import { effectChanges } from './effect-changes.ts';
import { requestRecorded } from './request-recorded.ts';
import { actionOf, type ChangeRequest, newRequest, notValid, type RequestPortal } from './requested-change.ts';

/** A contract as it was asked for: numbers as exact decimals; members that weren't sent are undefined or absent. */
export type AskedContract = { [Member in keyof CreateAsked]?: CreateAsked[Member] | undefined } & {
  contractSKUId: string;
  serviceProviderId: string;
  billToAccountId: string;
  fillPurchaseOrderInMbo?: boolean | undefined;
  entitlementAccount?: string | undefined;
};

/**
 * Makes a contract and the request for it. Where nobody has to approve and it begins today or has begun, it is active at
 * once (domain.md §4).
 *
 * @throws PortalError BAD_REQUEST with every field that is wrong; CHANGED_MEANWHILE
 */
export async function createContract(
  portal: RequestPortal,
  creation: Omit<ChangeRequest, 'contractId'>,
  asked: AskedContract,
): Promise<{ contract: Contract; request: ContractRequest }> {
  return committed(portal, 'The programme', async () => {
    const facts = await programmeFacts(portal, creation.now);
    const making = await checkedContract(portal, creation.caller.organizationId, asked, facts);
    const numbers = contractNumbers(
      await portal.contracts.nextNumber(),
      making.serviceProvider.region,
      making.family.code,
    );
    const contract = newContract({ ...making, ...numbers, id: creation.newId(), now: creation.now });
    return madeOf(portal, creation, contract, making, facts);
  });
}

async function madeOf(
  portal: RequestPortal,
  creation: Omit<ChangeRequest, 'contractId'>,
  before: Contract,
  { aggregator, checked: { payload, bolDate } }: CheckedContract,
  { today, lastClaimed }: ProgrammeFacts,
): Promise<Decided<{ contract: Contract; request: ContractRequest }>> {
  const { now, caller, comment: reason } = creation;
  const request = newRequest(creation, before, aggregator.prmId, { payload, effectiveDate: bolDate, today });
  const contract: Contract = { ...before, requests: 1 };
  const action = actionOf('CREATE');
  const applied = isDue(request, today) ? applyRequest(contract, [], request, { today, frozen: [] }) : undefined;
  if (applied?.ok) {
    const { effect } = applied;
    const made = { contract: true, request: { action, ...(reason && { reason }) } };
    const changes = await effectChanges(portal, effect, { actor: caller.userId, now, made });
    return { changes, result: { contract: effect.contract, request: effect.request } };
  }
  const changes = [
    ...portal.contracts.created(contract, []),
    portal.contractRequests.created(request),
    // That its period wasn't frozen was true when it was read.
    portal.closes.noneClaimedSince(lastClaimed),
    ...requestRecorded(portal, request, 1, { actor: caller.userId, now, action, reason }),
  ];
  return { changes, result: { contract, request } };
}

/** All that a contract is made of but its id and numbers. */
export type CheckedContract = {
  checked: NewContract;
  contacts: ContractContacts;
  serviceProvider: Organization;
  aggregator: Organization;
  billToAccount: BillToAccount;
  family: ProductFamily;
} & Pick<
  Contract,
  'currency' | 'billingOrderPreference' | 'vendorPurchaseOrder' | 'fillPurchaseOrderInMbo' | 'entitlementAccount'
>;

/**
 * Asks the rules whether such a contract may be made.
 * @throws PortalError BAD_REQUEST with every field that is wrong
 */
export async function checkedContract(
  portal: Pick<RequestPortal, 'organizations' | 'users'>,
  aggregatorId: string,
  asked: AskedContract,
  facts: ProgrammeFacts,
): Promise<CheckedContract> {
  const {
    contractSKUId,
    serviceProviderId,
    billToAccountId,
    fillPurchaseOrderInMbo = false,
    entitlementAccount,
  } = asked;
  const [aggregator, serviceProvider, billToAccount] = await Promise.all([
    portal.organizations.get(aggregatorId),
    portal.organizations.get(serviceProviderId),
    portal.organizations.billToAccount(aggregatorId, billToAccountId),
  ]);
  if (!aggregator) throw new Error(`organization ${aggregatorId} of the caller does not exist`);
  const sku = skuOf(facts, contractSKUId);
  const parties = { sku, serviceProvider, aggregator, billToAccount };
  const checked = checkCreate(given(asked), { ...facts, ...parties });
  if (!checked.ok) throw notValid(checked.errors);
  const family = facts.catalogue.families.find(({ type }) => type === sku?.family);
  const { currency, billingOrderPreference, vendorPurchaseOrder } = asked;
  if (!family || !serviceProvider || !billToAccount || !currency || !vendorPurchaseOrder) {
    throw new Error('a contract was found right of which something is missing');
  }
  return {
    checked: checked.value,
    contacts: await contactsOf(portal, asked, { serviceProvider, aggregator, family }),
    serviceProvider,
    aggregator,
    billToAccount,
    family,
    currency,
    billingOrderPreference: billingOrderPreference === 'EDI' ? 'EDI' : 'ONLINE',
    vendorPurchaseOrder,
    fillPurchaseOrderInMbo,
    ...(entitlementAccount !== undefined && { entitlementAccount }),
  };
}

async function contactsOf(
  portal: Pick<RequestPortal, 'organizations' | 'users'>,
  asked: AskedContract,
  { serviceProvider, aggregator, family }: Pick<CheckedContract, 'serviceProvider' | 'aggregator' | 'family'>,
): Promise<ContractContacts> {
  const { serviceProviderContact = '', aggregatorContact = '', systemContact = '', licenseContact = '' } = asked;
  const vendor = await portal.organizations.vendor();
  const [ofProvider, ofAggregator, ofVendor] = await Promise.all([
    contactOf(portal, serviceProvider.id, serviceProviderContact),
    contactOf(portal, aggregator.id, aggregatorContact),
    contactOf(portal, vendor?.id ?? '', systemContact),
  ]);
  const contacts = { serviceProvider: ofProvider, aggregator: ofAggregator, system: ofVendor };
  if (!hasLicenseContact(family.type)) return contacts;
  return { ...contacts, license: await contactOf(portal, serviceProvider.id, licenseContact) };
}
