import type { Subscription } from '../../domain/subscription/subscription.ts';
import type { Change } from './changes.ts';

/** Fields of a subscription that lists show, filter and sort by. */
export type SubscriptionRow = Pick<
  Subscription,
  | 'id'
  | 'subscriptionNumber'
  | 'contractId'
  | 'contractNumber'
  | 'customerNumber'
  | 'productCode'
  | 'from'
  | 'until'
  | 'cancelled'
>;

/** The contract that each cloud service (a product category) is charged to, where none is named. */
export type ServiceContracts = {
  serviceProviderId: string;
  /** Ids of contracts by service. */
  contracts: Readonly<Record<string, string>>;
  /** Counts writes; 0 before the first. */
  version: number;
};

export type Subscriptions = {
  /** Strongly consistent. */
  get(id: string): Promise<Subscription | undefined>;
  /** In no particular order; those that don't exist are left out. Strongly consistent. */
  getMany(ids: readonly string[]): Promise<Subscription[]>;
  /** All of a contract, in the order of their places. Strongly consistent. */
  ofContract(contractId: string): Promise<Subscription[]>;
  /** Lists read an index and may lag behind by a moment. */
  ofServiceProvider(serviceProviderId: string): Promise<readonly SubscriptionRow[]>;
  ofAggregator(aggregatorId: string): Promise<readonly SubscriptionRow[]>;
  all(): Promise<readonly SubscriptionRow[]>;
  /** Refused when the contract has one of that place. */
  created(subscription: Subscription): Change;
  /** As Contracts.changed. */
  changed(subscription: Subscription, now: Date): Change;
  serviceContracts(serviceProviderId: string): Promise<ServiceContracts>;
  /** With the version it was read with; refused when another change came first. */
  serviceContractsKept(contracts: ServiceContracts): Change;
};
