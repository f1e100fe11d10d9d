import * as fc from 'fast-check';
import type { Charge, ChargeLine } from '../../../lambdas/domain/charging/charge.ts';
import { chargeLate } from '../../../lambdas/domain/charging/charge-late.ts';
import { chargePoints, EXACT_SCALE } from '../../../lambdas/domain/charging/charge-points.ts';
import { explainLine } from '../../../lambdas/domain/charging/explain-line.ts';
import type { ExplainedDocument } from '../../../lambdas/domain/charging/explain-points.ts';
import type { Tiers } from '../../../lambdas/domain/charging/line-points.ts';
import {
  type MinorUnits,
  NO_SPLIT,
  percent,
  points,
  pointsPerUnit,
  quantity,
  unitPrice,
} from '../../../lambdas/domain/numbers/amounts.ts';
import { minorDigits } from '../../../lambdas/domain/numbers/currency.ts';
import { divideHalfEven, powerOfTen } from '../../../lambdas/domain/numbers/decimal.ts';
import { anyOrder, termsOfText, usageOfText } from '../support/arbitraries.ts';
import { OCTOBER, pointsTerms, usageLine } from '../support/builders.ts';
import type { OrderText } from '../support/reference-charge.ts';

const BASIS = {
  contractRevision: 1,
  listPrice: unitPrice('1'),
  discount: percent('0'),
  sellingPrice: unitPrice('1'),
};

const CONTRACT = {
  id: 'contract-1',
  number: '1',
  referenceNumber: 'AMER1RENTAL',
  skuCode: 'VSPP3-1800-C',
  contractType: 'PAY-GO',
  family: 'RENTAL',
} as const;

const documentOf = (charge: Charge, order?: OrderText): ExplainedDocument => ({
  usagePeriod: OCTOBER,
  currency: charge.currency,
  contract: CONTRACT,
  lines: charge.lines,
  commit: charge.commit,
  basis: { ...BASIS, ...(order?.overagePrice !== undefined && { overagePrice: unitPrice(order.overagePrice) }) },
});

test('the exact amounts explained add up to what is printed, rounded once; each line is its own within a minor unit', () => {
  fc.assert(
    fc.property(anyOrder, ({ currency, order }) => {
      const usage = usageOfText(order);
      const terms = termsOfText(currency, order);
      const charge = chargePoints(OCTOBER, usage, terms);
      const all = charge.lines.map((line) => explainLine(documentOf(charge, order), line, usage, terms.tiers));
      const one = powerOfTen(EXACT_SCALE - minorDigits(currency));
      const exact = all.reduce((sum, each) => sum + each.exact, 0n);
      expect(divideHalfEven(exact, one) + (terms.settlement ?? 0n)).toBe(charge.net);
      for (const { line, amount } of all) {
        if (amount.rule === 'LARGEST_REMAINDER') expect(amount.floor + (amount.isRaised ? 1n : 0n)).toBe(line.amount);
        else if (amount.rule === 'CASH_LESS_LINES') expect(amount.cash - amount.ofLines).toBe(line.amount);
        else expect([amount.rule, line.kind]).toEqual(['AGREED', 'SETTLEMENT']);
      }
    }),
  );
});

test('the points explained are those charged', () => {
  fc.assert(
    fc.property(anyOrder, ({ currency, order }) => {
      const usage = usageOfText(order);
      const terms = termsOfText(currency, order);
      const charge = chargePoints(OCTOBER, usage, terms);
      for (const line of charge.lines) {
        const { points: rule } = explainLine(documentOf(charge, order), line, usage, terms.tiers);
        if (rule.rule === 'QUANTITY') expect(rule.billed * rule.pointsPerUnit * 10_000n).toBe(line.points);
        if (rule.rule === 'TIERS') expect(rule.parts.reduce((sum, part) => sum + part.points, 0n)).toBe(line.points);
        if (rule.rule === 'MINIMUM_NOT_REACHED') expect(rule.minimumCommit - rule.reported).toBe(line.points);
        expect(rule.rule === 'NONE').toBe(line.kind === 'SETTLEMENT');
      }
    }),
  );
});

test('points of ranges that the catalogue has no longer are not explained by those it has', () => {
  const ranges = (perUnit: string): Tiers =>
    new Map([['RANGED', [{ from: quantity('0'), pointsPerUnit: pointsPerUnit(perUnit), split: NO_SPLIT }]]]);
  const lines = [usageLine('a', '10', '3', { productCode: 'RANGED' })];
  const charge = chargePoints(OCTOBER, lines, pointsTerms('0', '1', { tiers: ranges('2') }));
  const ruleBy = (tiers: Tiers) => explainLine(documentOf(charge), charge.lines[0] as ChargeLine, lines, tiers).points;
  expect(ruleBy(ranges('2'))).toMatchObject({ rule: 'TIERS' });
  expect(ruleBy(ranges('5'))).toEqual({ rule: 'RANGES_CHANGED', billed: quantity('10') });
  expect(ruleBy(new Map())).toEqual({ rule: 'RANGES_CHANGED', billed: quantity('10') });
});

test('Worked example 11: which lines got the minor units that were left', () => {
  const amounts = ['137.114360', '74.072020', '84.028672'];
  const lines = amounts.map((amount, index) => usageLine(String(index), amount, '1'));
  const charge = chargePoints(OCTOBER, lines, pointsTerms('360', '0.95'));
  const explained = charge.lines.map((line) => explainLine(documentOf(charge), line, lines, new Map()).amount);
  expect(explained).toMatchObject([
    { rule: 'LARGEST_REMAINDER', lines: 4, ofAll: 34200n, floor: 13025n, isRaised: true },
    { floor: 7036n, isRaised: true },
    { floor: 7982n, isRaised: true },
    { floor: 6154n, isRaised: false },
  ]);
});

test('late usage is explained by its own month, and not as rounded with the lines beside it', () => {
  const september = '2026-09' as typeof OCTOBER;
  const terms = pointsTerms('0', '0.005');
  const own = [{ ...usageLine('a', '1', '1'), usagePeriod: september }];
  const billed = chargePoints(september, own, terms);
  const month = { period: september, terms, own, late: [], printed: { own: billed.lines, late: [] } };
  const late = chargeLate(month, [{ ...usageLine('b', '1', '1'), usagePeriod: september }]);
  const october = chargePoints(OCTOBER, [usageLine('c', '2', '1')], terms);
  const basis = { ...BASIS, sellingPrice: unitPrice('0.005') };
  const document: ExplainedDocument = {
    ...documentOf({
      ...october,
      lines: [...october.lines, ...late.lines],
      net: (october.net + late.net) as MinorUnits,
    }),
    arrears: [
      {
        usagePeriod: september,
        minimumCommit: points('0'),
        reported: points('2'),
        added: points('1'),
        net: late.net,
        basis,
      },
    ],
  };
  const line = late.lines[0] as (typeof late.lines)[number];
  expect(line.amount).toBe(1n);
  const explained = explainLine(document, line, [], new Map());
  expect(explained).toMatchObject({
    basis,
    points: { rule: 'ADDED_TO_MONTH' },
    amount: { rule: 'MONTH_LESS_BILLED', ofAll: 1n },
  });
});
