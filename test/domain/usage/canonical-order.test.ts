import * as fc from 'fast-check';
import { period } from '../../../lambdas/domain/calendar/period.ts';
import { canonicalOrder, compareCodePoints } from '../../../lambdas/domain/usage/canonical-order.ts';
import { OCTOBER, usageLine } from '../support/builders.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.string({ unit: fc.constantFrom('a', 'b', '\uD7FF', '\uE000', '\uFFFF', '\u{10000}', '\u{10FFFF}'), maxLength: 4 }),
);
const anyLine = fc
  .record({
    id: anyText,
    usagePeriod: fc.constantFrom(...['2026-08', '2026-10', '2026-11'].map(period)),
    siteName: anyText,
    productCode: anyText,
    customerNumber: anyText,
  })
  .map((fields) => usageLine('1', '1', '1', fields));

/** Code point by code point; the shorter first. */
function naively(a: string, b: string): number {
  const left = [...a].map((character) => character.codePointAt(0) as number);
  const right = [...b].map((character) => character.codePointAt(0) as number);
  const at = left.findIndex((point, index) => point !== right[index]);
  if (at < 0) return left.length - right.length;
  return right[at] === undefined ? 1 : (left[at] as number) - right[at];
}

test('texts are compared by code point, characters beyond the BMP after U+FFFF', () => {
  expect(compareCodePoints('\u{1F600}', '\uFFFF')).toBeGreaterThan(0);
  expect(compareCodePoints('\uD7FF', '\u{10000}')).toBeLessThan(0);
  fc.assert(
    fc.property(anyText, anyText, (a, b) => {
      expect(Math.sign(compareCodePoints(a, b))).toBe(Math.sign(naively(a, b)));
    }),
    { numRuns: 1000 },
  );
});

test('the canonical order is total: antisymmetric, transitive, and equal only for the same line', () => {
  const compare = canonicalOrder(OCTOBER);
  fc.assert(
    fc.property(anyLine, anyLine, anyLine, (a, b, c) => {
      expect(Math.sign(compare(a, b))).toBe(0 - Math.sign(compare(b, a)));
      if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0);
      if (compare(a, b) === 0) expect(a).toEqual(b);
    }),
  );
});

test('the order’s own period comes first, then site, product, customer and line id', () => {
  const own = { siteName: 'b', productCode: 'b', customerNumber: 'b' };
  const inOrder = [
    usageLine('9', '1', '1', { ...own, siteName: 'a' }),
    usageLine('8', '1', '1', { ...own, productCode: 'a' }),
    usageLine('7', '1', '1', { ...own, customerNumber: 'a' }),
    usageLine('5', '1', '1', own),
    usageLine('6', '1', '1', own),
    usageLine('1', '1', '1', { ...own, usagePeriod: period('2026-08') }),
    usageLine('0', '1', '1', { ...own, usagePeriod: period('2026-11') }),
  ];
  expect([...inOrder].reverse().sort(canonicalOrder(OCTOBER))).toEqual(inOrder);
});
