import type { UsageSite } from '../../lambdas/domain/contract/usage-site.ts';
import type { ImportedContract } from '../../lambdas/use-cases/import-programme.ts';
import { idOf } from './ids.ts';
import type { SampleProvider } from './organizations.ts';

/** So many usage sites of a contract, all where its service provider is. */
export function sitesOf(
  seed: number,
  { contract }: ImportedContract,
  { organization, city, postCode }: SampleProvider,
  count: number,
): UsageSite[] {
  return Array.from({ length: count }, (_, index) => ({
    id: idOf(seed, `site ${index + 1} of ${contract.contractNumber}`),
    contractId: contract.id,
    serviceProviderId: contract.serviceProviderId,
    contractReferenceNumber: contract.contractReferenceNumber,
    name: `${city} ${index + 1}`,
    countryRegion: organization.countryRegion,
    address: organization.address.join(', '),
    postCode,
    lastModifiedTime: `${contract.bolDate}T00:00:00.000Z`,
    version: 1,
  }));
}
