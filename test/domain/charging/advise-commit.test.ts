import * as fc from 'fast-check';
import { addMonths, period } from '../../../lambdas/domain/calendar/period.ts';
import { adviseCommit } from '../../../lambdas/domain/charging/advise-commit.ts';
import { chargePoints } from '../../../lambdas/domain/charging/charge-points.ts';
import { costOfPoints } from '../../../lambdas/domain/charging/cost-of-points.ts';
import { points, unitPrice } from '../../../lambdas/domain/numbers/amounts.ts';
import { decimalText } from '../support/arbitraries.ts';
import { OCTOBER, pointsTerms, usageLine } from '../support/builders.ts';
import { pricesOf, signed, skuOf, times } from '../support/contracts.ts';

test('a month costs by its sums what its lines are charged', () => {
  const amount = decimalText(3000, 6);
  const price = fc.constantFrom('0.88', '0.845', '1.080246', '132.5');
  fc.assert(
    fc.property(
      amount,
      amount,
      amount,
      price,
      fc.option(price),
      fc.constantFrom('USD', 'JPY', 'BHD'),
      (inside, outside, minimum, list, over, currency) => {
        const lines = [usageLine('a', inside, '1'), usageLine('b', outside, '1', { inMinCommit: false })];
        const terms = pointsTerms(minimum, list, {
          currency,
          ...(over === null ? {} : { overagePrice: unitPrice(over) }),
        });
        expect(costOfPoints(points(inside), points(outside), terms)).toBe(chargePoints(OCTOBER, lines, terms).net);
      },
    ),
  );
});

const SKUS = ['360', '1800', '3600'].map((minimum) => skuOf('PAY-GO', minimum));
const PRICES = {
  'RENTAL-PAY-GO-360': '0.95',
  'RENTAL-PAY-GO-1800': '0.88',
  'RENTAL-PAY-GO-3600': '0.84',
  'RENTAL-CUSTOM-0': '1',
};
const months = (reported: string, outside = '0') =>
  Array.from({ length: 12 }, (_, index) => ({
    period: addMonths(period('2022-01'), index),
    reported: points(reported),
    outside: points(outside),
  }));
const told = ({ skus }: ReturnType<typeof adviseCommit>) =>
  skus.map(({ sku, cost, isPresent }) => `${sku.code} ${cost}${isPresent ? ' now' : ''}`);

test('the last months are priced on every PAY-GO SKU of the family, cheapest first', () => {
  const { contract, revisions } = signed(SKUS[1] as never, '2021-01-01', 24);
  const skus = [...SKUS, skuOf('PAY-GO', '10', 'ISV'), skuOf('CUSTOM')];
  const advice = adviseCommit({
    contract,
    revisions,
    months: months('1700', '50'),
    skus,
    priceLists: pricesOf(PRICES),
  });
  // A year: 1,750 × 0.95, (1,800 + 50) × 0.88, (3,600 + 50) × 0.84.
  expect(told(advice)).toEqual([
    'RENTAL-PAY-GO-1800 1953600 now',
    'RENTAL-PAY-GO-360 1995000',
    'RENTAL-PAY-GO-3600 3679200',
  ]);
  expect(advice.unpriced).toEqual([]);
  const few = adviseCommit({ contract, revisions, months: months('400'), skus, priceLists: pricesOf(PRICES) });
  expect(told(few)[0]).toBe('RENTAL-PAY-GO-360 456000');
});

test('a custom contract is compared at its own price, a partial month at the days it had', () => {
  const { contract, revisions } = signed(skuOf('CUSTOM'), '2022-01-21', 12, ['50', ...times(11, '100'), '50']);
  const first = months('0').slice(0, 1);
  const advice = adviseCommit({
    contract,
    revisions,
    months: first,
    skus: SKUS.slice(0, 1),
    priceLists: pricesOf(PRICES),
  });
  // 50 points at 0.80; 360 × 11 ÷ 31 = 127.74 points at 0.95.
  expect(told(advice)).toEqual(['RENTAL-CUSTOM-0 4000 now', 'RENTAL-PAY-GO-360 12135']);
});

test('a SKU without a price in one of the months is named, not guessed; money families have no advice', () => {
  const { contract, revisions } = signed(SKUS[0] as never, '2021-01-01', 24);
  const { 'RENTAL-PAY-GO-1800': _gone, ...left } = PRICES;
  const advice = adviseCommit({ contract, revisions, months: months('1'), skus: SKUS, priceLists: pricesOf(left) });
  expect(advice.unpriced).toEqual(['RENTAL-PAY-GO-1800']);
  const money = signed(skuOf('PAY-GO', '0', 'MSP'), '2021-01-01', 24);
  expect(adviseCommit({ ...money, months: months('1'), skus: SKUS, priceLists: [] })).toEqual({
    skus: [],
    unpriced: [],
  });
});
