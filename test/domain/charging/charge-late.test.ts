import fc from 'fast-check';
import { period } from '../../../lambdas/domain/calendar/period.ts';
import type { ChargeLine } from '../../../lambdas/domain/charging/charge.ts';
import { type BilledElsewhere, chargeOrder } from '../../../lambdas/domain/charging/charge-order.ts';
import { chargePoints, type PointsTerms } from '../../../lambdas/domain/charging/charge-points.ts';
import type { Tiers } from '../../../lambdas/domain/charging/line-points.ts';
import type { CustomerMinimum } from '../../../lambdas/domain/customer-commitment/customer-minimums.ts';
import {
  formatPoints,
  type Points,
  points,
  quantity,
  split,
  unitPrice,
} from '../../../lambdas/domain/numbers/amounts.ts';
import type { UsageLine } from '../../../lambdas/domain/usage/usage-line.ts';
import { amountsOf, OCTOBER, pointsTerms, usageLine } from '../support/builders.ts';

const NOVEMBER = period('2026-11');

/** The documents that are valid of a contract's October: of its own order first, then of orders that carry arrears. */
type Billed = { lines: readonly UsageLine[]; printed: readonly ChargeLine[]; drawn: bigint };

/** A contract's October and what later orders charge for it. */
function october(terms: PointsTerms) {
  const { balance: first, ...fixed } = terms;
  const { customers: _ofOctober, ...ofNovember } = fixed;
  const orders = new Map<number, Billed>();
  let balance = first;
  const others = (n: number) => [...orders].filter(([other]) => other !== n && other !== 0).map(([, each]) => each);
  const elsewhere = (n: number): BilledElsewhere => ({
    late: others(n).flatMap(({ lines }) => lines),
    printed: others(n).flatMap(({ printed }) => printed),
  });
  function bill(n: number, lines: readonly UsageLine[]) {
    if (balance !== undefined) balance = (balance + (orders.get(n)?.drawn ?? 0n)) as Points;
    const withBalance = balance === undefined ? {} : { balance };
    const own = orders.get(0);
    const charge =
      n === 0
        ? chargeOrder(OCTOBER, lines, { ...fixed, ...withBalance }, [], others(0).length > 0 ? elsewhere(0) : undefined)
        : chargeOrder(NOVEMBER, lines, { ...ofNovember, minimumCommit: points('0'), ...withBalance }, [
            {
              period: OCTOBER,
              terms: fixed,
              own: own?.lines ?? [],
              late: elsewhere(n).late,
              printed: { own: own?.printed ?? [], late: elsewhere(n).printed },
              ...(balance === undefined ? {} : { isPrepaid: true, drawn: (own?.drawn ?? 0n) as Points }),
            },
          ]);
    const drawn = charge.commit.prepayment?.drawn ?? 0n;
    if (balance !== undefined) balance = (balance - drawn) as Points;
    expect(charge.lines.reduce((sum, line) => sum + line.amount, 0n)).toBe(charge.net);
    orders.set(n, { lines, printed: charge.lines.filter((line) => line.usagePeriod === OCTOBER), drawn });
    return charge;
  }
  const printed = () => [...orders.values()].flatMap((each) => each.printed);
  return {
    bill,
    net: () => printed().reduce((sum, line) => sum + line.amount, 0n),
    points: (kind: readonly ChargeLine['kind'][]) =>
      printed().reduce((sum, line) => (kind.includes(line.kind) ? sum + line.points : sum), 0n),
    balance: () => balance,
  };
}

const line = (id: string, amount: string, more: Partial<UsageLine> = {}) => usageLine(id, amount, '1', more);

test('worked example 12: arrears cost what they would have added to their own month', () => {
  const month = october(pointsTerms('1800', '0.88'));
  month.bill(0, [line('a', '1500')]);
  const late = month.bill(1, [line('b', '400')]);
  expect(amountsOf(late)).toEqual(['88.00']);
  expect(late.lines).toMatchObject([{ kind: 'USAGE', usagePeriod: OCTOBER, unitPrice: unitPrice('0.88') }]);
  expect(formatPoints(late.lines[0]?.points as Points)).toBe('100');
  expect(late.commit).toMatchObject({ reported: 0n, arrears: points('100'), total: points('100') });
});

