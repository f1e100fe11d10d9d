import type { Period } from '../calendar/period.ts';
import type { CustomerMinimum } from '../customer-commitment/customer-minimums.ts';
import { NO_POINTS, type Points, type UnitPrice } from '../numbers/amounts.ts';
import { maxOf } from '../numbers/decimal.ts';
import type { UsageLine } from '../usage/usage-line.ts';
import type { ChargeLine } from './charge.ts';
import { lineOutsideUsage } from './charge-lines.ts';

/** How a month stands against what an end customer has committed to (domain.md §5 "SOV."). */
export type CustomerCommit = CustomerMinimum & {
  /** Points of its usage in the commit. */
  reported: Points;
  underage: Points;
};

/** Adds up points in the commit by end customer, of those that have a minimum. */
export type CustomerSums = {
  /** Counts a line's points; those of usage outside the commit, or of anybody else, count for nobody. */
  add(line: Pick<UsageLine, 'customerNumber' | 'inMinCommit'>, points: Points): void;
  commits(): CustomerCommit[];
  /** What the customers' underage, and what is outstanding, add to what was reported. */
  added(): Points;
};

export function customerSums(minimums: readonly CustomerMinimum[] = []): CustomerSums {
  const reported = new Map(minimums.map(({ customerNumber }) => [customerNumber, NO_POINTS]));
  const commits = () =>
    minimums.map((minimum): CustomerCommit => {
      const used = reported.get(minimum.customerNumber) ?? NO_POINTS;
      return { ...minimum, reported: used, underage: maxOf(NO_POINTS, (minimum.minimumCommit - used) as Points) };
    });
  return {
    add: ({ customerNumber, inMinCommit }, points) => {
      const before = inMinCommit ? reported.get(customerNumber) : undefined;
      if (before !== undefined) reported.set(customerNumber, (before + points) as Points);
    },
    commits,
    added: () =>
      commits().reduce(
        (sum, { underage, outstanding = NO_POINTS }) => (sum + underage + outstanding) as Points,
        NO_POINTS,
      ),
  };
}

/** Lines for what customers' usage lacks to their minimums, and for what falls due with an early end. */
export function customerLines(period: Period, commits: readonly CustomerCommit[], unitPrice: UnitPrice): ChargeLine[] {
  const line = (kind: ChargeLine['kind'], customerNumber: string, description: string, points: Points): ChargeLine => ({
    ...lineOutsideUsage(period),
    kind,
    description,
    customerNumber,
    points,
    unitPrice,
    inMinCommit: true,
  });
  const underage = commits
    .filter((commit) => commit.underage > NO_POINTS)
    .map((commit) =>
      line('CUSTOMER_UNDERAGE', commit.customerNumber, "End customer's minimum commit not reached", commit.underage),
    );
  const outstanding = commits.flatMap((commit) =>
    commit.outstanding === undefined
      ? []
      : [
          line(
            'CUSTOMER_OUTSTANDING',
            commit.customerNumber,
            'Due of an end customer at the early end',
            commit.outstanding,
          ),
        ],
  );
  return [...underage, ...outstanding];
}
