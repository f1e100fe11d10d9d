import { type Period, periodOf } from '../../lambdas/domain/calendar/period.ts';
import type { PriceList } from '../../lambdas/domain/catalogue/price-list.ts';
import type { BillToAccount, Organization } from '../../lambdas/domain/organization/organization.ts';
import type { ImportedContract } from '../../lambdas/use-cases/import-programme.ts';
import type { SeededRandom } from '../random.ts';
import { idOf } from './ids.ts';
import type { SampleProvider } from './organizations.ts';
import type { SampleFamily } from './products.ts';
import type { SituatedContract } from './situation.ts';
import { SITUATIONS } from './situations.ts';

/** A contract of the sample with what its orders are drawn from. */
export type SampleContract = {
  imported: ImportedContract;
  situated: SituatedContract;
  family: SampleFamily;
  sites: readonly string[];
  random: SeededRandom;
};

/** Everything a contract is drawn from that all have in common. */
export type ContractSetting = {
  seed: number;
  random: SeededRandom;
  latest: Period;
  first: Period;
  priceLists: readonly PriceList[];
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
    return {
      imported: importedOf(setting, index, provider, family, situated, random),
      situated,
      family,
      sites: sitesOf(provider, situated.sites ?? 1 + random.int(4)),
      random,
    };
  });
}

// Prime to the number of service providers, so that neighbours in the list of situations are of different ones.
const STRIDE = 7;

function providerOf({ providers }: ContractSetting, index: number): SampleProvider {
  return providers[(index * STRIDE) % providers.length] as SampleProvider;
}

function sitesOf({ city }: SampleProvider, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${city} ${index + 1}`);
}

// Some service providers have their last contracts with a second aggregator.
const SECOND_AGGREGATOR_EVERY = 5;

function importedOf(
  setting: ContractSetting,
  index: number,
  provider: SampleProvider,
  family: SampleFamily,
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
  return {
    contract: {
      id,
      contractNumber,
      contractReferenceNumber: `${provider.region}${1001 + index}${family}`,
      serviceProviderId: provider.organization.id,
      aggregatorId: aggregator.id,
      status,
      region: provider.region,
      currency: provider.currency,
      bolDate,
      ...(eolDate === undefined ? {} : { eolDate }),
      graceTermMonths,
      revision: revisions.findLast(({ from }) => periodOf(from) <= latest)?.revision ?? 1,
      billToAccountId: billTo.id,
      billingOrderPreference: random.chance(0.3) ? 'EDI' : 'ONLINE',
      vendorPurchaseOrder: `PO-${aggregator.prmId.slice(-2)}-${contractNumber.slice(-4)}`,
      fillPurchaseOrderInMbo: situated.withoutPurchaseOrder ? false : random.chance(0.6),
      ...(triggerPoint === undefined ? {} : { triggerPoint }),
      delinquent: situated.delinquent ?? false,
    },
    revisions,
    ...(prepaid === undefined
      ? {}
      : { prepayment: { points: prepaid, requestId: idOf(seed, `prepaid ${contractNumber}`) } }),
  };
}
