import * as fc from 'fast-check';
import { chargePoints, type PointsTerms } from '../../../lambdas/domain/charging/charge-points.ts';
import { formatPoints, type MinorUnits, points, sum, unitPrice } from '../../../lambdas/domain/numbers/amounts.ts';
import { formatMoney } from '../../../lambdas/domain/numbers/currency.ts';
import type { UsageLine } from '../../../lambdas/domain/usage/usage-line.ts';
import { anyOrder, chargeText } from '../support/arbitraries.ts';
import { amountsOf, OCTOBER, pointsTerms, usageLine } from '../support/builders.ts';
import { equals, isLess, minus, rational, times } from '../support/rational.ts';
import { type OrderText, referenceCharge } from '../support/reference-charge.ts';

const POINT = 10n ** 14n;

test('Worked example 1: use above the minimum of a PAY-GO contract is billed as used', () => {
  const lines = [usageLine('1', '10', '3'), usageLine('2', '400', '4.5')];
  const charge = chargePoints(OCTOBER, lines, pointsTerms('1800', '0.88'));
  expect(charge.lines.map((line) => formatPoints(line.points))).toEqual(['30', '1800']);
  expect(charge.commit).toEqual({
    minimumCommit: points('1800'),
    reported: points('1830'),
    outsideCommit: points('0'),
    overage: points('30'),
    underage: points('0'),
    total: points('1830'),
  });
  expect(amountsOf(charge)).toEqual(['26.40', '1584.00']);
  expect(formatMoney(charge.net, 'USD')).toBe('1610.40');
});

test('Worked example 2: nothing reported bills the minimum as one line', () => {
  const charge = chargePoints(OCTOBER, [], pointsTerms('1800', '0.88'));
  expect(charge.commit).toMatchObject({ reported: 0n, underage: points('1800'), total: points('1800') });
  expect(charge.lines).toMatchObject([{ kind: 'UNDERAGE', description: 'Minimum commit not reached' }]);
  expect(amountsOf(charge)).toEqual(['1584.00']);
});

test('Worked example 3: lines outside the commit come on top and don’t reduce underage', () => {
  const lines = [usageLine('1', '250', '1', { inMinCommit: false }), usageLine('2', '1000', '1')];
  const charge = chargePoints(OCTOBER, lines, pointsTerms('1800', '0.88'));
  expect(charge.commit).toMatchObject({ underage: points('800'), total: points('2050') });
  expect(amountsOf(charge)).toEqual(['220.00', '880.00', '704.00']);
  expect(formatMoney(charge.net, 'USD')).toBe('1804.00');
});

test('Worked example 9: a sum is rounded once and split by largest remainder, ties to the earlier line', () => {
  const yen = (price: string) => pointsTerms('0', price, { currency: 'JPY' });
  const first = ['3', '5', '7'].map((amount, index) => usageLine(String(index), amount, '1'));
  expect(amountsOf(chargePoints(OCTOBER, first, yen('0.5')))).toEqual(['2', '3', '3']);
  const second = ['4', '5', '6'].map((amount, index) => usageLine(String(index), amount, '1'));
  expect(amountsOf(chargePoints(OCTOBER, second, yen('0.3')))).toEqual(['1', '1', '2']);
});

test('Worked example 11: usage and underage of a whole minimum add up to its price to the cent', () => {
  const amounts = ['137.114360', '74.072020', '84.028672'];
  const lines = amounts.map((amount, index) => usageLine(String(index), amount, '1'));
  const charge = chargePoints(OCTOBER, lines, pointsTerms('360', '0.95'));
  expect(formatPoints(charge.commit.reported)).toBe('295.215052');
  expect(formatPoints(charge.commit.underage)).toBe('64.784948');
  expect(amountsOf(charge)).toEqual(['130.26', '70.37', '79.83', '61.54']);
  expect(formatMoney(charge.net, 'USD')).toBe('342.00');
});

