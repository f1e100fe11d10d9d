import type { Month } from '../lives/days.ts';
import { type Fraction, plus, short, ZERO } from '../lives/fractions.ts';
import { isSame } from './expected-usage.ts';

/** What the portal has of a month other than it must have. @param has by what it is of, as `must` */
export function quantityDifferences(
  month: Month,
  has: ReadonlyMap<string, Fraction>,
  must: ReadonlyMap<string, Fraction>,
): string[] {
  return [...new Set([...has.keys(), ...must.keys()])].flatMap((key) => {
    const [one, other] = [has.get(key) ?? ZERO, must.get(key) ?? ZERO];
    return isSame(one, other) ? [] : [`${key} of ${month} is ${short(one)}, must be ${short(other)}`];
  });
}

/** Quantities added up by what they are of. */
export function sumsOf(parts: readonly (readonly [key: string, quantity: Fraction])[]): Map<string, Fraction> {
  const sums = new Map<string, Fraction>();
  for (const [key, quantity] of parts) sums.set(key, plus(sums.get(key) ?? ZERO, quantity));
  return sums;
}
