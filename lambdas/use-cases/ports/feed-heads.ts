import type { Change } from './changes.ts';

/**
 * Counts the changes of what a contract's feed is made of (deliveries, VeloCloud orders, records and commitments, what customers used, cost reports), so that nobody brings its orders up
 * to date by what was read before such a change.
 */
export type FeedHeads = {
  /** 0 where nothing was ever changed. Strongly consistent; to be read before what it counts the changes of. */
  version(contractId: string): Promise<number>;
  /** Committed with every such change; refused when another came first. */
  moved(contractId: string, version: number): Change;
  /** Refused when something was changed since. */
  still(contractId: string, version: number): Change;
};
