import type { BillingOrder } from '../../domain/billing-order/billing-order.ts';
import type { MeterUnits } from '../../domain/metering/meter-units.ts';
import type { MeteringDifference } from '../../domain/metering/metered-line.ts';
import type { Change } from './changes.ts';

/** What meters have said of an order's month when it was brought up to date last. */
export type MeteredOrder = Pick<BillingOrder, 'contractId' | 'contractNumber' | 'serviceProviderId' | 'usagePeriod'> & {
  orderId: string;
  time: string;
  /** What each meter has reported. */
  meters: readonly MeterUnits[];
  /** What a person has to look at: usage that one has written or edited, and meters say otherwise. */
  differences: readonly MeteringDifference[];
};

/** An order with differences, and how many. */
export type DifferingOrder = Pick<MeteredOrder, 'orderId' | 'contractId' | 'contractNumber' | 'usagePeriod'> & {
  differing: number;
};

export type MeteredOrders = {
  /** Undefined while no meter has said anything. Strongly consistent. */
  get(orderId: string): Promise<MeteredOrder | undefined>;
  /** Orders of a service provider with differences to look at; may lag behind by a moment. */
  withDifferences(serviceProviderId: string): Promise<DifferingOrder[]>;
  /** In place of what there was. `time` tells one from the other. */
  put(metered: MeteredOrder): Change[];
};
