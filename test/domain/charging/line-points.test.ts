import * as fc from 'fast-check';
import type { Tier } from '../../../lambdas/domain/catalogue/product.ts';
import { billedQuantity, linePoints, type Tiers, tierParts } from '../../../lambdas/domain/charging/line-points.ts';
import {
  formatPoints,
  NO_SPLIT,
  pointsPerUnit,
  quantity,
  split,
  sum,
} from '../../../lambdas/domain/numbers/amounts.ts';
import { decimalText } from '../support/arbitraries.ts';
import { usageLine } from '../support/builders.ts';

const tiersOf = (...ranges: Tier[]): Tiers => new Map([['P', ranges]]);
const NO_TIERS: Tiers = new Map();
const GRADUATED = tiersOf(
  { from: quantity('0'), to: quantity('100'), pointsPerUnit: pointsPerUnit('3'), split: split('0.5') },
  { from: quantity('100'), to: quantity('250.5'), pointsPerUnit: pointsPerUnit('2'), split: NO_SPLIT },
  { from: quantity('250.5'), pointsPerUnit: pointsPerUnit('1.25'), split: split('0.3333') },
);
const line = (id: string, amount: string) => usageLine(id, amount, '9', { productCode: 'P', siteName: id });

test('Worked example 7: tiers are graduated over the product’s whole quantity, each part with its split', () => {
  expect(linePoints([line('A', '100')], GRADUATED).map(formatPoints)).toEqual(['150']);
  const two = tiersOf(
    { from: quantity('0'), to: quantity('100'), pointsPerUnit: pointsPerUnit('3'), split: NO_SPLIT },
    { from: quantity('100'), pointsPerUnit: pointsPerUnit('2'), split: NO_SPLIT },
  );
  expect(linePoints([line('A', '80'), line('B', '80')], two).map(formatPoints)).toEqual(['240', '180']);
});

test('the points of a tiered product’s lines add up to those of its whole quantity in one line', () => {
  fc.assert(
    fc.property(fc.array(decimalText(200, 6), { minLength: 1, maxLength: 8 }), (amounts) => {
      const lines = amounts.map((amount, index) => line(String(index), amount));
      const whole = { ...line('all', '0'), quantity: sum(lines.map((each) => each.quantity)) };
      expect(sum(linePoints(lines, GRADUATED))).toBe(linePoints([whole], GRADUATED)[0]);
    }),
  );
});

test('a minimum quantity is billed once anything is used, and nothing for no use', () => {
  const most = { minQuantity: quantity('10') };
  const lines = [usageLine('1', '0', '2', most), usageLine('2', '0.1', '2', most), usageLine('3', '11', '2', most)];
  expect(linePoints(lines, NO_TIERS).map(formatPoints)).toEqual(['0', '20', '22']);
});

test('the minimum quantity of a tiered product fills its tiers', () => {
  const lines = [{ ...line('A', '1'), minQuantity: quantity('100') }, line('B', '10')];
  expect(linePoints(lines, GRADUATED).map(formatPoints)).toEqual(['150', '20']);
});

test('a product whose code is the name of an object’s own machinery is a product like any other', () => {
  const odd = usageLine('1', '2', '3', { productCode: 'constructor' });
  expect(linePoints([odd], NO_TIERS).map(formatPoints)).toEqual(['6']);
});

test('the parts of lines in the tiers add up to their points and billed quantities', () => {
  const some = fc.array(decimalText(500, 6), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(some, (amounts) => {
      const lines = amounts.map((amount, n) => line(String(n), amount));
      const parts = tierParts(lines, GRADUATED);
      expect(parts.map((ofLine) => sum(ofLine.map(({ points }) => points)))).toEqual(linePoints(lines, GRADUATED));
      expect(parts.map((ofLine) => sum(ofLine.map(({ quantity: part }) => part)))).toEqual(lines.map(billedQuantity));
    }),
  );
  expect(tierParts([usageLine('untiered', '5', '1')], GRADUATED)).toEqual([[]]);
});
