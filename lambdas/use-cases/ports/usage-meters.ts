import type { UsageMeter } from '../../domain/usage-meter/usage-meter.ts';
import type { Change } from './changes.ts';

/** An organization's choice of automatic reporting, and how many meters stand on it. */
export type AutomaticReporting = {
  serviceProviderId: string;
  optedIn: boolean;
  /** When it chose last, and who; absent while nobody has. */
  since?: string;
  userId?: string;
  /** Registered meters: it can't be given up while there are any. */
  meters: number;
  version: number;
};

/** The registrations of an organization that share an instance id; usually one. */
export type MeterInstance = {
  serviceProviderId: string;
  instanceId: string;
  meterIds: readonly string[];
  version: number;
};

/** Fields of a meter that lists show, filter and sort by. */
export type UsageMeterRow = Pick<
  UsageMeter,
  | 'id'
  | 'serviceProviderId'
  | 'instanceId'
  | 'name'
  | 'softwareVersion'
  | 'mode'
  | 'connection'
  | 'shared'
  | 'registeredTime'
  | 'lastUploadTime'
  | 'removedTime'
>;

/** A meter that reports, or has reported, for a contract. */
export type MeterOfContract = { meterId: string; isProduction: boolean; isRemoved: boolean };

export type UsageMeters = {
  /** Removed ones too. Strongly consistent. */
  get(meterId: string): Promise<UsageMeter | undefined>;
  /** In no particular order; those that don't exist are left out. Strongly consistent. */
  getMany(meterIds: readonly string[]): Promise<UsageMeter[]>;
  /** Meters that report for a contract now or have done so. Strongly consistent. */
  ofContract(contractId: string): Promise<MeterOfContract[]>;
  /** Lists read an index and may lag behind by a moment. */
  ofServiceProvider(serviceProviderId: string): Promise<readonly UsageMeterRow[]>;
  /** Of contracts that an aggregator holds; a meter of several is there several times. */
  ofAggregator(aggregatorId: string): Promise<readonly UsageMeterRow[]>;
  created(meter: UsageMeter, now: Date): Change[];
  /**
   * A meter in place of the one it was read as: `version` is the version read.
   * @param left contracts that it reports for no longer
   */
  changed(meter: UsageMeter, now: Date, left?: UsageMeter['contracts']): Change[];
  /** Meters of a shard that may have turned red by now; may lag behind by a moment. */
  dueRed(shard: number, now: Date): AsyncIterable<{ meterId: string }>;
  automaticReporting(serviceProviderId: string): Promise<AutomaticReporting>;
  automaticReportingChanged(of: AutomaticReporting): Change;
  instance(serviceProviderId: string, instanceId: string): Promise<MeterInstance>;
  instanceChanged(of: MeterInstance): Change;
};
