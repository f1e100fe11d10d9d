import { addMonths, firstDay, type Period, periodOf } from '../../lambdas/domain/calendar/period.ts';
import type { FamilyType } from '../../lambdas/domain/catalogue/family.ts';
import type { PriceList } from '../../lambdas/domain/catalogue/price-list.ts';
import type { Contact, Contract, ContractContacts, ContractRevision } from '../../lambdas/domain/contract/contract.ts';
import { reviewAfter } from '../../lambdas/domain/contract/life-cycle.ts';
import type { UsageSite } from '../../lambdas/domain/contract/usage-site.ts';
import type { BillToAccount, Organization } from '../../lambdas/domain/organization/organization.ts';
import type { ImportedContract } from '../../lambdas/use-cases/import-programme.ts';
import type { SeededRandom } from '../random.ts';
import { familyOf } from './families.ts';
import { idOf } from './ids.ts';
import { contactOf, type SampleProvider } from './organizations.ts';
import type { SampleFamily } from './products.ts';
import type { SituatedContract } from './situation.ts';
import { SITUATIONS } from './situations.ts';
import { sitesOf } from './usage-sites.ts';

/** A contract of the sample with what its orders are drawn from. */
export type SampleContract = {
  imported: ImportedContract;
  situated: SituatedContract;
  family: SampleFamily;
  sites: readonly UsageSite[];
  random: SeededRandom;
};

/** Everything a contract is drawn from that all have in common. */
export type ContractSetting = {
  seed: number;
  random: SeededRandom;
  latest: Period;
  first: Period;
  priceLists: readonly PriceList[];
  vendor: Organization;
  providers: readonly SampleProvider[];
  aggregators: readonly Organization[];
  billToAccounts: readonly BillToAccount[];
};

/** All contracts of the sample: one for each time a situation occurs, spread over the service providers. */
export function sampleContracts(setting: ContractSetting): SampleContract[] {
  const occurrences = SITUATIONS.flatMap((situation) => Array.from({ length: situation.contracts }, () => situation));
  return occurrences.map((situation, index) => {
    const random = setting.random.fork(`contract ${index}`);
    const provider = providerOf(setting, index);
    const family = situation.family ?? (index % 3 === 2 ? 'ISV' : 'RENTAL');
    const { latest, first, priceLists } = setting;
    const situated = situation.draw({ latest, first, family, currency: provider.currency, priceLists, random });
    const imported = importedOf(setting, index, provider, family, situated, random);
    const sites = sitesOf(setting.seed, imported, provider, situated.sites ?? 1 + random.int(4));
    return { imported, situated, family, sites, random };
  });
}

// Prime to the number of service providers, so that neighbours in the list of situations are of different ones.
const STRIDE = 7;

function providerOf({ providers }: ContractSetting, index: number): SampleProvider {
  return providers[(index * STRIDE) % providers.length] as SampleProvider;
}

// Some service providers have their last contracts with a second aggregator.
const SECOND_AGGREGATOR_EVERY = 5;

/** A contract of a service provider, drawn; its number follows from the index. */
export function importedOf(
  setting: ContractSetting,
  index: number,
  provider: SampleProvider,
  family: FamilyType,
  situated: SituatedContract,
  random: SeededRandom,
): ImportedContract {
  const { seed, latest, providers, aggregators } = setting;
  const { bolDate, eolDate, status, graceTermMonths, triggerPoint, prepaid } = situated;
  const second = index >= 2 * providers.length && index % SECOND_AGGREGATOR_EVERY === 0;
  const aggregator = aggregators[(provider.aggregator + (second ? 1 : 0)) % aggregators.length] as Organization;
  const billTo = setting.billToAccounts.find(
    (account) => account.aggregatorId === aggregator.id && account.currency === provider.currency,
  ) as BillToAccount;
  const contractNumber = String(40_000_001 + index);
  const id = idOf(seed, `contract ${contractNumber}`);
  const revisions = situated.terms.map((terms, at) => ({ contractId: id, revision: at + 1, ...terms }));
  const inForce = revisions.findLast(({ from }) => periodOf(from) <= latest) ?? (revisions[0] as ContractRevision);
  const { sku } = inForce;
  const businessNumber = String(1001 + index);
  const contract: Contract = {
    id,
    contractNumber,
    businessNumber,
    contractReferenceNumber: `${provider.region}${businessNumber}${family}`,
    serviceProviderId: provider.organization.id,
    aggregatorId: aggregator.id,
    status,
    region: provider.region,
    currency: provider.currency,
    contacts: contactsOf(setting.vendor, aggregator, provider, family),
    bolDate,
    ...(eolDate === undefined ? {} : { eolDate }),
    ...termOf(inForce, bolDate),
    graceTermMonths,
    revision: inForce.revision,
    listing: {
      serviceProviderPrmId: provider.organization.prmId,
      aggregatorPrmId: aggregator.prmId,
      billToAccountNumber: billTo.accountNumber,
      skuCode: sku.code,
      contractType: sku.contractType,
      familyType: family,
      familyCode: family,
      familyName: familyOf(seed, family).name,
      ...(sku.kind && { kind: sku.kind }),
    },
    billToAccountId: billTo.id,
    ...(sku.contractType === 'PAY-GO' ? {} : { spf: `SPF${businessNumber}` }),
    billingOrderPreference: random.chance(0.3) ? 'EDI' : 'ONLINE',
    vendorPurchaseOrder: `PO-${aggregator.prmId.slice(-2)}-${contractNumber.slice(-4)}`,
    fillPurchaseOrderInMbo: situated.withoutPurchaseOrder ? false : random.chance(0.6),
    ...(triggerPoint === undefined ? {} : { triggerPoint }),
    ...(prepaid === undefined ? {} : { prepaid }),
    tags: [],
    delinquent: situated.delinquent ?? false,
    requests: 0,
    version: 1,
    lastModifiedTime: `${firstDay(latest)}T00:00:00.000Z`,
  };
  const reviewOn = reviewAfter(contract, firstDay(addMonths(latest, 1)));
  return {
    contract: reviewOn === undefined ? contract : { ...contract, reviewOn },
    revisions,
    ...(prepaid === undefined
      ? {}
      : { prepayment: { points: prepaid, requestId: idOf(seed, `prepaid ${contractNumber}`) } }),
  };
}

/** The term that runs: of CUSTOM and PRE-PAY that of the terms in force; PAY-GO has none agreed in months. */
function termOf(inForce: ContractRevision, bolDate: Contract['bolDate']): Pick<Contract, 'termFrom' | 'termMonths'> {
  const { from, minCommits } = inForce;
  if (!minCommits) return { termFrom: bolDate };
  const beginsWithin = from !== firstDay(periodOf(from));
  return { termFrom: from, termMonths: minCommits.length - (beginsWithin ? 1 : 0) };
}

function contactsOf(
  vendor: Organization,
  aggregator: Organization,
  provider: SampleProvider,
  family: FamilyType,
): ContractContacts {
  const serviceProvider = contact(provider.organization, provider.contact);
  return {
    serviceProvider,
    aggregator: contact(aggregator, contactOf(aggregator)),
    system: contact(vendor, contactOf(vendor)),
    ...(family === 'RENTAL' ? { license: serviceProvider } : {}),
  };
}

function contact({ email }: Organization, name: string): Contact {
  const [firstName = '', ...rest] = name.split(' ');
  return { email: email.replace(/^billing@/, 'operations@'), firstName, lastName: rest.join(' ') };
}
