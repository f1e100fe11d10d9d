import type { BillingOrder } from '../../domain/billing-order/billing-order.ts';
import type { MeteringDifference } from '../../domain/metering/prefill.ts';
import type { Change } from './changes.ts';

/** What a person has to look at of an order: usage that one has written or edited, and meters say otherwise. */
export type OrderDifferences = Pick<
  BillingOrder,
  'contractId' | 'contractNumber' | 'serviceProviderId' | 'usagePeriod'
> & { orderId: string; time: string; differences: readonly MeteringDifference[] };

export type MeteringDifferences = {
  /** Undefined when there is nothing to look at. Strongly consistent. */
  get(orderId: string): Promise<OrderDifferences | undefined>;
  /** Of all orders of a service provider; may lag behind by a moment. */
  ofServiceProvider(serviceProviderId: string): Promise<OrderDifferences[]>;
  /** In place of what there was; without any there is nothing to look at any more. */
  found(differences: OrderDifferences): Change;
};
