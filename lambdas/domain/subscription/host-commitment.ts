import { addMonths, type Period, type PlainDate } from '../calendar/period.ts';
import { periodWindow } from '../contract/billing-period.ts';
import type { Quantity } from '../numbers/amounts.ts';
import type { LinePrice } from '../usage/usage-line.ts';

export const COMMITMENT_YEARS = [1, 3] as const;
export const COMMITMENT_PAYMENTS = ['UPFRONT', 'MONTHLY'] as const;

/** What is asked for: years, and whether they are paid at once or month by month. */
export type CommitmentTerm = {
  years: (typeof COMMITMENT_YEARS)[number];
  payment: (typeof COMMITMENT_PAYMENTS)[number];
};

/** Hosts that a subscription is charged for whether they are used or not, at the price of its first month. */
export type HostCommitment = CommitmentTerm & {
  id: string;
  /** The first usage period that it is charged in: the one its first day lies in, as a whole. */
  first: Period;
  /** Hosts of each period, in the product's unit. */
  quantity: Quantity;
  /** Price and discount of the product as they were for the first month when it was ordered. */
  price: LinePrice;
};

export const periodsOf = ({ years }: Pick<CommitmentTerm, 'years'>): number => 12 * years;

/** The last usage period that a commitment is charged in. */
export function lastPeriodOf({ first, years }: Pick<HostCommitment, 'first' | 'years'>): Period {
  return addMonths(first, periodsOf({ years }) - 1);
}

/** The last day of a commitment: that of its last period. */
export function lastDayOf(commitment: Pick<HostCommitment, 'first' | 'years'>, anniversary: PlainDate): PlainDate {
  return periodWindow(anniversary, lastPeriodOf(commitment)).last;
}

/** The commitment that holds in a period. */
export function commitmentIn(commitments: readonly HostCommitment[], of: Period): HostCommitment | undefined {
  return commitments.find((each) => each.first <= of && of <= lastPeriodOf(each));
}

/**
 * What a commitment is charged in a period: its hosts month by month, or those of all its months in the first.
 * @returns 0 where nothing is charged any more
 */
export function instalmentIn(
  commitment: Pick<HostCommitment, 'first' | 'years' | 'payment' | 'quantity'>,
  of: Period,
): Quantity {
  const { first, payment, quantity } = commitment;
  if (payment === 'MONTHLY') return quantity;
  return (of === first ? quantity * BigInt(periodsOf(commitment)) : 0n) as Quantity;
}
