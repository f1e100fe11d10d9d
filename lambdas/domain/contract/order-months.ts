import { addDays, addMonthsToDate, type Period, type PlainDate } from '../calendar/period.ts';
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
