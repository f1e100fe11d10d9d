import type { PlainDate } from '../../domain/calendar/period.ts';
import type { VeloOrder } from '../../domain/velo-order/velo-order.ts';
import type { Change } from './changes.ts';

/** Fields of a VeloCloud order that lists show, filter and sort by. */
export type VeloOrderRow = Pick<
  VeloOrder,
  | 'id'
  | 'sid'
  | 'orderNumber'
  | 'contractId'
  | 'contractNumber'
  | 'productCode'
  | 'endDate'
  | 'createdTime'
  | 'lastModifiedTime'
> & { startDate: PlainDate };

export type VeloOrders = {
  /** In no particular order; those that don't exist are left out. Strongly consistent. */
  getMany(ids: readonly string[]): Promise<VeloOrder[]>;
  /** All of a contract, in the order of their ids. Strongly consistent. */
  ofContract(contractId: string): Promise<VeloOrder[]>;
  /** Lists read an index and may lag behind by a moment. */
  ofServiceProvider(serviceProviderId: string): Promise<readonly VeloOrderRow[]>;
  ofAggregator(aggregatorId: string): Promise<readonly VeloOrderRow[]>;
  ofProgramme(): Promise<readonly VeloOrderRow[]>;
  /** Refused when there is one of that id. */
  created(order: VeloOrder): Change[];
  /** As Contracts.changed. */
  changed(order: VeloOrder, now: Date): Change;
};
