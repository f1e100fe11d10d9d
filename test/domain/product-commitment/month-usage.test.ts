import fc from 'fast-check';
import { addMonths, type Period, period } from '../../../lambdas/domain/calendar/period.ts';
import { linePoints } from '../../../lambdas/domain/charging/line-points.ts';
import {
  formatPoints,
  formatQuantity,
  type Percent,
  type Quantity,
  quantity,
  sum,
  unitPrice,
} from '../../../lambdas/domain/numbers/amounts.ts';
import { type CustomerUse, monthUsage } from '../../../lambdas/domain/product-commitment/month-usage.ts';
import {
  COMMITMENT_TERMS,
  type CommitmentTerm,
  nextSegment,
  type ProductCommitment,
  segmentFrom,
} from '../../../lambdas/domain/product-commitment/product-commitment.ts';

const JANUARY = period('2027-01');

const committed = (amount: string, term: CommitmentTerm = 'YEAR_1', customerNumber = '4711') =>
  ({
    id: `of-${customerNumber}`,
    customerNumber,
    product: { id: 'core', code: 'CORE', name: 'Core' },
    term,
    segments: [segmentFrom(JANUARY, term, quantity(amount))],
  }) as object as ProductCommitment;
const renewed = (commitment: ProductCommitment): ProductCommitment => ({
  ...commitment,
  segments: [...commitment.segments, nextSegment(commitment)],
});
const used = (amount: string, customerNumber = '4711', productCode = 'CORE'): CustomerUse => ({
  customerNumber,
  productCode,
  quantity: quantity(amount),
});

/** List prices of the example: 2.00 USD, from June 2027 on 2.50, from January 2028 on 3.00. */
const priceIn = (_code: string, of: Period) => {
  const price = of >= '2028-01' ? '3' : of >= '2027-06' ? '2.5' : '2';
  return { unitPrice: unitPrice(price), discount: 0n as Percent, currency: 'USD', from: 'LIST' } as const;
};
const usageOf = (of: Period, commitments: readonly ProductCommitment[], use: readonly CustomerUse[]) =>
  monthUsage(of, commitments, use, { product: (code) => ({ code, name: code, uom: 'GB' }), priceIn });

/** Lines of a month as "quantity = amount", then what they come to. */
function charged(of: string, commitments: readonly ProductCommitment[], ...use: CustomerUse[]): string[] {
  const lines = usageOf(period(of), commitments, use).map((each, at) => ({
    ...each,
    id: String(at),
    usagePeriod: period(of),
  }));
  const amounts = linePoints(lines, new Map());
  const text = lines.map((line, at) => `${formatQuantity(line.quantity)} = ${formatPoints(amounts[at] as never)}`);
  return [...text, formatPoints(sum(amounts))];
}

test('the worked example: what is committed at the price of its first month, used or not, what is above at the list', () => {
  const year = [committed('100')];
  expect(charged('2026-12', year)).toEqual(['0']);
  expect(charged('2027-01', year)).toEqual(['100 = 200', '200']);
  expect(charged('2027-07', year, used('130'))).toEqual(['100 = 200', '30 = 75', '275']);
  expect(charged('2027-07', year, used('70'))).toEqual(['100 = 200', '200']);
  expect(charged('2028-01', year, used('70'))).toEqual(['70 = 210', '210']);
  expect(charged('2028-06', year.map(renewed), used('70'))).toEqual(['100 = 300', '300']);
});

test('it is told apart by end customer and product', () => {
  const both = [committed('100'), committed('10', 'YEAR_1', '4712')];
  expect(charged('2027-02', both, used('90'), used('15', '4712'), used('3', '4711', 'DISK'))).toEqual([
    '100 = 200',
    '10 = 20',
    '5 = 10',
    '3 = 6',
    '236',
  ]);
});

test.each([
  ['YEAR_1', 12],
  ['YEAR_3', 36],
  ['YEAR_4', 48],
  ['YEAR_5', 60],
] as const)('%s is %i months, and as many once more when it is renewed', (term, months) => {
  const one = committed('100', term);
  const has = (commitment: ProductCommitment, at: number) =>
    usageOf(addMonths(JANUARY, at), [commitment], []).length === 1;
  expect([-1, 0, months - 1, months].map((at) => has(one, at))).toEqual([false, true, true, false]);
  const two = renewed(one);
  expect([months, 2 * months - 1, 2 * months].map((at) => has(two, at))).toEqual([true, true, false]);
});

test('a customer is charged for what it has committed to or has used, whichever is more', () => {
  const amounts = fc.bigInt({ min: 0n, max: 10n ** 12n }).map((units) => units as Quantity);
  fc.assert(
    fc.property(fc.constantFrom(...COMMITMENT_TERMS), amounts, amounts, (term, least, use) => {
      const commitment = { ...committed('1', term), segments: [segmentFrom(JANUARY, term, least)] };
      const lines = usageOf(JANUARY, [commitment], [{ customerNumber: '4711', productCode: 'CORE', quantity: use }]);
      expect(sum(lines.map((line) => line.quantity))).toBe(use > least ? use : least);
    }),
  );
});
