import type { Deal } from '../../domain/deal/deal.ts';
import type { FiscalQuarter } from '../../domain/deal/fiscal-quarter.ts';
import type { DealStatus } from '../../domain/deal/status.ts';
import type { RebateSheet } from '../../domain/rebate/rebate-sheet.ts';
import type { Change } from './changes.ts';

/** Fields of a deal that lists show, filter and sort by. */
export type DealRow = Pick<
  Deal,
  | 'id'
  | 'dealNumber'
  | 'productSKU'
  | 'contractId'
  | 'contractNumber'
  | 'contractReferenceNumber'
  | 'currency'
  | 'serviceProviderPrmId'
  | 'status'
  | 'extendStatus'
  | 'creationDate'
  | 'expirationDate'
  | 'closeDate'
>;

export type Deals = {
  /** Strongly consistent. */
  get(id: string): Promise<Deal | undefined>;
  /** In no particular order; those that don't exist are left out. Strongly consistent. */
  getMany(ids: readonly string[]): Promise<Deal[]>;
  /** A number that no other deal gets; a gap is left where it isn't used. */
  nextNumber(): Promise<number>;
  /** Lists read an index and may lag behind by a moment. */
  ofAggregator(aggregatorId: string): Promise<readonly DealRow[]>;
  /** All in a state, in no particular order. */
  inStatus(status: DealStatus): Promise<DealRow[]>;
  /** Ids of all that are open, in no particular order. */
  open(): Promise<string[]>;
  created(deal: Deal): Change;
  /** As Contracts.changed. */
  changed(deal: Deal, now: Date): Change;
};

export type RebateSheets = {
  /** Strongly consistent. */
  get(quarter: FiscalQuarter): Promise<RebateSheet | undefined>;
  /** All of them: four a year. Strongly consistent. */
  all(): Promise<RebateSheet[]>;
  /** In place of the one of `version`, 0 for none; refused when another change came first. */
  changed(sheet: RebateSheet): Change;
};
