import type { Quantity } from '../numbers/amounts.ts';
import { maxOf, minOf } from '../numbers/decimal.ts';

/** Memory in 10^-6 GB. */
export type MemoryGb = Quantity;

const GB = 1_000_000n;
const MOST_BILLED = 24n * GB;

/**
 * Twice the memory a powered-on VM is billed for: min(24 GB, max(reserved, configured ÷ 2)), doubled so that half of an
 * odd millionth stays exact (domain.md §5 "vRAM metering").
 */
export function twiceBilledMemory(configured: MemoryGb, reserved: MemoryGb): bigint {
  return minOf(2n * MOST_BILLED, maxOf(2n * reserved, configured as bigint));
}

/** Use of one product at one site for one customer in a month, added up exactly: twice 10^-6 GB × seconds. */
export type VramUse = { twiceGbSeconds: bigint };

/** Adds a VM that was powered on for a number of whole seconds. */
export function addPowerOn(use: VramUse, configured: MemoryGb, reserved: MemoryGb, seconds: bigint): void {
  use.twiceGbSeconds += twiceBilledMemory(configured, reserved) * seconds;
}
