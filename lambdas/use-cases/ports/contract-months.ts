import type { Period } from '../../domain/calendar/period.ts';
import type { Change } from './changes.ts';

/**
 * How a month stands for a contract. OPEN: its terms may change. FROZEN: they may not any more (domain.md §6.1). SET_ASIDE:
 * the close has set the contract aside, as something was still due on it: its terms may change also when the month is frozen
 * for all others, and the contract isn't billed for it until it is taken back.
 */
export type MonthState = 'OPEN' | 'FROZEN' | 'SET_ASIDE';

/** A contract that a close has set aside, and why. */
export type AsideContract = { period: Period; contractId: string; run: string; reason: string };

export type ContractMonths = {
  /** Strongly consistent. */
  states(contractId: string, periods: readonly Period[]): Promise<ReadonlyMap<Period, MonthState>>;
  /** Refused when the month doesn't stand so any more. */
  still(contractId: string, period: Period, state: Exclude<MonthState, 'FROZEN'>): Change;
  /** Refused when the month is frozen, or over for the contract's part of the roster (ProgrammeDays.over). */
  stillRuns(contractId: string, period: Period): Change;
  /** Refused when the month is frozen. */
  setAside(contract: AsideContract): Change[];
  /** Says anew why a contract is still set aside; refused when it isn't. */
  keptAside(contract: AsideContract): Change;
  /** From here the month stands for it as for all others. */
  takenBack(contract: Pick<AsideContract, 'period' | 'contractId'>): Change;
  /** Those of a shard of the period's roster. Strongly consistent. */
  aside(period: Period, shard: number): AsyncIterable<AsideContract>;
};
