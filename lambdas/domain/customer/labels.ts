import { addMonths, type Period } from '../calendar/period.ts';
import type { ContractCustomer } from './customer.ts';

/** A label of usage meters and the months in which it names its customer. */
export type BoundLabel = {
  label: string;
  from: Period;
  /** The last month; absent while it is bound. */
  until?: Period;
};

/** Whether a label names its customer now and in what is to come. */
export const isBound = ({ until }: BoundLabel): boolean => until === undefined;

/**
 * A customer's labels when these are the ones that name it from a month on. What was bound in earlier months stays as it was;
 * what would end before it began is gone.
 */
export function rebound(labels: readonly BoundLabel[], wanted: readonly string[], from: Period): BoundLabel[] {
  const kept = labels.flatMap((each): BoundLabel[] => {
    if (!isBound(each) || wanted.includes(each.label)) return [each];
    return each.from < from ? [{ ...each, until: addMonths(from, -1) }] : [];
  });
  const bound = new Set(kept.filter(isBound).map(({ label }) => label));
  return [...kept, ...wanted.filter((label) => !bound.has(label)).map((label) => ({ label, from }))];
}

/** Which customer each label names in a month, by its number. */
export function customersByLabel(customers: readonly ContractCustomer[], of: Period): ReadonlyMap<string, string> {
  const named = customers.flatMap(({ customerNumber, labels }) =>
    labels
      .filter(({ from, until }) => from <= of && (until === undefined || of <= until))
      .map(({ label }) => [label, customerNumber] as const),
  );
  return new Map(named);
}

/** Which of these labels name another customer of the contract already. */
export function labelFaults(
  wanted: readonly string[],
  others: readonly ContractCustomer[],
): { field: string; message: string }[] {
  const taken = new Map(
    others.flatMap(({ labels, customerNumber }) =>
      labels.filter(isBound).map(({ label }) => [label, customerNumber] as const),
    ),
  );
  return wanted.flatMap((label, at) => {
    const field = `labels[${at}]`;
    if (wanted.indexOf(label) < at) return [{ field, message: 'is given twice' }];
    const customerNumber = taken.get(label);
    return customerNumber === undefined ? [] : [{ field, message: `names customer ${customerNumber} already` }];
  });
}
