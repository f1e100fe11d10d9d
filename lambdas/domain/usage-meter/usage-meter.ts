import { type ContractKind, type FamilyType, trackOf } from '../catalogue/family.ts';

export const METER_MODES = ['TEST', 'PRODUCTION'] as const;
export type MeterMode = (typeof METER_MODES)[number];

/** ONLINE uploads by itself; OFFLINE has its files handed over. */
export const METER_CONNECTIONS = ['ONLINE', 'OFFLINE'] as const;
export type MeterConnection = (typeof METER_CONNECTIONS)[number];

/** Families whose usage a meter reports (table of domain.md §5). */
export const METERED_FAMILIES: ReadonlySet<FamilyType> = new Set(['RENTAL', 'RENTAL_MAAS', 'SOV']);

/** A contract that a meter reports for. */
export type MeteredContract = {
  contractId: string;
  contractNumber: string;
  familyType: FamilyType;
  kind?: ContractKind;
  aggregatorId: string;
  /** The usage site it stands at; absent where the contract has none. */
  siteId?: string;
  siteName?: string;
};

/** A registered usage meter of a service provider (published UsageMeter). */
export type UsageMeter = {
  id: string;
  serviceProviderId: string;
  /** UUID that the meter gives itself; several registrations may share it, see `shared`. */
  instanceId: string;
  name: string;
  softwareVersion: string;
  mode: MeterMode;
  /** When it was moved from test to production: hours before never count. Absent while in test, or never in test. */
  productionSince?: string;
  connection: MeterConnection;
  /** One of each family at most, and a Term contract beside that of RENTAL, so that every product that it reports belongs to one contract. */
  contracts: readonly MeteredContract[];
  /** Another registration of the organization has the same instance id: what either reports can't be told apart. */
  shared: boolean;
  registeredTime: string;
  lastUploadTime?: string;
  /** Its parties were told that it has stopped uploading; absent while it uploads. */
  stoppedSince?: string;
  /** It reports no more; what it has reported stays. */
  removedTime?: string;
  lastModifiedTime: string;
  /** Counts what people have changed of it; uploads are none of that. */
  edits: number;
  /** Counts writes: a write names the version it has read. */
  version: number;
};

/** Whether what it reports is billed at all. */
export const isProduction = ({ mode }: Pick<UsageMeter, 'mode'>): boolean => mode === 'PRODUCTION';

/** What is wrong with the contracts a meter is to report for, by their place; empty when nothing is. */
export function meteredContractFaults(
  contracts: readonly Pick<MeteredContract, 'contractId' | 'familyType' | 'kind' | 'siteId'>[],
  openSitesOf: (contractId: string) => readonly string[],
): { index: number; field: 'contractId' | 'usageSiteId'; message: string }[] {
  const tracks = contracts.map(({ familyType, kind }) => trackOf(familyType, kind));
  return contracts.flatMap(({ contractId, familyType, siteId }, index) => {
    const refuse = (field: 'contractId' | 'usageSiteId', message: string) => [{ index, field, message }];
    if (!METERED_FAMILIES.has(familyType))
      return refuse('contractId', 'is of a family that no usage meter reports for');
    if (tracks.indexOf(tracks[index] as FamilyType) < index)
      return refuse('contractId', 'is of the same family as another: a meter reports for one contract of each family');
    if (tracks[index] === 'TERM' && !tracks.includes('RENTAL'))
      return refuse('contractId', 'is a Term contract: the meter has to report for a RENTAL contract, too');
    const sites = openSitesOf(contractId);
    if (siteId === undefined && sites.length > 0)
      return refuse('usageSiteId', 'is needed: the contract has usage sites');
    if (siteId !== undefined && !sites.includes(siteId))
      return refuse('usageSiteId', 'is no open site of the contract');
    return [];
  });
}