test('Worked example 13: the cover line is the cash less the charge', () => {
  const lines = [usageLine('1', '3', '1')];
  const dollars = chargePoints(OCTOBER, lines, pointsTerms('0', '0.845', { balance: points('2') }));
  expect(amountsOf(dollars)).toEqual(['2.54', '-1.70']);
  expect(formatMoney(dollars.net, 'USD')).toBe('0.84');
  const yen = chargePoints(OCTOBER, lines, pointsTerms('0', '0.5', { currency: 'JPY', balance: points('2') }));
  expect(amountsOf(yen)).toEqual(['2', '-2']);
  expect(yen.net).toBe(0n);
  expect(yen.lines[1]).toMatchObject({ kind: 'COVER', points: points('-2') });
});

test('overage at its own price is a surcharge line on top of the usage lines', () => {
  const terms = pointsTerms('10', '1', { overagePrice: unitPrice('1.25') });
  const charge = chargePoints(OCTOBER, [usageLine('1', '14', '1')], terms);
  expect(charge.lines[1]).toMatchObject({ kind: 'SURCHARGE', points: points('4'), unitPrice: unitPrice('0.25') });
  expect(amountsOf(charge)).toEqual(['14.00', '1.00']);
});

test('the overage surcharge of a PRE-PAY month is on points billed in cash alone', () => {
  const terms = pointsTerms('10', '1', { overagePrice: unitPrice('1.25'), balance: points('12') });
  const charge = chargePoints(OCTOBER, [usageLine('1', '14', '1')], terms);
  expect(amountsOf(charge)).toEqual(['14.00', '0.50', '-12.00']);
});

test('lines outside the commit never draw from a prepayment', () => {
  const lines = [usageLine('1', '3', '1'), usageLine('2', '5', '1', { inMinCommit: false })];
  const charge = chargePoints(OCTOBER, lines, pointsTerms('0', '1', { balance: points('100') }));
  expect(charge.commit.prepayment).toEqual({
    balanceBefore: points('100'),
    drawn: points('3'),
    balanceAfter: points('97'),
  });
  expect(amountsOf(charge)).toEqual(['3.00', '5.00', '-3.00']);
});

test('a PRE-PAY month that only burns balance prints a cover of 0 points and no underage', () => {
  const charge = chargePoints(OCTOBER, [], pointsTerms('10', '1', { balance: points('75') }));
  expect(charge.lines).toMatchObject([{ kind: 'COVER', points: 0n, amount: 0n }]);
  expect(charge.commit).toMatchObject({ underage: points('10'), prepayment: { drawn: points('10') } });
});

test('a PRE-PAY month without usage and balance still prints a line', () => {
  const charge = chargePoints(OCTOBER, [], pointsTerms('10', '1', { balance: points('0') }));
  expect(charge.lines).toMatchObject([{ kind: 'COVER', points: 0n, amount: 0n }]);
});

test('a PRE-PAY month with the balance spent has no cover line', () => {
  const charge = chargePoints(OCTOBER, [usageLine('1', '3', '1')], pointsTerms('10', '1', { balance: points('0') }));
  expect(charge.lines.map((line) => line.kind)).toEqual(['USAGE']);
});

describe('a settlement of an early end', () => {
  const settlement = 50_001n as MinorUnits;
  const kinds = (terms: PointsTerms, ...lines: UsageLine[]) => {
    const charge = chargePoints(OCTOBER, lines, { ...terms, settlement });
    return { kinds: charge.lines.map(({ kind }) => kind), amounts: amountsOf(charge), charge };
  };

  test('is an amount of its own after the underage, in none of the sums of points', () => {
    const { kinds: printed, amounts, charge } = kinds(pointsTerms('10', '0.80'), usageLine('1', '7.25', '1'));
    expect(printed).toEqual(['USAGE', 'UNDERAGE', 'SETTLEMENT']);
    expect(amounts).toEqual(['5.80', '2.20', '500.01']);
    expect(formatMoney(charge.net, 'USD')).toBe('508.01');
    expect(charge.commit).toMatchObject({ minimumCommit: points('10'), reported: points('7.25'), total: points('10') });
    expect(charge.lines[2]).toMatchObject({ points: 0n, unitPrice: 0n, inMinCommit: false });
  });

  test('comes before the surcharge, and before the cover of a prepayment, which it does not draw on', () => {
    const over = pointsTerms('10', '1', { overagePrice: unitPrice('1.25') });
    expect(kinds(over, usageLine('1', '14', '1')).kinds).toEqual(['USAGE', 'SETTLEMENT', 'SURCHARGE']);
    const prepaid = kinds(pointsTerms('10', '1', { balance: points('100') }), usageLine('1', '4', '1'));
    expect([prepaid.kinds, prepaid.amounts]).toEqual([
      ['USAGE', 'SETTLEMENT', 'COVER'],
      ['4.00', '500.01', '-4.00'],
    ]);
    expect(prepaid.charge.commit.prepayment?.drawn).toBe(points('10'));
  });

  test('is the only line of a month without usage and balance', () => {
    expect(kinds(pointsTerms('0', '1', { balance: points('0') })).amounts).toEqual(['500.01']);
  });
});