test('worked example 12: had only 200 arrived, they would have cost nothing', () => {
  const month = october(pointsTerms('1800', '0.88'));
  month.bill(0, [line('a', '1500')]);
  expect(amountsOf(month.bill(1, [line('b', '200')]))).toEqual(['0.00']);
  expect(amountsOf(month.bill(2, [line('c', '150')]))).toEqual(['44.00']);
});

test('arrears above the minimum pay the overage price of their own month', () => {
  const month = october(pointsTerms('100', '1', { overagePrice: unitPrice('1.5') }));
  month.bill(0, [line('a', '90')]);
  const late = month.bill(1, [line('b', '30')]);
  expect(late.lines.map(({ kind, points }) => [kind, formatPoints(points)])).toEqual([
    ['USAGE', '20'],
    ['SURCHARGE', '20'],
  ]);
  expect(amountsOf(late)).toEqual(['20.00', '10.00']);
});

test('lines outside the commit add in full, others only beyond the minimum, in canonical order', () => {
  const month = october(pointsTerms('100', '1'));
  month.bill(0, [line('a', '90')]);
  const late = month.bill(1, [line('c', '7'), line('d', '5'), line('b', '2', { inMinCommit: false })]);
  expect(amountsOf(late)).toEqual(['2.00', '0.00', '2.00']);
});

test('a month adjusted after arrears of it were charged comes to what all of it costs', () => {
  const month = october(pointsTerms('1800', '0.88'));
  month.bill(0, [line('a', '1500')]);
  month.bill(1, [line('b', '400')]);
  const again = month.bill(0, [line('a', '1600')]);
  expect(again.lines.map(({ kind, points }) => [kind, formatPoints(points)])).toEqual([
    ['USAGE', '1600'],
    ['UNDERAGE', '200'],
    ['CORRECTION', '100'],
  ]);
  expect(month.net()).toBe(176_000n);
  month.bill(0, [line('a', '1000')]);
  expect(month.net()).toBe(158_400n);
});

test('PRE-PAY: points that are added draw on the balance as it is now, and only then cost cash', () => {
  const month = october(pointsTerms('10', '1', { balance: points('15') }));
  month.bill(0, [line('a', '4')]);
  expect(formatPoints(month.balance() as Points)).toBe('5');
  const covered = month.bill(1, [line('b', '8')]);
  expect(covered.lines.map(({ kind, points }) => [kind, formatPoints(points)])).toEqual([
    ['USAGE', '2'],
    ['COVER', '-2'],
  ]);
  expect(covered.commit.prepayment).toEqual({
    balanceBefore: points('5'),
    drawn: points('2'),
    balanceAfter: points('3'),
  });
  expect(amountsOf(month.bill(2, [line('c', '8')]))).toEqual(['8.00', '-3.00']);
  expect(formatPoints(month.balance() as Points)).toBe('0');
});

test('PRE-PAY: what a feed takes back goes back to cash as far as cash was billed, then to the balance, never below the burn-down', () => {
  const month = october(pointsTerms('10', '1', { balance: points('15') }));
  month.bill(0, [line('a', '17')]);
  expect(formatPoints(month.balance() as Points)).toBe('0');
  const less = month.bill(1, [line('b', '-5')]);
  expect(less.lines.map(({ kind, points }) => [kind, formatPoints(points)])).toEqual([
    ['USAGE', '-5'],
    ['COVER', '3'],
  ]);
  expect(amountsOf(less)).toEqual(['-5.00', '3.00']);
  expect(formatPoints(month.balance() as Points)).toBe('3');
  month.bill(2, [line('c', '-9')]);
  expect(formatPoints(month.balance() as Points)).toBe('5');
  month.bill(3, [line('d', '8')]);
  expect(formatPoints(month.balance() as Points)).toBe('4');
  expect(month.net()).toBe(0n);
});

test('of a prepayment that has ended what a feed takes back is given back as far as it was billed in cash', () => {
  const { balance: _balance, ...fixed } = pointsTerms('10', '1', { balance: points('15') });
  const own = [line('a', '17')];
  const billed = chargeOrder(OCTOBER, own, { ...fixed, balance: points('15') });
  const standing = { period: OCTOBER, terms: fixed, own, late: [], isPrepaid: true, drawn: points('15') };
  const printed = { own: billed.lines, late: [] };
  const charge = chargeOrder(NOVEMBER, [line('b', '-5')], { ...fixed, minimumCommit: points('0') }, [
    { ...standing, printed },
  ]);
  expect([charge.net, charge.commit.prepayment]).toEqual([-200n, undefined]);
});

