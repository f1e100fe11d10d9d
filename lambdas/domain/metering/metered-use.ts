import type { Period } from '../calendar/period.ts';
import { trackOf } from '../catalogue/family.ts';
import type { Product } from '../catalogue/product.ts';
import type { Quantity } from '../numbers/amounts.ts';
import { compareCodePoints } from '../usage/canonical-order.ts';
import type { Reading, ReadingUse } from './reading.ts';
import { meteredQuantity, twiceUnitSeconds } from './rules.ts';

/** Why a reading, or a part of it, is never billed (domain.md §5 "vRAM metering"). */
export const NOT_BILLABLE_REASONS = ['TEST_METER', 'PERPETUAL', 'DEMO', 'POWERED_OFF', 'OUTSIDE_CONTRACT'] as const;
export type NotBillableReason = (typeof NOT_BILLABLE_REASONS)[number];

/** What one line of a contract's order is metered from: a product at a site for a customer. */
export type MeteredPlace = { productCode: string; siteId: string; customerNumber: string };

/** What readings add up to at a place, in twice 10^-6 units × seconds. */
type MeteredSum = MeteredPlace & { billable: bigint; notBillable: Partial<Record<NotBillableReason, bigint>> };

/** Sums by place; add to them with addMetered, of any number of meters. */
export type MeteredSums = Map<string, MeteredSum>;

/** What readings of one meter in one month count by, for one contract. */
export type MeteringTerms = {
  contractId: string;
  /** Of the contract, to take the products billed on it alone (trackOf). */
  track: ReturnType<typeof trackOf>;
  /** The contract's active days in the month, in seconds from its beginning; the second is excluded. */
  active: readonly [from: number, to: number];
  /** From this second on the meter is in production; undefined while it is in test. */
  productionFrom: number | undefined;
  /** Today's products of a code that a meter reports: several where a retired bundle became several. */
  productsOf: (code: string) => readonly Product[];
  /** Number of the end customer that a label stands for, empty where it stands for none. */
  customerOf: (label: string) => string;
};

/**
 * Adds a reading to what the products it names come to: each by its own metering rule, seconds that are never billed apart
 * from those that are. Nothing is rounded.
 */
export function addMetered(sums: MeteredSums, reading: Reading, terms: MeteringTerms): void {
  const { use } = reading;
  const siteId = use.places[terms.contractId];
  if (siteId === undefined) return;
  const parts = billedParts(reading, terms);
  const customerNumber = terms.customerOf(use.customer);
  for (const { code: productCode, metering } of productsIn(use, terms)) {
    if (!metering) continue;
    const key = JSON.stringify([productCode, siteId, customerNumber]);
    const sum = sums.get(key) ?? emptySum({ productCode, siteId, customerNumber });
    sums.set(key, sum);
    for (const [reason, seconds] of parts) {
      if (seconds === 0) continue;
      const twice = twiceUnitSeconds(metering, use, seconds);
      if (reason === 'BILLED') sum.billable += twice;
      else sum.notBillable[reason] = (sum.notBillable[reason] ?? 0n) + twice;
    }
  }
}

const emptySum = (place: MeteredPlace): MeteredSum => ({ ...place, billable: 0n, notBillable: {} });

/** Each of the products once, whatever codes name it, billed on the contract alone. */
function productsIn(use: ReadingUse, { track, productsOf }: MeteringTerms): readonly Product[] {
  const [only] = use.products;
  const named = use.products.length === 1 && only ? productsOf(only) : [...new Set(use.products.flatMap(productsOf))];
  return named.filter((product) => trackOf(product.family, product.kind) === track);
}

/** Seconds of a reading that are billed, and those that are not by reason. */
function billedParts(
  { from, to, use }: Reading,
  { active, productionFrom }: MeteringTerms,
): readonly (readonly ['BILLED' | NotBillableReason, number])[] {
  const whole = to - from;
  if (!use.poweredOn) return [['POWERED_OFF', whole]];
  if (use.category !== 'RENTAL') return [[use.category, whole]];
  const start = Math.min(Math.max(from, active[0]), to);
  const end = Math.max(Math.min(to, active[1]), start);
  const production = Math.min(Math.max(start, productionFrom ?? end), end);
  return [
    ['OUTSIDE_CONTRACT', whole - (end - start)],
    ['TEST_METER', production - start],
    ['BILLED', end - production],
  ];
}

/** What is billed at a place in a month; none where that is nothing. */
export type MeteredQuantity = MeteredPlace & { quantity: Quantity };

/** The month's quantities, rounded once each, in an order that depends on nothing else. */
export function meteredQuantities(sums: MeteredSums, of: Period): MeteredQuantity[] {
  return [...sums]
    .sort(([a], [b]) => compareCodePoints(a, b))
    .map(([, { billable, productCode, siteId, customerNumber }]) => ({
      productCode,
      siteId,
      customerNumber,
      quantity: meteredQuantity(billable, of),
    }))
    .filter(({ quantity }) => quantity > 0n);
}
