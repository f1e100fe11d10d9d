import * as fc from 'fast-check';
import { chargePoints, type PointsTerms } from '../../../lambdas/domain/charging/charge-points.ts';
import { explainLine } from '../../../lambdas/domain/charging/explain-line.ts';
import { pointsTermsOf } from '../../../lambdas/domain/charging/points-terms.ts';
import { formatPoints, type Points, points } from '../../../lambdas/domain/numbers/amounts.ts';
import { amountsOf, OCTOBER, pointsTerms, usageLine } from '../support/builders.ts';

const customer = (customerNumber: string, minimum: string, outstanding?: string) => ({
  customerNumber,
  minimumCommit: points(minimum),
  ...(outstanding !== undefined && { outstanding: points(outstanding) }),
});
const used = (id: string, amount: string, customerNumber: string, more: object = {}) =>
  usageLine(id, amount, '1', { customerNumber, ...more });
const terms = (minimum: string, customers: PointsTerms['customers'], more: Partial<PointsTerms> = {}) =>
  pointsTerms(minimum, '2', { ...(customers && { customers }), ...more });

test('Worked example 10: what a customer lacks to its minimum counts as reported, so that there is overage', () => {
  const charge = chargePoints(OCTOBER, [used('1', '60', '4711')], terms('50', [customer('4711', '100')]));
  expect(charge.commit).toEqual({
    minimumCommit: points('50'),
    reported: points('100'),
    outsideCommit: points('0'),
    overage: points('50'),
    underage: points('0'),
    total: points('100'),
    customers: [{ ...customer('4711', '100'), reported: points('60'), underage: points('40') }],
  });
  expect(charge.lines).toMatchObject([
    { kind: 'USAGE' },
    { kind: 'CUSTOMER_UNDERAGE', customerNumber: '4711', points: points('40'), inMinCommit: true },
  ]);
  expect(amountsOf(charge)).toEqual(['120.00', '80.00']);
  // Ended early, with entries of 100 left for two more months.
  const ended = chargePoints(OCTOBER, [used('1', '60', '4711')], terms('50', [customer('4711', '100', '200')]));
  expect([ended.commit.reported, ended.commit.overage]).toEqual([points('300'), points('250')]);
});

test('usage of Unknown, of other customers and outside the commit counts for nobody', () => {
  const lines = [used('1', '60', ''), used('2', '70', '4712'), used('3', '80', '4711', { inMinCommit: false })];
  const { commit } = chargePoints(OCTOBER, lines, terms('0', [customer('4711', '100'), customer('4712', '50')]));
  expect(commit.customers?.map(({ underage }) => formatPoints(underage))).toEqual(['100', '0']);
  expect([commit.reported, commit.outsideCommit]).toEqual([points('230'), points('80')]);
});

test('the contract lacks what is left after the customers', () => {
  const charge = chargePoints(OCTOBER, [], terms('150', [customer('4711', '100')]));
  expect(charge.lines.map(({ kind, points }) => [kind, formatPoints(points)])).toEqual([
    ['CUSTOMER_UNDERAGE', '100'],
    ['UNDERAGE', '50'],
  ]);
});

test('what is outstanding at an early end is due in full, whatever is used, after all underage of customers', () => {
  const customers = [customer('4711', '100', '200'), customer('4712', '0', '30')];
  const charge = chargePoints(OCTOBER, [used('1', '160', '4711')], terms('50', customers));
  expect(charge.lines.map(({ kind, customerNumber, points }) => [kind, customerNumber, formatPoints(points)])).toEqual([
    ['USAGE', '4711', '160'],
    ['CUSTOMER_OUTSTANDING', '4711', '200'],
    ['CUSTOMER_OUTSTANDING', '4712', '30'],
  ]);
  expect(formatPoints(charge.commit.overage)).toBe('340');
});

test('a prepayment is drawn on for what customers lack, too', () => {
  const prepaid = terms('10', [customer('4711', '100')], { balance: points('70') });
  const { commit, net } = chargePoints(OCTOBER, [used('1', '60', '4711')], prepaid);
  expect(commit.prepayment).toMatchObject({ drawn: points('70'), balanceAfter: 0n });
  expect(net).toBe(6000n);
});

test('a month is billed for its customers alone, without usage and minimum', () => {
  const basis = { contractRevision: 1, listPrice: 2_000_000n, discount: 0n, sellingPrice: 2_000_000n } as never;
  const sku = { code: 'SOV', contractType: 'CUSTOM', family: 'SOV' } as const;
  const month = { sku, minimumCommit: points('0'), basis, customers: [customer('4711', '7')] };
  expect(chargePoints(OCTOBER, [], pointsTermsOf(month, 'USD', new Map())).net).toBe(1400n);
});

test('each line of a customer is explained by what it has committed to and used', () => {
  const charge = chargePoints(OCTOBER, [used('1', '60', '4711')], terms('0', [customer('4711', '100', '5')]));
  const of = { basis: { contractRevision: 1 } as never, contract: { family: 'SOV' } as never };
  const document = { usagePeriod: OCTOBER, ...charge, ...of };
  const rules = charge.lines.map((line) => explainLine(document, line, [used('1', '60', '4711')], new Map()).points);
  const told = { customerNumber: '4711', reported: points('60'), underage: points('40'), outstanding: points('5') };
  expect(rules.slice(1)).toMatchObject([
    { rule: 'CUSTOMER_MINIMUM_NOT_REACHED', customer: told },
    { rule: 'CUSTOMER_OUTSTANDING', customer: told },
  ]);
});

test('reported is the sum over customers of use or minimum, whichever is more, and all other use', () => {
  const amount = fc.bigInt({ min: 0n, max: 10n ** 18n });
  const line = fc.record({ who: fc.constantFrom('', 'a', 'b', 'c'), amount, inMinCommit: fc.boolean() });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 10 }), amount, amount, (all, ofA, ofB) => {
      const lines = all.map((each, at) => {
        const base = usageLine(String(at), '0', '1', { customerNumber: each.who, inMinCommit: each.inMinCommit });
        return { ...base, quantity: (each.amount / 10n ** 8n) as typeof base.quantity };
      });
      const customers = [
        { customerNumber: 'a', minimumCommit: ofA as Points },
        { customerNumber: 'b', minimumCommit: ofB as Points },
      ];
      const { commit, lines: printed } = chargePoints(OCTOBER, lines, terms('0', customers));
      const usedBy = (who: string) =>
        printed
          .filter((each) => each.kind === 'USAGE' && each.customerNumber === who && each.inMinCommit)
          .reduce((sum, each) => sum + each.points, 0n);
      const most = (a: bigint, b: bigint) => (a > b ? a : b);
      expect(commit.reported).toBe(most(usedBy('a'), ofA) + most(usedBy('b'), ofB) + usedBy('') + usedBy('c'));
    }),
  );
});
