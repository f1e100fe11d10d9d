import type { MinorUnits } from '../numbers/amounts.ts';
import { divideFloor } from '../numbers/decimal.ts';
import { sortShort } from '../sort-short.ts';

/**
 * Splits a rounded sum over the exact shares it came from: each gets its floor, and the units left go one each to the
 * largest remainders, ties to the earlier share (domain.md §5 "Numbers").
 *
 * @param total the sum of the shares, rounded
 * @param shares exact amounts in units of one `one`-th of the minor unit, in canonical order
 * @returns one amount per share, less than one minor unit from it; they add up to `total`
 */
export function splitByLargestRemainder(total: MinorUnits, shares: readonly bigint[], one: bigint): MinorUnits[] {
  const parts: MinorUnits[] = [];
  const remainders: bigint[] = [];
  const indexes: number[] = [];
  let floors = 0n;
  for (let i = 0; i < shares.length; i++) {
    const share = shares[i] as bigint;
    const floor = divideFloor(share, one);
    parts.push(floor as MinorUnits);
    remainders.push(share - floor * one);
    indexes.push(i);
    floors += floor;
  }
  const left = Number(total - floors);
  if (left === 0) return parts;
  // A share without a remainder comes after all that have one, of which there are at least as many as units left.
  sortShort(indexes, (a, b) => {
    const ofA = remainders[a] as bigint;
    const ofB = remainders[b] as bigint;
    return ofA > ofB ? -1 : ofA < ofB ? 1 : a - b;
  });
  for (let i = 0; i < left; i++) {
    const index = indexes[i] as number;
    parts[index] = ((parts[index] as bigint) + 1n) as MinorUnits;
  }
  return parts;
}

/**
 * The same where the sum was not rounded from the shares alone, as the difference of two rounded sums is: it may be off
 * from theirs by more than their remainders. What is left then goes to the largest remainders one by one, or is taken from
 * the smallest, so that each part stays within two minor units of its share and they add up to `total`.
 */
export function splitDifference(total: MinorUnits, shares: readonly bigint[], one: bigint): MinorUnits[] {
  const floors = shares.map((share) => divideFloor(share, one));
  const order = shares.map((share, index) => ({ index, remainder: share - (floors[index] as bigint) * one }));
  order.sort((a, b) => (a.remainder > b.remainder ? -1 : a.remainder < b.remainder ? 1 : a.index - b.index));
  let left = total - floors.reduce((sum, floor) => sum + floor, 0n);
  if (left < 0n) order.reverse();
  const step = left < 0n ? -1n : 1n;
  while (left !== 0n) {
    for (const { index } of order) {
      if (left === 0n) break;
      floors[index] = (floors[index] as bigint) + step;
      left -= step;
    }
  }
  return floors as MinorUnits[];
}
