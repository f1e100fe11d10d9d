import type { OneOffOrder } from '../../domain/one-off-order/one-off-order.ts';
import type { OneOffOrderStatus } from '../../domain/one-off-order/status.ts';
import type { Change } from './changes.ts';
import type { SealedText } from './secrets.ts';

/** Fields of a one-off order that lists show, filter and sort by. */
export type OneOffOrderRow = Pick<
  OneOffOrder,
  'id' | 'orderNumber' | 'contractId' | 'contractNumber' | 'kind' | 'status' | 'createdTime' | 'lastModifiedTime'
>;

export type OneOffOrders = {
  /** Strongly consistent. */
  get(id: string): Promise<OneOffOrder | undefined>;
  /** In no particular order; those that don't exist are left out. Strongly consistent. */
  getMany(ids: readonly string[]): Promise<OneOffOrder[]>;
  /** All of a contract, in the order of their places. Strongly consistent. */
  ofContract(contractId: string): Promise<OneOffOrder[]>;
  /** Lists read an index and may lag behind by a moment. */
  ofServiceProvider(serviceProviderId: string): Promise<readonly OneOffOrderRow[]>;
  ofAggregator(aggregatorId: string): Promise<readonly OneOffOrderRow[]>;
  /** All in a state, in no particular order. */
  inStatus(status: OneOffOrderStatus): Promise<OneOffOrderRow[]>;
  /** Refused when the contract has an order of that place. */
  created(order: OneOffOrder): Change;
  /** As Contracts.changed. */
  changed(order: OneOffOrder, now: Date): Change;
  /** Its licence keys, sealed; refused when it has some. */
  keysGiven(orderId: string, keys: SealedText): Change;
  keysOf(orderId: string): Promise<SealedText | undefined>;
};
