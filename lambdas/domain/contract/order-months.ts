import {
  addDays,
  addMonths,
  addMonthsToDate,
  firstDay,
  lastDay,
  type Period,
  type PlainDate,
} from '../calendar/period.ts';
import { periodWindow } from './billing-period.ts';
import type { Contract } from './contract.ts';
import type { ContractStatus } from './status.ts';

type Life = Pick<Contract, 'status' | 'bolDate' | 'eolDate' | 'graceTermMonths' | 'anniversary'>;

const NEVER_ACTIVE: ReadonlySet<ContractStatus> = new Set(['DRAFT', 'CREATE_IN_PROCESS', 'REJECTED']);
// Grace follows an expiry; an end that somebody decided is final.
const WITHOUT_GRACE: ReadonlySet<ContractStatus> = new Set(['TERMINATED', 'DEACTIVATED']);

/**
 * Last day a contract's usage is billed: its last active day, or the last of the months of grace that begin on the day
 * after (eolDate 28 February, 1 month → 31 March); undefined while open-ended (domain.md §3, §4 "Contract").
 */
export function lastBilledDay(contract: Life): PlainDate | undefined {
  const { eolDate, graceTermMonths, status } = contract;
  if (eolDate === undefined || graceTermMonths === 0 || WITHOUT_GRACE.has(status)) return eolDate;
  return addDays(addMonthsToDate(addDays(eolDate, 1), graceTermMonths), -1);
}

/** Why a contract can't have usage of a day: it is before its first billed day, or after its last; undefined when it can. */
export function dayFault(contract: Life, day: PlainDate): string | undefined {
  if (day < contract.bolDate) return `is before the contract begins, ${contract.bolDate}`;
  const last = lastBilledDay(contract);
  return last !== undefined && day > last ? `is after the contract has ended, ${last}` : undefined;
}

/**
 * Whether a contract has a billing order in a period: at least one active or grace day, whatever its status by then; one
 * that was never activated has none (domain.md §3 "Which contracts have an MBO").
 */
export function hasBillingOrder(contract: Life, of: Period): boolean {
  if (NEVER_ACTIVE.has(contract.status)) return false;
  const last = lastBilledDay(contract);
  const window = periodWindow(contract.anniversary, of);
  const begins = contract.bolDate > window.first ? contract.bolDate : window.first;
  return begins <= window.last && (last === undefined || last >= window.first);
}

/** First and last day of a month that usage of a contract is billed, days of grace among them; undefined where there is none. */
export function billedDays(contract: Life, of: Period): readonly [first: PlainDate, last: PlainDate] | undefined {
  if (!hasBillingOrder(contract, of)) return undefined;
  const [first, end] = [firstDay(of), lastDay(of)];
  const last = lastBilledDay(contract) ?? end;
  return [contract.bolDate > first ? contract.bolDate : first, last < end ? last : end];
}

// Readings of a month are taken for 90 days after it; a year holds whatever is done late.
const MONTHS_LOOKED_AT = 12;

/**
 * Months up to the running one whose billed days are others since a contract was changed: what was metered in them counts
 * anew. None of one that had no billed day before: nothing was counted then.
 */
export function monthsCountedAnew(before: Life, after: Life, running: Period): Period[] {
  const months = Array.from({ length: MONTHS_LOOKED_AT }, (_, n) => addMonths(running, -n));
  const known = months.map((of) => ({ of, was: billedDays(before, of)?.join(), is: billedDays(after, of)?.join() }));
  if (known.every(({ was }) => was === undefined)) return [];
  return known.flatMap(({ of, was, is }) => (was === is ? [] : of));
}
