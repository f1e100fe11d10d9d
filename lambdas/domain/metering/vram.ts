import { daysIn, type Period } from '../calendar/period.ts';
import type { Quantity } from '../numbers/amounts.ts';
import { divideHalfEven, maxOf, minOf } from '../numbers/decimal.ts';

/** Memory in 10^-6 GB. */
export type MemoryGb = Quantity;

const GB = 1_000_000n;
const MOST_BILLED = 24n * GB;
const SECONDS_PER_HOUR = 3600n;

/**
 * Twice the memory a powered-on VM is billed for: min(24 GB, max(reserved, configured ÷ 2)), doubled so that half of an
 * odd millionth stays exact (domain.md §5 "vRAM metering").
 */
function twiceBilledMemory(configured: MemoryGb, reserved: MemoryGb): bigint {
  return minOf(2n * MOST_BILLED, maxOf(2n * reserved, configured as bigint));
}

/** Use of one product at one site for one customer in a month, added up exactly: twice 10^-6 GB × seconds. */
export type VramUse = { twiceGbSeconds: bigint };

/** Adds a VM that was powered on for a number of whole seconds. */
export function addPowerOn(use: VramUse, configured: MemoryGb, reserved: MemoryGb, seconds: bigint): void {
  use.twiceGbSeconds += twiceBilledMemory(configured, reserved) * seconds;
}

/**
 * The month's quantity: Σ GB-hours ÷ hours of the month (672, 696, 720 or 744), rounded once to 6 decimals, half-even.
 */
export function vramQuantity(use: VramUse, of: Period): Quantity {
  const seconds = BigInt(daysIn(of) * 24) * SECONDS_PER_HOUR;
  return divideHalfEven(use.twiceGbSeconds, 2n * seconds) as Quantity;
}
