import { daysIn, type Period } from '../calendar/period.ts';
import type { Quantity } from '../numbers/amounts.ts';
import { divideHalfEven } from '../numbers/decimal.ts';
import type { ReadingUse } from './reading.ts';
import { twiceBilledMemory } from './vram.ts';

/** How a product's month is made of readings; products name theirs in the catalogue (domain.md §5 "vRAM metering"). */
export const METERING_RULES = ['VRAM', 'HOST_CORES', 'CAPACITY'] as const;
export type MeteringRule = (typeof METERING_RULES)[number];

/** What a source counts while it is powered on, doubled so that half of an odd millionth of a GB stays exact. */
const TWICE_UNITS: Readonly<Record<MeteringRule, (use: ReadingUse) => bigint>> = {
  // Billed memory of a VM.
  VRAM: ({ configured, reserved }) => twiceBilledMemory(configured, reserved),
  // Cores of a host on which at least one VM is powered on.
  HOST_CORES: ({ cores }) => 2n * cores,
  // GB that a volume has.
  CAPACITY: ({ capacity }) => 2n * capacity,
};

/** Twice 10^-6 units × seconds: what a reading adds to a product of a rule. */
export function twiceUnitSeconds(rule: MeteringRule, use: ReadingUse, seconds: number): bigint {
  return TWICE_UNITS[rule](use) * BigInt(seconds);
}

/**
 * The month's quantity: Σ units × seconds ÷ seconds of the month, which is the average over its hours; rounded once to
 * 6 decimals, half-even, over all meters (domain.md §5 "vRAM metering").
 */
export function meteredQuantity(twice: bigint, of: Period): Quantity {
  return divideHalfEven(twice, 2n * BigInt(secondsOf(of))) as Quantity;
}

/** Seconds of a month: 28 to 31 days of 86,400. */
export function secondsOf(of: Period): number {
  return daysIn(of) * 86_400;
}
