import type { Quantity } from '../numbers/amounts.ts';

/** What a licence of a VM is for: only what is rented is charged (domain.md §5 "vRAM metering"). */
export const LICENCE_CATEGORIES = ['RENTAL', 'PERPETUAL', 'DEMO'] as const;
export type LicenceCategory = (typeof LICENCE_CATEGORIES)[number];

/** What a meter says of a source (a VM, a host, a volume) for a time. */
export type ReadingUse = {
  /** The same text for the same use, and for no other: how two readings of one hour are compared. */
  key: string;
  /** Codes of the products in use on it, as they were reported: one amount counts for each of them. */
  products: readonly string[];
  category: LicenceCategory;
  /** Of a host: at least one VM on it is powered on. Without it the reading says that nothing was used. */
  poweredOn: boolean;
  /** Memory in GB: what the VM has, and how much of it is reserved for it. */
  configured: Quantity;
  reserved: Quantity;
  /** Of a host. */
  cores: Quantity;
  /** GB of a volume. */
  capacity: Quantity;
  /** Label of the end customer; empty when the reading names none. */
  customer: string;
  /**
   * Id of the usage site by contract, for each contract that the reading counts for; empty where the contract has no
   * sites. As it was when the reading came: moving the meter changes nothing that it has reported.
   */
  places: Readonly<Record<string, string>>;
};

/** A reading of a month, `from` and `to` in whole seconds from the month's beginning, `to` excluded. */
export type Reading = {
  source: string;
  from: number;
  to: number;
  /** The meter's own count of its uploads: of two that say something of the same hour the higher one holds. */
  sequence: number;
  use: ReadingUse;
};

/** The key of a use, from all that was reported of it. */
export function useKey(use: Omit<ReadingUse, 'key' | 'places'>, site: string): string {
  const { products, category, poweredOn, configured, reserved, cores, capacity, customer } = use;
  const amounts = [configured, reserved, cores, capacity].map(String);
  return JSON.stringify([[...products].sort(), category, poweredOn, amounts, customer, site]);
}
