import { type MinorUnits, NO_POINTS, POINTS_SCALE, type Points, UNIT_PRICE_SCALE } from '../numbers/amounts.ts';
import { minorDigits } from '../numbers/currency.ts';
import { divideHalfEven, maxOf, powerOfTen } from '../numbers/decimal.ts';
import type { PointsTerms } from './charge-points.ts';

/**
 * What a month costs whose reported points are known but not its lines: the same net amount as chargePoints of lines that
 * add up to them without a prepayment (domain.md §5 steps 3 and 5).
 *
 * @param reported points within the commit
 * @param outside points of lines outside it
 */
export function costOfPoints(
  reported: Points,
  outside: Points,
  terms: Pick<PointsTerms, 'currency' | 'minimumCommit' | 'price' | 'overagePrice'>,
): MinorUnits {
  const { minimumCommit, price, overagePrice = price } = terms;
  const overage = maxOf(NO_POINTS, (reported - minimumCommit) as Points);
  const exact = (maxOf(reported, minimumCommit) + outside) * price + overage * (overagePrice - price);
  return divideHalfEven(exact, powerOfTen(POINTS_SCALE + UNIT_PRICE_SCALE - minorDigits(terms.currency))) as MinorUnits;
}
