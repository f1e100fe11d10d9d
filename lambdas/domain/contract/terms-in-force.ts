import { addDays, lastDay, type Period, type PlainDate } from '../calendar/period.ts';
import type { ContractRevision } from './contract.ts';

/** The days a revision's terms hold, both counted; `until` is absent while they are open-ended. */
export type TermsInForce = { revision: ContractRevision; from: PlainDate; until?: PlainDate };

/**
 * When each revision's terms hold: from its first day to its agreed end, the day before the next revision begins or the
 * contract's last active day, whichever comes first. No day belongs to two. Of two that begin on one day the later counts.
 *
 * @param revisions all revisions of a contract, in any order
 * @param end last active day of the contract, where it is known
 */
export function termsInForce(revisions: readonly ContractRevision[], end?: PlainDate): TermsInForce[] {
  const inOrder = [...revisions].sort((a, b) =>
    a.from === b.from ? a.revision - b.revision : a.from < b.from ? -1 : 1,
  );
  return inOrder.flatMap((revision, index): TermsInForce[] => {
    const next = inOrder[index + 1];
    const until = earliest([revision.until, next && addDays(next.from, -1), end]);
    if (until === undefined) return [{ revision, from: revision.from }];
    return until < revision.from ? [] : [{ revision, from: revision.from, until }];
  });
}

/**
 * The revision whose price a month is charged at: the one of the month's last active day; in grace, the last terms
 * (domain.md §5 "Minimum commit of a month", §4 "Contract"). Undefined when the contract hadn't begun.
 */
export function revisionFor(
  revisions: readonly ContractRevision[],
  of: Period,
  end?: PlainDate,
): ContractRevision | undefined {
  return termsInForce(revisions, end).findLast(({ from }) => from <= lastDay(of))?.revision;
}

function earliest(dates: readonly (PlainDate | undefined)[]): PlainDate | undefined {
  let first: PlainDate | undefined;
  for (const date of dates) if (date !== undefined && (first === undefined || date < first)) first = date;
  return first;
}