test('a month of a prepayment that has ended since costs cash for what its burn-down has not met already', () => {
  const terms = pointsTerms('10', '1', { balance: points('6') });
  const { balance: _balance, ...fixed } = terms;
  const own = [line('a', '4')];
  const billed = chargeOrder(OCTOBER, own, terms);
  expect(formatPoints(billed.commit.prepayment?.drawn as Points)).toBe('6');
  const standing = {
    period: OCTOBER,
    terms: fixed,
    own,
    late: [],
    printed: { own: billed.lines, late: [] },
    isPrepaid: true,
    drawn: points('6'),
  };
  const lateBy = (amount: string) =>
    chargeOrder(NOVEMBER, [line('b', amount)], { ...fixed, minimumCommit: points('0') }, [standing]);
  expect(amountsOf(lateBy('1'))).toEqual(['0.00']);
  expect(amountsOf(lateBy('5'))).toEqual(['3.00']);
});

test('a month without a prepayment does not draw on the one that began later', () => {
  const terms = pointsTerms('10', '1');
  const own = [line('a', '12')];
  const printed = { own: chargeOrder(OCTOBER, own, terms).lines, late: [] };
  const standing = { period: OCTOBER, terms, own, late: [], printed, isPrepaid: false };
  const charge = chargeOrder(NOVEMBER, [line('b', '5')], { ...terms, balance: points('100') }, [standing]);
  expect(charge.commit.prepayment).toMatchObject({ drawn: points('10'), balanceAfter: points('90') });
  expect(formatPoints(charge.lines.find(({ usagePeriod }) => usagePeriod === OCTOBER)?.points as Points)).toBe('5');
  expect(charge.net).toBe(500n);
});

// Usage of a month in parts: each part says how much of which product comes with which order, 0 being the month's own.
const PRODUCTS: readonly Partial<UsageLine>[] = [
  {},
  { inMinCommit: false },
  { minQuantity: quantity('50') },
  { productCode: 'TIERED' },
  { siteName: 'Another site' },
  // The ranges of one product are filled by its lines of all sites.
  { productCode: 'TIERED', siteName: 'Another site' },
  // Of end customers, of whom some have committed to a minimum.
  { customerNumber: 'c1' },
  { customerNumber: 'c2', minQuantity: quantity('50') },
  { customerNumber: 'c1', productCode: 'TIERED' },
  { customerNumber: 'c1', inMinCommit: false },
];
const parts = fc.array(
  fc.record({
    product: fc.nat(PRODUCTS.length - 1),
    order: fc.nat(3),
    amount: fc.bigInt({ min: 0n, max: 900_000_000n }),
  }),
  { maxLength: 12 },
);
const terms = fc.record({
  minimum: fc.constantFrom('0', '300.25', '1800'),
  price: fc.constantFrom('0.88', '0.333333', '0.005', '132.5'),
  overage: fc.constantFrom(undefined, '0.9', '0.111111'),
  currency: fc.constantFrom('USD', 'JPY', 'BHD'),
  customers: fc.constantFrom<readonly CustomerMinimum[] | undefined>(
    undefined,
    [{ customerNumber: 'c1', minimumCommit: points('400.5') }],
    [
      { customerNumber: 'c1', minimumCommit: points('0'), outstanding: points('77.7') },
      { customerNumber: 'c2', minimumCommit: points('250') },
      { customerNumber: 'c3', minimumCommit: points('33.333333') },
    ],
  ),
});
const TIERS: Tiers = new Map([
  [
    'TIERED',
    [
      {
        from: quantity('0'),
        to: quantity('100'),
        pointsPerUnit: usageLine('', '0', '3').pointsPerUnit,
        split: split('0.5'),
      },
      { from: quantity('100'), pointsPerUnit: usageLine('', '0', '2').pointsPerUnit, split: split('1') },
    ],
  ],
]);
type Part = { product: number; order: number; amount: bigint };

