import type { Period, PlainDate } from '../../domain/calendar/period.ts';
import type { CustomerUse } from '../../domain/product-commitment/month-usage.ts';
import type { ProductCommitment } from '../../domain/product-commitment/product-commitment.ts';
import type { Change } from './changes.ts';

/** What the feed has said of a month of a contract; version 0 where it has said nothing yet. */
export type SaidUse = { contractId: string; period: Period; used: readonly CustomerUse[]; version: number };

export type ProductCommitments = {
  /** Strongly consistent. */
  get(contractId: string, id: string): Promise<ProductCommitment | undefined>;
  /** All of a contract, in no particular order. Strongly consistent. */
  ofContract(contractId: string): Promise<ProductCommitment[]>;
  created(commitment: ProductCommitment): Change;
  /** As Contracts.changed. */
  changed(commitment: ProductCommitment, now: Date): Change;
  /** Those of a shard with a month that begins on a day or before it, earliest first; may lag behind by a moment. */
  due(shard: number, on: PlainDate): AsyncIterable<{ contractId: string; id: string }>;
  /** Strongly consistent. */
  saidUse(contractId: string, period: Period): Promise<SaidUse>;
  /** In place of what was said before; `version` is the version read. */
  useSaid(said: SaidUse): Change;
};
