import * as fc from 'fast-check';
import { splitByLargestRemainder } from '../../../lambdas/domain/charging/largest-remainder.ts';
import { type MinorUnits, sum } from '../../../lambdas/domain/numbers/amounts.ts';
import { divideHalfEven } from '../../../lambdas/domain/numbers/decimal.ts';

const ONE = 1000n;
const rounded = (shares: readonly bigint[]) => divideHalfEven(sum(shares), ONE) as MinorUnits;
const anyShares = fc.array(fc.bigInt({ min: -10_000n, max: 10_000n }), { maxLength: 40 });

test('nothing is lost in a split, and each part is less than one unit from its share', () => {
  fc.assert(
    fc.property(anyShares, (shares) => {
      const parts = splitByLargestRemainder(rounded(shares), shares, ONE);
      expect(parts).toHaveLength(shares.length);
      expect(sum(parts)).toBe(rounded(shares));
      parts.forEach((part, index) => {
        const error = part * ONE - (shares[index] as bigint);
        expect(error > -ONE && error < ONE).toBe(true);
      });
    }),
  );
});

test('no share rounded up has a smaller remainder than one rounded down, and of equal ones the earlier is', () => {
  fc.assert(
    fc.property(anyShares, (shares) => {
      const parts = splitByLargestRemainder(rounded(shares), shares, ONE);
      const remainder = (index: number) => (((shares[index] as bigint) % ONE) + ONE) % ONE;
      const isUp = (index: number) => (parts[index] as bigint) * ONE > (shares[index] as bigint);
      for (let up = 0; up < shares.length; up++) {
        for (let down = 0; down < shares.length; down++) {
          if (!isUp(up) || isUp(down)) continue;
          expect(remainder(up) > remainder(down) || (remainder(up) === remainder(down) && up < down)).toBe(true);
        }
      }
    }),
  );
});

test('equal remainders go to the earlier shares', () => {
  const shares = [500n, 500n, 500n, 500n];
  expect(splitByLargestRemainder(2n as MinorUnits, shares, ONE)).toEqual([1n, 1n, 0n, 0n]);
});
