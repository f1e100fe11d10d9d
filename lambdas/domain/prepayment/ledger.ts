import type { Points } from '../numbers/amounts.ts';

/** What moves a prepayment balance; every entry names its source (domain.md §2, §5). */
export type PrepaymentEntryKind = 'CREDIT' | 'DRAW' | 'REVERSAL' | 'FORFEIT';

/** An entry of the append-only prepayment ledger of one contract. */
export type PrepaymentEntry = {
  contractId: string;
  /** 1 for the first entry, then one more each: an entry is added only after the one before it. */
  sequence: number;
  kind: PrepaymentEntryKind;
  /** Contract request or billing order (with revision) that caused it. */
  source: { id: string; revision: number };
  /** Change of the balance: positive for credits. */
  points: Points;
  balanceAfter: Points;
};

/** A change of a balance before it has its place in the ledger. */
export type LedgerMovement = Pick<PrepaymentEntry, 'kind' | 'source' | 'points'>;

/** The balance of a contract and where its ledger stands. */
export type PrepaymentBalance = { contractId: string; points: Points; sequence: number };

export type PostResult =
  | { ok: true; entry: PrepaymentEntry; balance: PrepaymentBalance }
  | { ok: false; reason: 'BALANCE_TOO_LOW' };

/** The entry that a movement adds to a ledger, and the balance after it. A movement below zero is refused. */
export function postToLedger(balance: PrepaymentBalance, movement: LedgerMovement): PostResult {
  const after = (balance.points + movement.points) as Points;
  if (after < 0n) return { ok: false, reason: 'BALANCE_TOO_LOW' };
  const sequence = balance.sequence + 1;
  const { contractId } = balance;
  return {
    ok: true,
    entry: { contractId, sequence, ...movement, balanceAfter: after },
    balance: { contractId, points: after, sequence },
  };
}
