import { amountInWords, pointsInWords, priceInWords } from '../../lambdas/documents/explanation-words.ts';
import type { Charge } from '../../lambdas/domain/charging/charge.ts';
import { chargePoints, type PointsTerms } from '../../lambdas/domain/charging/charge-points.ts';
import { explainLine } from '../../lambdas/domain/charging/explain-line.ts';
import { minimumCommitOf, minimumCommitParts } from '../../lambdas/domain/contract/minimum-commit.ts';
import {
  type MinorUnits,
  percent,
  points,
  pointsPerUnit,
  quantity,
  split,
  unitPrice,
} from '../../lambdas/domain/numbers/amounts.ts';
import type { UsageLine } from '../../lambdas/domain/usage/usage-line.ts';
import { OCTOBER, pointsTerms, revisionOf, usageLine } from '../domain/support/builders.ts';

const BASIS = {
  contractRevision: 2,
  priceListVersion: '2026-07',
  listPrice: unitPrice('1.10'),
  discount: percent('12.5'),
  sellingPrice: unitPrice('0.9625'),
  overagePrice: unitPrice('1'),
};

const CONTRACT = {
  id: 'contract-1',
  number: '1',
  referenceNumber: 'AMER1RENTAL',
  skuCode: 'VSPP3-1800-C',
  contractType: 'PAY-GO',
  family: 'RENTAL',
} as const;

/** Every line of a charge in words: points, price, amount. */
function words(usage: readonly UsageLine[], terms: PointsTerms, minimum = minimumOf('2026-01-01')) {
  const charge: Charge = chargePoints(OCTOBER, usage, terms);
  const document = { usagePeriod: OCTOBER, basis: BASIS, contract: CONTRACT, ...charge };
  return charge.lines.map((line) => {
    const explanation = explainLine(document, line, usage, terms.tiers);
    return [pointsInWords(explanation, minimum), priceInWords(explanation, 'USD'), amountInWords(explanation, 'USD')];
  });
}

const minimumOf = (from: string) => minimumCommitParts([revisionOf(from, undefined)], OCTOBER);
const pointsOf = (all: string[][]) => all.map(([first]) => first);

test('quantities, with the least that is billed', () => {
  const least = usageLine('2', '10', '3', { minQuantity: quantity('25') });
  expect(pointsOf(words([usageLine('1', '1400', '4.5'), least], pointsTerms('0', '1')))).toEqual([
    '1,400 GB vRAM × 4.5 points = 6,300 points.',
    'Of this product at least 25 GB vRAM is billed. 25 GB vRAM × 3 points = 75 points.',
  ]);
});

test('ranges that the lines of a product fill one after the other', () => {
  const tiers = new Map([
    [
      'P',
      [
        { from: quantity('0'), to: quantity('100'), pointsPerUnit: pointsPerUnit('3'), split: split('0.5') },
        { from: quantity('100'), pointsPerUnit: pointsPerUnit('2'), split: split('1') },
      ],
    ],
  ]);
  const lines = ['A', 'B'].map((siteName) => usageLine(siteName, '80', '3', { siteName, productCode: 'P' }));
  expect(pointsOf(words(lines, pointsTerms('0', '1', { tiers })))[1]).toBe(
    "The product's ranges are filled by all of its lines, one after the other: 20 in 0–100 × 3 points × 0.5 = 30; 60 in 100– × 2 points = 120; in all 150 points.",
  );
});

test('a minimum that was not reached, of a month that began late', () => {
  const from = revisionOf('2026-10-21', undefined);
  const terms = { ...pointsTerms('0', '0.9625'), minimumCommit: minimumCommitOf([from], OCTOBER) };
  expect(words([usageLine('1', '100', '1')], terms, minimumOf('2026-10-21'))[1]).toEqual([
    'The minimum of the month is 1,800 × 11 of 31 days = 638.71 points. 638.71 − 100 points reported = 538.71 points.',
    'Price list 2026-07: list price 1.10 less 12.5 % = 0.9625 USD a point, by revision 2 of the contract.',
    '538.71 × 0.9625 = 518.508375 USD exactly. With it 2 lines come to 614.758375, which is rounded once, half to even, to 614.76. Its whole minor units are 518.50; its remainder is among the largest, so it gets one of the minor units that are left. So this line is 518.51 USD.',
  ]);
});

test('overage that has a price of its own, and a settlement', () => {
  const terms = pointsTerms('100', '0.9625', { overagePrice: unitPrice('1'), settlement: 500000n as MinorUnits });
  const [, settlement, surcharge] = words([usageLine('1', '150', '1')], terms);
  expect(settlement).toEqual([
    'An amount of money, not of usage.',
    expect.any(String),
    '5,000.00 USD, as agreed when the early end was approved.',
  ]);
  expect(surcharge?.slice(0, 2)).toEqual([
    '150 points reported − minimum 100 = 50 points of overage, which has a price of its own; 50 points of it are charged here.',
    'Price list 2026-07: list price 1.10 less 12.5 % = 0.9625 USD a point, by revision 2 of the contract. A point of overage costs 1.00: 0.0375 more.',
  ]);
});

test('Worked example 13: what a prepayment covers', () => {
  const [, cover] = words([usageLine('1', '3', '1')], pointsTerms('0', '0.845', { balance: points('2') }));
  expect([cover?.[0], cover?.[2]]).toEqual([
    'Of a prepayment of 2 points 2 were drawn, 0 are left. It covers 2 of the points that this document charges.',
    "-2 × 0.845 = -1.69 USD exactly. What the prepayment doesn't cover is rounded once: 0.84 in cash. The lines before stand in full, 2.54; this one is the difference. So this line is -1.70 USD.",
  ]);
});
