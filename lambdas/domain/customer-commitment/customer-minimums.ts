import { type Period, periodOf } from '../calendar/period.ts';
import type { Contract } from '../contract/contract.ts';
import { hasGoneOver } from '../contract/gone-over.ts';
import { lastBilledDay } from '../contract/order-months.ts';
import { NO_POINTS, type Points, sum } from '../numbers/amounts.ts';
import { compareCodePoints } from '../usage/canonical-order.ts';
import type { CustomerCommitment } from './customer-commitment.ts';

/** What an end customer has committed to in a month of a contract. */
export type CustomerMinimum = {
  customerNumber: string;
  /** What its usage in the commit has to come to. */
  minimumCommit: Points;
  /** Entries of later months that fall due with this one, as the contract ended early; absent without any. */
  outstanding?: Points;
};

/**
 * What the end customers of a contract have committed to in a month, in the order of their numbers (domain.md §5 "SOV."). On
 * the contract's last month what is left of their commitments falls due, unless it goes on at another aggregator: then it does there.
 *
 * @param commitments all of the contract, and of those at other aggregators that it was
 */
export function customerMinimums(
  commitments: readonly CustomerCommitment[],
  contract: Pick<Contract, 'status' | 'bolDate' | 'eolDate' | 'graceTermMonths' | 'swappedTo'>,
  of: Period,
): CustomerMinimum[] {
  const last = lastBilledDay(contract);
  const isLast = last !== undefined && periodOf(last) === of && !hasGoneOver(contract);
  const live = commitments.filter(({ status }) => status !== 'CANCELLED');
  return [...Map.groupBy(live, ({ customerNumber }) => customerNumber)]
    .sort(([a], [b]) => compareCodePoints(a, b))
    .map(([customerNumber, all]): CustomerMinimum => {
      const entries = all.flatMap(({ minCommits }) => Object.entries(minCommits) as [Period, Points][]);
      const sumOf = (counts: (month: Period) => boolean) =>
        sum(entries.filter(([month]) => counts(month)).map(([, entry]) => entry));
      const outstanding = isLast ? sumOf((month) => month > of) : NO_POINTS;
      return {
        customerNumber,
        minimumCommit: sumOf((month) => month === of),
        ...(outstanding !== NO_POINTS && { outstanding }),
      };
    })
    .filter(({ minimumCommit, outstanding }) => minimumCommit !== NO_POINTS || outstanding !== undefined);
}
