import * as fc from 'fast-check';
import { chargePoints } from '../../../lambdas/domain/charging/charge-points.ts';
import { formatPoints, NO_POINTS, type Points, points } from '../../../lambdas/domain/numbers/amounts.ts';
import { formatMoney } from '../../../lambdas/domain/numbers/currency.ts';
import { crossesTriggerPoint, prepaymentDraw } from '../../../lambdas/domain/prepayment/draw.ts';
import { type PrepaymentBalance, postToLedger } from '../../../lambdas/domain/prepayment/ledger.ts';
import { decimalText } from '../support/arbitraries.ts';
import { OCTOBER, pointsTerms, usageLine } from '../support/builders.ts';

const anyPoints = decimalText(500, 6).map((text) => points(text));
const source = (id: string) => ({ id, revision: 1 });

function posted(balance: PrepaymentBalance, kind: 'CREDIT' | 'DRAW', amount: Points, id: string) {
  const result = postToLedger(balance, { kind, source: source(id), points: amount });
  if (!result.ok) throw new Error(result.reason);
  return result;
}

test('Worked example 6: a prepayment burns down month by month, cash begins where it ends', () => {
  let balance: PrepaymentBalance = { contractId: 'contract-1', points: NO_POINTS, sequence: 0 };
  balance = posted(balance, 'CREDIT', points('120'), 'request-1').balance;
  const drawn: string[] = [];
  const balances: string[] = [];
  const cash: string[] = [];
  const sequences: number[] = [];
  for (const [month, reported] of ['4', '25', '0', '80', '0', '3'].entries()) {
    const usage = reported === '0' ? [] : [usageLine(String(month), reported, '1')];
    const charge = chargePoints(OCTOBER, usage, pointsTerms('10', '1.00', { balance: balance.points }));
    const draw = prepaymentDraw(balance.points, points(reported), points('10'));
    expect(charge.commit.prepayment).toEqual({
      balanceBefore: draw.balanceBefore,
      drawn: draw.drawn,
      balanceAfter: draw.balanceAfter,
    });
    const result = posted(balance, 'DRAW', -draw.drawn as Points, `order-${month}`);
    balance = result.balance;
    sequences.push(result.entry.sequence);
    drawn.push(formatPoints(draw.drawn));
    balances.push(formatPoints(result.entry.balanceAfter));
    cash.push(formatMoney(charge.net, 'USD'));
  }
  expect(drawn).toEqual(['10', '25', '10', '75', '0', '0']);
  expect(balances).toEqual(['110', '85', '75', '0', '0', '0']);
  expect(cash).toEqual(['0.00', '0.00', '0.00', '5.00', '0.00', '3.00']);
  expect(sequences).toEqual([2, 3, 4, 5, 6, 7]);
});

test('a draw is never more than the balance, and usage is either covered or billed in cash', () => {
  fc.assert(
    fc.property(anyPoints, anyPoints, anyPoints, (balance, reported, burnDown) => {
      const draw = prepaymentDraw(balance, reported, burnDown);
      expect(draw.drawn >= 0n && draw.drawn <= balance).toBe(true);
      expect(draw.covered <= draw.drawn).toBe(true);
      expect(draw.covered + draw.uncovered).toBe(reported);
      expect(draw.balanceAfter).toBe(balance - draw.drawn);
    }),
  );
});

test('the balance is the sum of the ledger’s entries and never negative, whatever is posted', () => {
  const movement = fc.tuple(fc.boolean(), anyPoints);
  fc.assert(
    fc.property(fc.array(movement, { maxLength: 20 }), (movements) => {
      let balance: PrepaymentBalance = { contractId: 'contract-1', points: NO_POINTS, sequence: 0 };
      let total = 0n;
      movements.forEach(([isCredit, amount], index) => {
        const signed = (isCredit ? amount : -amount) as Points;
        const kind = isCredit ? 'CREDIT' : 'DRAW';
        const result = postToLedger(balance, { kind, source: source(String(index)), points: signed });
        if (!result.ok) {
          expect(balance.points + signed < 0n).toBe(true);
          return;
        }
        total += result.entry.points;
        expect(result.entry.sequence).toBe(balance.sequence + 1);
        expect(result.entry.balanceAfter).toBe(result.balance.points);
        balance = result.balance;
        expect(balance.points).toBe(total);
        expect(balance.points >= 0n).toBe(true);
      });
    }),
  );
});

test('the trigger point is crossed once on the way down', () => {
  const trigger = points('50');
  expect(crossesTriggerPoint(points('50'), points('49.5'), trigger)).toBe(true);
  expect(crossesTriggerPoint(points('49.5'), points('10'), trigger)).toBe(false);
  expect(crossesTriggerPoint(points('60'), points('50'), trigger)).toBe(false);
});
