import type { Period } from '../../domain/calendar/period.ts';
import type { MonthOutcome } from '../../domain/metering/month-outcome.ts';
import type { Change } from './changes.ts';

/** A month of a contract that is compared with what meters say of it. */
export type ContractMonth = { contractId: string; period: Period };

/** Something since which a month has to be compared anew: readings of a meter, something a family's feed is made of, or a change of an order that bears on it. */
export type DueCause = { kind: 'METER' | 'ORDER' | 'FEED'; id: string; token: string };

export type MeteredMonth = ContractMonth & { due: DueCause[]; last: MonthOutcome | undefined };

export type MeteredMonths = {
  /** Strongly consistent. */
  get(month: ContractMonth): Promise<MeteredMonth>;
  /** Has a month compared soon; many may do so at once. */
  isDue(month: ContractMonth, cause: DueCause, now: Date): Change;
  /** Months of a shard to compare, longest waiting first, some several times; may lag behind by a moment. */
  due(shard: number): AsyncIterable<ContractMonth>;
  /** Keeps what came of it. */
  outcomeKept(month: ContractMonth, outcome: MonthOutcome): Promise<void>;
  /** What made it due is done with, unless it has come again meanwhile. */
  done(month: ContractMonth, due: readonly DueCause[]): Promise<void>;
};
