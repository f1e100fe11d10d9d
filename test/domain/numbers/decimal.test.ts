import * as fc from 'fast-check';
import { divideFloor, divideHalfEven, formatDecimal, parseDecimal } from '../../../lambdas/domain/numbers/decimal.ts';
import { decimal, equals, floor, halfEven, rational } from '../support/rational.ts';

const anyScale = fc.integer({ min: 0, max: 20 });
const anyValue = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });

test('what is written is read back as the same number', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 19n), max: 10n ** 19n }), anyScale, fc.nat(20), (value, scale, least) => {
      expect(parseDecimal(formatDecimal(value, scale, Math.min(least, scale)), scale)).toBe(value);
    }),
  );
});

test('a decimal is written exactly, with at least the decimals asked for and no more zeros', () => {
  fc.assert(
    fc.property(anyValue, anyScale, fc.nat(20), (value, scale, asked) => {
      const least = Math.min(asked, scale);
      const text = formatDecimal(value, scale, least);
      const fraction = text.split('.')[1] ?? '';
      expect(fraction.length).toBeGreaterThanOrEqual(least);
      if (fraction.length > least) expect(fraction.endsWith('0')).toBe(false);
      const magnitude = decimal(text.replace('-', ''));
      expect(equals(magnitude, rational(value < 0n ? -value : value, 10n ** BigInt(scale)))).toBe(true);
      expect(text.startsWith('-')).toBe(value < 0n);
    }),
  );
});

test.each(['', ' 1', '1 ', '+1', '1.', '.5', '1e3', '0x1', '1,5', '--1', 'NaN', '١', '1\n'])(
  '%j is no decimal',
  (text) => {
    expect(parseDecimal(text, 6)).toBeUndefined();
  },
);

test('more decimals than the scale are refused unless they are zeros: nothing is rounded on the way in', () => {
  expect(parseDecimal('1.0000001', 6)).toBeUndefined();
  expect(parseDecimal('1.0000010', 6)).toBe(1_000_001n);
  expect(parseDecimal('-0.5000', 1)).toBe(-5n);
});

test('division rounds down, or half to even, as rational numbers do', () => {
  const numerator = fc.oneof(anyValue, fc.bigInt({ min: -100n, max: 100n }));
  const denominator = fc.oneof(fc.bigInt({ min: 1n, max: 10n }), fc.bigInt({ min: 1n, max: 10n ** 20n }));
  fc.assert(
    fc.property(numerator, denominator, (n, d) => {
      expect(divideFloor(n, d)).toBe(floor(rational(n, d)));
      expect(divideHalfEven(n, d)).toBe(halfEven(rational(n, d)));
    }),
  );
});

test('halves go to the even neighbour on both sides of zero', () => {
  expect([1n, 3n, 5n, -1n, -3n, -5n].map((n) => divideHalfEven(n, 2n))).toEqual([0n, 2n, 2n, 0n, -2n, -2n]);
});