function linesOf(all: readonly Part[]): UsageLine[] {
  return PRODUCTS.flatMap((more, product) => {
    const ofProduct = all.filter((part) => part.product === product);
    if (ofProduct.length === 0) return [];
    const amount = ofProduct.reduce((sum, part) => sum + part.amount, 0n);
    return usageLine(String(product), '0', '1.3333', { ...more, quantity: amount as UsageLine['quantity'] });
  });
}

function termsOf(given: {
  minimum: string;
  price: string;
  overage: string | undefined;
  currency: string;
  customers: readonly CustomerMinimum[] | undefined;
}): PointsTerms {
  return pointsTerms(given.minimum, given.price, {
    currency: given.currency as PointsTerms['currency'],
    tiers: TIERS,
    ...(given.customers && { customers: given.customers }),
    ...(given.overage === undefined ? {} : { overagePrice: unitPrice(given.overage) }),
  });
}

const ORDERS = [0, 1, 2, 3];
const COUNTED = ['USAGE', 'CUSTOMER_UNDERAGE', 'CUSTOMER_OUTSTANDING', 'UNDERAGE', 'CORRECTION'] as const;

test('late in any split costs to the minor unit what on time would have cost', () => {
  fc.assert(
    fc.property(parts, terms, (all, given) => {
      const month = october(termsOf(given));
      for (const n of ORDERS) month.bill(n, linesOf(all.filter((part) => part.order === n)));
      const onTime = chargePoints(OCTOBER, linesOf(all), termsOf(given));
      expect(month.net()).toBe(onTime.net);
      expect(month.points(COUNTED)).toBe(onTime.commit.total);
    }),
    { numRuns: 150 },
  );
});

test('however orders are adjusted afterwards, all documents together come to what the month costs as it is', () => {
  const change = fc.record({ order: fc.nat(3), parts });
  fc.assert(
    fc.property(parts, terms, fc.array(change, { minLength: 1, maxLength: 5 }), (all, given, changes) => {
      const month = october(termsOf(given));
      const now = new Map(ORDERS.map((n) => [n, all.filter((part) => part.order === n)]));
      for (const n of ORDERS) month.bill(n, linesOf(now.get(n) as Part[]));
      for (const { order, parts: changed } of changes) {
        now.set(order, changed);
        month.bill(order, linesOf(changed));
        const whole = linesOf([...now.values()].flat());
        expect(month.net()).toBe(chargePoints(OCTOBER, whole, termsOf(given)).net);
      }
    }),
    { numRuns: 150 },
  );
});

test('PRE-PAY: late in any split takes and costs what on time would have, while nothing else uses the balance', () => {
  fc.assert(
    fc.property(parts, terms, fc.constantFrom('0', '250', '1000', '1000000'), (all, given, prepaid) => {
      const balance = points(prepaid);
      const month = october({ ...termsOf(given), balance });
      for (const n of ORDERS) month.bill(n, linesOf(all.filter((part) => part.order === n)));
      const onTime = chargePoints(OCTOBER, linesOf(all), { ...termsOf(given), balance });
      expect(month.balance()).toBe(onTime.commit.prepayment?.balanceAfter);
      expect(month.net()).toBe(onTime.net);
    }),
    { numRuns: 150 },
  );
});

// What was paid in cash when a balance was used up stays so, as does what ranges that are filled otherwise would make cheaper.
test('PRE-PAY: its own order adjusted last, all together takes and costs what the month does', () => {
  fc.assert(
    fc.property(parts, terms, parts, fc.constantFrom('0', '1000000'), (anything, given, anyChange, prepaid) => {
      const [all, changed] = [anything, anyChange].map((any) =>
        any.filter(({ product }) => PRODUCTS[product]?.productCode !== 'TIERED'),
      ) as [Part[], Part[]];
      const balance = points(prepaid);
      const month = october({ ...termsOf(given), balance });
      const late = all.filter((part) => part.order !== 0);
      for (const n of ORDERS) month.bill(n, linesOf(all.filter((part) => part.order === n)));
      month.bill(0, linesOf(changed));
      const onTime = chargePoints(OCTOBER, linesOf([...late, ...changed]), { ...termsOf(given), balance });
      expect(month.balance()).toBe(onTime.commit.prepayment?.balanceAfter);
      expect(month.net()).toBe(onTime.net);
    }),
    { numRuns: 150 },
  );
});
