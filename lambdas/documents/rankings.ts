import { addPoints, points } from '../domain/numbers/amounts.ts';
import { compareCodePoints } from '../domain/usage/canonical-order.ts';

/** Something with what it was billed for. */
export type Billed = { key: string; name: string; points: string };

export type Ranked = Billed & { rank: number; documents: number };

/** What adds up to the most points first; equal ones in the order of their keys, with the same rank. */
export function rankedByPoints(billed: readonly Billed[]): Ranked[] {
  const sums = new Map<string, Omit<Ranked, 'rank'>>();
  for (const { key, name, points: more } of billed) {
    const before = sums.get(key);
    const sum = addPoints(before?.points ?? '0', more);
    sums.set(key, { key, name, points: sum, documents: (before?.documents ?? 0) + 1 });
  }
  const sorted = [...sums.values()].sort((a, b) => byPoints(a, b) || compareCodePoints(a.key, b.key));
  const ranks: number[] = [];
  sorted.forEach((each, index) => {
    const before = sorted[index - 1];
    ranks.push(before && byPoints(before, each) === 0 ? (ranks[index - 1] as number) : index + 1);
  });
  return sorted.map((each, index) => ({ ...each, rank: ranks[index] as number }));
}

function byPoints(a: { points: string }, b: { points: string }): number {
  const [ofA, ofB] = [points(a.points), points(b.points)];
  return ofA > ofB ? -1 : ofA < ofB ? 1 : 0;
}
