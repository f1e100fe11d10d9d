import type { Tier } from './product.ts';

/**
 * What is wrong with a product's tiers, a sentence each; empty when nothing is: they run from 0 upwards without a gap or
 * overlap and the last is open, so that every unit is counted once (domain.md §5.1).
 */
export function checkTiers(tiers: readonly Tier[]): string[] {
  if (tiers.length === 0) return ['a tiered product has at least one tier'];
  const faults: string[] = [];
  let reached: bigint | undefined = 0n;
  tiers.forEach((tier, index) => {
    const name = `tier ${index + 1}`;
    if (reached === undefined) faults.push(`${name} comes after a tier without an upper end`);
    else if (tier.from !== reached) faults.push(`${name} doesn't begin where the one before it ends (the first: at 0)`);
    if (tier.to !== undefined && tier.to <= tier.from) faults.push(`${name} ends before it begins`);
    reached = tier.to;
  });
  if (reached !== undefined)
    faults.push(`tier ${tiers.length}, the last, has an upper end: usage above it would be free`);
  return faults;
}
