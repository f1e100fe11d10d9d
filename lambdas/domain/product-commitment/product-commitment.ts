import { addMonths, firstDay, type Period, type PlainDate } from '../calendar/period.ts';
import type { Quantity } from '../numbers/amounts.ts';
import { type Transition, transition } from '../transitions.ts';

/** States of a product commitment (domain.md §4 "Product commitment"). */
export const PRODUCT_COMMITMENT_STATUSES = ['ACTIVE', 'COMPLETED'] as const;
export type ProductCommitmentStatus = (typeof PRODUCT_COMMITMENT_STATUSES)[number];

export const PRODUCT_COMMITMENT_TRANSITIONS: readonly Transition<ProductCommitmentStatus, 'SYSTEM'>[] = [
  { from: 'ACTIVE', to: 'COMPLETED', by: 'SYSTEM', verb: 'complete' },
];

/** Terms by what they are called, in months. */
export const MONTHS_OF_TERM = { YEAR_1: 12, YEAR_3: 36, YEAR_4: 48, YEAR_5: 60 } as const;
export type CommitmentTerm = keyof typeof MONTHS_OF_TERM;
export const COMMITMENT_TERMS = Object.keys(MONTHS_OF_TERM) as [CommitmentTerm, ...CommitmentTerm[]];

export const PAYMENTS = ['MONTHLY'] as const;

/** A term of a commitment: its months, both counted, and the quantity of each. */
export type Segment = { from: Period; until: Period; quantity: Quantity };

/** A quantity of a product that an end customer of an LPCaaS contract commits to for each month (domain.md §5). */
export type ProductCommitment = {
  id: string;
  contractId: string;
  contractNumber: string;
  serviceProviderId: string;
  aggregatorId: string;
  customerId: string;
  customerNumber: string;
  product: { id: string; code: string; name: string };
  uom: string;
  /** For the service provider's own reference. */
  name: string;
  term: CommitmentTerm;
  payment: (typeof PAYMENTS)[number];
  /** One for each term, without a gap; never empty. */
  segments: readonly Segment[];
  status: ProductCommitmentStatus;
  /** The next month that its contract's order has to be told of it. */
  nextMonth: Period;
  createdTime: string;
  lastModifiedTime: string;
  /** Counts writes: a write names the version it has read. */
  version: number;
};

export const firstMonth = ({ segments }: Pick<ProductCommitment, 'segments'>): Period => (segments[0] as Segment).from;
export const lastMonth = ({ segments }: Pick<ProductCommitment, 'segments'>): Period =>
  (segments.at(-1) as Segment).until;

/** The segment that a month lies in. */
export function segmentIn({ segments }: Pick<ProductCommitment, 'segments'>, of: Period): Segment | undefined {
  return segments.find(({ from, until }) => from <= of && of <= until);
}

/** The months of a term that begins in a month. */
export const segmentFrom = (from: Period, term: CommitmentTerm, quantity: Quantity): Segment => ({
  from,
  until: addMonths(from, MONTHS_OF_TERM[term] - 1),
  quantity,
});

/** The segment that a renewal adds: as the last one, right after it. */
export function nextSegment({ segments, term }: Pick<ProductCommitment, 'segments' | 'term'>): Segment {
  const last = segments.at(-1) as Segment;
  return segmentFrom(addMonths(last.until, 1), term, last.quantity);
}

/** The day on which a commitment has to be looked at; undefined once it is over. */
export function productCommitmentDueOn({
  status,
  nextMonth,
}: Pick<ProductCommitment, 'status' | 'nextMonth'>): PlainDate | undefined {
  return status === 'ACTIVE' ? firstDay(nextMonth) : undefined;
}

/**
 * What is due on a commitment in a month: the month to tell the contract's order of, unless it is over by then, and where the
 * commitment is afterwards. Undefined when nothing is due.
 */
export function dueMonth(
  commitment: ProductCommitment,
  running: Period,
): { told?: Period; after: ProductCommitment } | undefined {
  const { status, nextMonth } = commitment;
  if (status !== 'ACTIVE' || nextMonth > running) return undefined;
  if (nextMonth <= lastMonth(commitment)) {
    return { told: nextMonth, after: { ...commitment, nextMonth: addMonths(nextMonth, 1) } };
  }
  const moved = transition(PRODUCT_COMMITMENT_TRANSITIONS, status, 'complete', 'SYSTEM');
  return moved.ok ? { after: { ...commitment, status: moved.to } } : undefined;
}

/** Whether two commitments would be of the same customer and product in a month. */
export function overlaps(
  a: Pick<ProductCommitment, 'customerId' | 'product' | 'segments'>,
  b: Pick<ProductCommitment, 'customerId' | 'product' | 'segments'>,
): boolean {
  if (a.customerId !== b.customerId || a.product.code !== b.product.code) return false;
  return firstMonth(a) <= lastMonth(b) && firstMonth(b) <= lastMonth(a);
}
