import * as fc from 'fast-check';
import { period } from '../../../lambdas/domain/calendar/period.ts';
import {
  formatQuantity,
  percent,
  type Quantity,
  quantity,
  unitPrice,
} from '../../../lambdas/domain/numbers/amounts.ts';
import { monthUsage } from '../../../lambdas/domain/product-commitment/month-usage.ts';
import {
  dueMonth,
  lastMonth,
  nextSegment,
  type ProductCommitment,
  segmentFrom,
} from '../../../lambdas/domain/product-commitment/product-commitment.ts';

const JANUARY = period('2027-01');
const JULY = period('2027-07');

const commitment = (over: Partial<ProductCommitment> = {}): ProductCommitment => ({
  id: 'c-1',
  contractId: 'C-1',
  contractNumber: '1',
  serviceProviderId: 'SP-1',
  aggregatorId: 'AGG-1',
  customerId: 'x',
  customerNumber: '4711',
  product: { id: 'p', code: 'CORE', name: 'Core' },
  uom: 'GB',
  name: 'mine',
  term: 'YEAR_1',
  payment: 'MONTHLY',
  segments: [segmentFrom(JANUARY, 'YEAR_1', quantity('100'))],
  status: 'ACTIVE',
  nextMonth: JANUARY,
  createdTime: '',
  lastModifiedTime: '',
  version: 1,
  ...over,
});
// 2.00 in January 2027, 2.50 from June on, 3.00 from 2028 on.
const priceOf = (of: string) => (of < '2027-06' ? '2' : of < '2028-01' ? '2.5' : '3');
const facts: Parameters<typeof monthUsage>[3] = {
  product: (code) => ({ code, name: code, uom: 'GB' }),
  priceIn: (_code, of) => ({
    unitPrice: unitPrice(priceOf(of)),
    discount: percent('0'),
    currency: 'USD',
    from: 'LIST',
  }),
};
const used = (amount: string, customerNumber = '4711') => [
  { customerNumber, productCode: 'CORE', quantity: quantity(amount) },
];
const lines = (of: typeof JULY, commitments: readonly ProductCommitment[], use: ReturnType<typeof used>) =>
  monthUsage(of, commitments, use, facts).map(
    (line) => `${formatQuantity(line.quantity)} × ${line.price?.unitPrice} ${line.price?.from}`,
  );

test('what is committed is charged at the price of its first month, used or not; what is above at that of the month', () => {
  expect(lines(JULY, [commitment()], used('130'))).toEqual(['100 × 2000000 SOURCE', '30 × 2500000 LIST']);
  expect(lines(JULY, [commitment()], used('70'))).toEqual(['100 × 2000000 SOURCE']);
  expect(lines(JULY, [commitment()], [])).toEqual(['100 × 2000000 SOURCE']);
});

test('each term has the price of its own first month', () => {
  const renewed = commitment();
  const segments = [...renewed.segments, nextSegment(renewed)];
  expect(lastMonth({ segments })).toBe('2028-12');
  expect(lines(period('2028-05'), [commitment({ segments })], [])).toEqual(['100 × 3000000 SOURCE']);
  expect(lines(period('2027-12'), [commitment({ segments })], [])).toEqual(['100 × 2000000 SOURCE']);
  expect(lines(period('2029-01'), [commitment({ segments })], used('5'))).toEqual(['5 × 3000000 LIST']);
});

test('use of another customer is not covered', () => {
  expect(lines(JULY, [commitment()], used('30', '4712'))).toEqual(['100 × 2000000 SOURCE', '30 × 2500000 LIST']);
});

test('a month charges for each customer and product what is committed or used, whichever is more', () => {
  const amount = fc.bigInt({ min: 0n, max: 10n ** 12n });
  fc.assert(
    fc.property(amount, amount, (committed, use) => {
      const segments = [segmentFrom(JANUARY, 'YEAR_1', committed as Quantity)];
      const said = [{ customerNumber: '4711', productCode: 'CORE', quantity: use as Quantity }];
      const all = monthUsage(JULY, [commitment({ segments })], said, facts);
      const charged = all.reduce((sum, line) => sum + line.quantity, 0n);
      expect(charged).toBe(committed > use ? committed : use);
    }),
  );
});

test('each month is told once, however late, and the commitment completed after its last', () => {
  let now: ProductCommitment | undefined = commitment();
  const told: string[] = [];
  for (let due = dueMonth(now, period('2028-03')); due; due = dueMonth(now, period('2028-03'))) {
    if (due.told !== undefined) told.push(due.told);
    now = due.after;
  }
  expect([told.length, told[0], told.at(-1), now.status]).toEqual([12, '2027-01', '2027-12', 'COMPLETED']);
});
