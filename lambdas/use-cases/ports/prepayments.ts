import type { PrepaymentBalance, PrepaymentEntry } from '../../domain/prepayment/ledger.ts';
import type { Change } from './changes.ts';

export type Prepayments = {
  /** The balance now; zero points at sequence 0 for a contract without entries. Strongly consistent. */
  balance(contractId: string): Promise<PrepaymentBalance>;
  /** All entries of a contract, oldest first. Strongly consistent. */
  entries(contractId: string): Promise<PrepaymentEntry[]>;
  /** The entry a source has made, if it has. */
  entryOf(
    contractId: string,
    kind: PrepaymentEntry['kind'],
    source: PrepaymentEntry['source'],
  ): Promise<PrepaymentEntry | undefined>;
  /** Adds an entry after the last one; refused when the ledger has moved on or the source has one of this kind. */
  posted(entry: PrepaymentEntry, balance: PrepaymentBalance): Change[];
};
