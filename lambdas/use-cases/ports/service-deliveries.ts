import type { Period, PlainDate } from '../../domain/calendar/period.ts';
import type { ServiceDelivery } from '../../domain/service-delivery/service-delivery.ts';
import type { ServiceDeliveryStatus } from '../../domain/service-delivery/status.ts';
import type { Change } from './changes.ts';

/** Fields of a delivery that lists show, filter and sort by. */
export type ServiceDeliveryRow = Pick<
  ServiceDelivery,
  | 'number'
  | 'contractId'
  | 'contractNumber'
  | 'productCode'
  | 'deliveryDate'
  | 'status'
  | 'createdTime'
  | 'lastModifiedTime'
>;

export type ServiceDeliveries = {
  /** In no particular order; those that don't exist are left out. Strongly consistent. */
  getMany(numbers: readonly string[]): Promise<ServiceDelivery[]>;
  /** All of a month of a contract, in the order of their numbers. Strongly consistent. */
  ofMonth(contractId: string, of: Period): Promise<ServiceDelivery[]>;
  /** Lists read an index and may lag behind by a moment. */
  ofServiceProvider(serviceProviderId: string): Promise<readonly ServiceDeliveryRow[]>;
  ofAggregator(aggregatorId: string): Promise<readonly ServiceDeliveryRow[]>;
  /** All in a state, in no particular order. */
  inStatus(status: ServiceDeliveryStatus): Promise<ServiceDeliveryRow[]>;
  /** Refused when there is one of that number. */
  created(delivery: ServiceDelivery): Change[];
  /** As Contracts.changed; its contract and month stay what they were. */
  changed(delivery: ServiceDelivery, now: Date): Change;
  /** Numbers of those of a shard that nobody has decided of, delivered up to a day; may lag behind by a moment. */
  undecided(shard: number, upTo: PlainDate): Promise<string[]>;
};
