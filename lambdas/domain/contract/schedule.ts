import {
  addDays,
  addMonths,
  addMonthsToDate,
  firstDay,
  monthsBetween,
  type Period,
  type PlainDate,
  periodOf,
} from '../calendar/period.ts';
import { NO_POINTS, type Points } from '../numbers/amounts.ts';
import type { Contract, ContractRevision } from './contract.ts';
import { revisionFor } from './terms-in-force.ts';

/** Entries a schedule of minimum commits has: one for each month, one more when the term begins within a month. */
export function scheduleLength(from: PlainDate, termMonths: number): number {
  return from === firstDay(periodOf(from)) ? termMonths : termMonths + 1;
}

/** Last day of a term: 21 March 2022 and 12 months → 20 March 2023 (domain.md §3). */
export function lastDayOfTerm(from: PlainDate, termMonths: number): PlainDate {
  return addDays(addMonthsToDate(from, termMonths), -1);
}

/**
 * The minimums agreed for each month of the term that runs now, whatever revision they stand in; months without an entry
 * are 0. Empty for a contract without a term.
 */
export function scheduleOf(
  contract: Pick<Contract, 'termFrom' | 'termMonths'>,
  revisions: readonly ContractRevision[],
): Points[] {
  const { termFrom, termMonths } = contract;
  if (termMonths === undefined) return [];
  return Array.from({ length: scheduleLength(termFrom, termMonths) }, (_, index) =>
    entryOf(revisions, addMonths(periodOf(termFrom), index)),
  );
}

function entryOf(revisions: readonly ContractRevision[], of: Period): Points {
  const revision = revisionFor(revisions, of);
  return revision?.minCommits?.[monthsBetween(periodOf(revision.from), of)] ?? NO_POINTS;
}