function onePriceOneSide({ currency, order: { overagePrice: _, ...order } }: { currency: string; order: OrderText }) {
  const lines = order.lines.map((line) => ({ ...line, inside: !line.product.endsWith('2') }));
  return { currency, order: { ...order, lines } };
}

describe('for any order', () => {
  test('the charge is what a straight reading of the rules gives, line by line', () => {
    fc.assert(
      fc.property(anyOrder, ({ currency, order }) => {
        const charge = chargeText(currency, order);
        const expected = referenceCharge(order);
        expect(charge.lines.map((line) => [line.usageLineId ?? line.kind, line.amount])).toEqual(
          expected.lines.map(({ name, amount }) => [name, amount]),
        );
        charge.lines.forEach((line, index) => {
          const reference = expected.lines[index] as { points: { n: bigint; d: bigint } };
          expect(equals(rational(line.points, POINT), reference.points)).toBe(true);
        });
        expect(charge.net).toBe(expected.net);
        expect(equals(rational(charge.commit.reported, POINT), expected.reported)).toBe(true);
        expect(equals(rational(charge.commit.total, POINT), expected.total)).toBe(true);
        expect(equals(rational(charge.commit.prepayment?.drawn ?? 0n, POINT), expected.drawn)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('the net is the sum of the printed lines and is never negative', () => {
    fc.assert(
      fc.property(anyOrder, ({ currency, order }) => {
        const { lines, net } = chargeText(currency, order);
        expect(sum(lines.map((line) => line.amount))).toBe(net);
        expect(net).toBeGreaterThanOrEqual(0n);
      }),
    );
  });

  test('each line but cover and settlement is less than one minor unit from its points × price', () => {
    fc.assert(
      fc.property(anyOrder, ({ currency, order }) => {
        for (const line of chargeText(currency, order).lines) {
          if (line.kind === 'COVER' || line.kind === 'SETTLEMENT') continue;
          const major = times(rational(line.points, POINT), rational(line.unitPrice, 1_000_000n));
          const error = minus(times(major, rational(10n ** BigInt(order.digits))), rational(line.amount));
          expect(isLess(error, rational(1n)) && isLess(rational(-1n), error)).toBe(true);
        }
      }),
    );
  });

  test('the order in which lines arrive never matters', () => {
    const shuffled = anyOrder.chain(({ currency, order }) =>
      fc
        .shuffledSubarray([...order.lines], { minLength: order.lines.length })
        .map((lines) => ({ currency, order, other: { ...order, lines } })),
    );
    fc.assert(
      fc.property(shuffled, ({ currency, order, other }) => {
        expect(chargeText(currency, other)).toEqual(chargeText(currency, order));
      }),
    );
  });

  // Overage may be cheaper than the commit, and lines in the commit may push others out of it into cheaper tiers.
  test('more usage never costs less at one price, where each product is in the commit or out of it', () => {
    const grown = anyOrder.map(onePriceOneSide).chain(({ currency, order }) =>
      fc.tuple(fc.nat(Math.max(0, order.lines.length - 1)), fc.nat(50)).map(([grows, more]) => ({
        currency,
        order,
        other: {
          ...order,
          lines: order.lines.map((line, index) => {
            const [whole = '0', fraction] = line.quantity.split('.');
            const larger = String(Number(whole) + more) + (fraction === undefined ? '' : `.${fraction}`);
            return index === grows ? { ...line, quantity: larger } : line;
          }),
        },
      })),
    );
    fc.assert(
      fc.property(grown, ({ currency, order, other }) => {
        expect(chargeText(currency, other).net).toBeGreaterThanOrEqual(chargeText(currency, order).net);
      }),
    );
  });
});
