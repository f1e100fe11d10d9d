import type { Contract } from '../contract/contract.ts';
import { awaitsForfeit } from '../contract/life-cycle.ts';
import type { Points } from '../numbers/amounts.ts';
import type { LedgerMovement, PrepaymentBalance } from './ledger.ts';

/** SETTLED: with a movement where something is left. */
export type Forfeit = { settled: false } | { settled: true; movement?: LedgerMovement };

/**
 * What becomes of the balance of a contract that has expired or was terminated: it is forfeited (domain.md §5 "PRE-PAY"),
 * once all of the contract's orders are billed, as the last of them still draw on it.
 *
 * @param unbilledOrders whether the contract has an order that is neither closed nor cancelled
 */
export function forfeitOf(
  contract: Pick<Contract, 'id' | 'status' | 'prepaid'>,
  balance: PrepaymentBalance,
  unbilledOrders: boolean,
): Forfeit {
  if (!awaitsForfeit(contract) || unbilledOrders) return { settled: false };
  if (balance.points <= 0n) return { settled: true };
  // An adjustment may bring some of a forfeited balance back: each forfeit names the entry it comes after.
  const source = { id: contract.id, revision: balance.sequence };
  return { settled: true, movement: { kind: 'FORFEIT', source, points: -balance.points as Points } };
}
