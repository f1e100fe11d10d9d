import * as fc from 'fast-check';
import { period } from '../../../lambdas/domain/calendar/period.ts';
import type { Charge } from '../../../lambdas/domain/charging/charge.ts';
import { chargePoints, type PointsTerms } from '../../../lambdas/domain/charging/charge-points.ts';
import type { Tiers } from '../../../lambdas/domain/charging/line-points.ts';
import {
  type MinorUnits,
  points,
  pointsPerUnit,
  quantity,
  split,
  unitPrice,
} from '../../../lambdas/domain/numbers/amounts.ts';
import type { UsageLine } from '../../../lambdas/domain/usage/usage-line.ts';
import { OCTOBER, pointsTerms, usageLine } from './builders.ts';
import type { LineText, OrderText } from './reference-charge.ts';

/** Decimal literals from 0 to below `most`, of up to `decimals` decimals; round ones are frequent. */
export function decimalText(most: number, decimals: number): fc.Arbitrary<string> {
  return fc
    .tuple(fc.nat(most - 1), fc.integer({ min: 0, max: decimals }), fc.nat(10 ** decimals - 1))
    .map(([whole, used, fraction]) =>
      used === 0 ? String(whole) : `${whole}.${String(fraction).padStart(decimals, '0').slice(0, used)}`,
    );
}

/** A period of the years 1990–2150. */
export const anyPeriod = fc
  .tuple(fc.integer({ min: 1990, max: 2150 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, month]) => period(`${year}-${String(month).padStart(2, '0')}`));

// The last two differ in a surrogate and a character above the surrogates.
const SITES = ['', 'Site A', 'Site B', 'Älmhult', '東京', '\u{1F600}', '\uFFFF'];
const PRODUCTS = ['FLAT-1', 'FLAT-2', 'TIERED-1', 'TIERED-2', 'constructor'];
const DIGITS: ReadonlyArray<readonly [string, number]> = [
  ['USD', 2],
  ['JPY', 0],
  ['BHD', 3],
];

const anyTiers = fc
  .array(fc.record({ width: decimalText(50, 3), ppu: decimalText(9, 4), split: decimalText(2, 4) }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((widths) => {
    let from = 0;
    return widths.map(({ width, ppu, split: factor }, index) => {
      // Whole thousandths, so that ranges join exactly.
      const start = from;
      from += Math.round(Number(width) * 1000) + 1;
      const text = (thousandths: number) => (thousandths / 1000).toFixed(3);
      return index === widths.length - 1
        ? { from: text(start), ppu, split: factor }
        : { from: text(start), to: text(from), ppu, split: factor };
    });
  });

const anyLine: fc.Arbitrary<Omit<LineText, 'id'>> = fc
  .record({
    site: fc.constantFrom(...SITES),
    product: fc.constantFrom(...PRODUCTS),
    customer: fc.constantFrom('', 'C-1', 'C-2'),
    quantity: fc.oneof(decimalText(200, 6), fc.constant('0'), fc.constantFrom('1', '2.5', '10')),
    ppu: fc.oneof(decimalText(10, 4), fc.constant('1')),
    minQuantity: fc.option(decimalText(20, 3), { nil: undefined }),
    inside: fc.boolean(),
  })
  .map(({ minQuantity, ...line }) => (minQuantity === undefined ? line : { ...line, minQuantity }));

/** Any order of a points family: PAY-GO and CUSTOM look alike here, PRE-PAY has a balance. */
export const anyOrder: fc.Arbitrary<{ currency: string; order: OrderText }> = fc
  .record({
    currency: fc.constantFrom(...DIGITS),
    minimum: fc.oneof(fc.constant('0'), decimalText(3000, 2)),
    price: fc.oneof(decimalText(3, 6), fc.constantFrom('0.5', '1', '0.3')),
    overagePrice: fc.option(decimalText(3, 6), { nil: undefined }),
    balance: fc.option(fc.oneof(fc.constant('0'), decimalText(4000, 4)), { nil: undefined }),
    settlement: fc.option(fc.integer({ min: 1, max: 1_000_000 }), { nil: undefined, freq: 2 }),
    lines: fc.array(anyLine, { maxLength: 12 }),
    first: anyTiers,
    second: anyTiers,
  })
  .map(({ currency: [currency, digits], minimum, price, overagePrice, balance, settlement, lines, first, second }) => ({
    currency,
    order: {
      digits,
      minimum,
      price,
      ...(overagePrice === undefined ? {} : { overagePrice }),
      ...(balance === undefined ? {} : { balance }),
      ...(settlement === undefined ? {} : { settlement }),
      lines: lines.map((line, index) => ({ ...line, id: `line-${index}` })),
      tiers: { 'TIERED-1': first, 'TIERED-2': second },
    },
  }));

/** Charges an order given as text. */
export function chargeText(currency: string, order: OrderText): Charge {
  return chargePoints(OCTOBER, usageOfText(order), termsOfText(currency, order));
}

/** The terms of an order given as text. */
export function termsOfText(currency: string, order: OrderText): PointsTerms {
  const tiers: Tiers = new Map(
    Object.entries(order.tiers).map(([code, ranges]) => [
      code,
      ranges.map(({ from, to, ppu, split: factor }) => ({
        from: quantity(from),
        ...(to === undefined ? {} : { to: quantity(to) }),
        pointsPerUnit: pointsPerUnit(ppu),
        split: split(factor),
      })),
    ]),
  );
  return pointsTerms(order.minimum, order.price, {
    currency,
    tiers,
    ...(order.overagePrice === undefined ? {} : { overagePrice: unitPrice(order.overagePrice) }),
    ...(order.balance === undefined ? {} : { balance: points(order.balance) }),
    ...(order.settlement === undefined ? {} : { settlement: BigInt(order.settlement) as MinorUnits }),
  });
}

/** The usage lines of an order given as text. */
export function usageOfText(order: OrderText): UsageLine[] {
  return order.lines.map((line) =>
    usageLine(line.id, line.quantity, line.ppu, {
      siteName: line.site,
      productCode: line.product,
      customerNumber: line.customer,
      inMinCommit: line.inside,
      ...(line.minQuantity === undefined ? {} : { minQuantity: quantity(line.minQuantity) }),
    }),
  );
}
