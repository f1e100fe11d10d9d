import { addDays, firstDay, type Period, type PlainDate, periodOf } from '../calendar/period.ts';
import { periodWindow } from './billing-period.ts';
import type { ContractRevision } from './contract.ts';

/** The days a revision's terms hold, both counted; `until` is absent while they are open-ended. */
export type TermsInForce = { revision: ContractRevision; from: PlainDate; until?: PlainDate };

/**
 * When each revision's terms hold: from its first day to its agreed end, the day before the next revision begins or the
 * contract's last active day, whichever comes first. No day belongs to two. Of two that begin on one day the later counts.
 *
 * What begins on the 1st of a month begins with the period that bears the month, where periods follow an anniversary.
 *
 * @param revisions all revisions of a contract, in any order
 * @param end last active day of the contract, where it is known
 * @param anniversary see periodWindow
 */
export function termsInForce(
  revisions: readonly ContractRevision[],
  end?: PlainDate,
  anniversary?: PlainDate,
): TermsInForce[] {
  const inOrder = [...revisions].sort((a, b) =>
    a.from === b.from ? a.revision - b.revision : a.from < b.from ? -1 : 1,
  );
  return inOrder.flatMap((revision, index): TermsInForce[] => {
    const next = inOrder[index + 1];
    const from = beginOf(revision, anniversary);
    const until = earliest([revision.until, next && addDays(beginOf(next, anniversary), -1), end]);
    if (until === undefined) return [{ revision, from }];
    return until < from ? [] : [{ revision, from, until }];
  });
}

/** First day that a revision's terms hold. */
export function beginOf({ from }: Pick<ContractRevision, 'from'>, anniversary: PlainDate | undefined): PlainDate {
  const month = periodOf(from);
  const isMoved = anniversary !== undefined && from === firstDay(month) && month > periodOf(anniversary);
  return isMoved ? periodWindow(anniversary, month).first : from;
}

/**
 * The revision whose price a month is charged at: the one of the month's last active day; in grace, the last terms
 * (domain.md §5 "Minimum commit of a month", §4 "Contract"). Undefined when the contract hadn't begun.
 */
export function revisionFor(
  revisions: readonly ContractRevision[],
  of: Period,
  end?: PlainDate,
  anniversary?: PlainDate,
): ContractRevision | undefined {
  const { last } = periodWindow(anniversary, of);
  return termsInForce(revisions, end, anniversary).findLast(({ from }) => from <= last)?.revision;
}

function earliest(dates: readonly (PlainDate | undefined)[]): PlainDate | undefined {
  let first: PlainDate | undefined;
  for (const date of dates) if (date !== undefined && (first === undefined || date < first)) first = date;
  return first;
}
